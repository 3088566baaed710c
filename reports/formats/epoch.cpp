#include "reports/formats/epoch.hpp"

#include <chrono>

namespace shakedown::formats {

namespace {

std::string digits(std::uint64_t number, std::size_t width) {
    std::string text = std::to_string(number);
    return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

} // namespace

std::string dateText(SimTime at) {
    constexpr std::uint64_t second = 1'000'000'000;
    constexpr std::uint64_t day = 86'400;
    std::uint64_t const nanoseconds = unixNanoseconds(at);
    std::uint64_t const seconds = nanoseconds / second;
    std::uint64_t const ofDay = seconds % day;
    std::chrono::year_month_day const date{
        std::chrono::sys_days(std::chrono::days(static_cast<int>(seconds / day)))};
    return digits(static_cast<std::uint64_t>(static_cast<int>(date.year())), 4) + "-"
           + digits(static_cast<unsigned>(date.month()), 2) + "-"
           + digits(static_cast<unsigned>(date.day()), 2) + "T" + digits(ofDay / 3600, 2) + ":"
           + digits(ofDay / 60 % 60, 2) + ":" + digits(ofDay % 60, 2) + "."
           + digits(nanoseconds % second, 9) + "Z";
}

} // namespace shakedown::formats
