#include "reports/summary/checked_json.hpp"

namespace shakedown::summary {

namespace {

double numberUpTo(double most, Document const& json, char const* what, char const* range) {
    mustBe(json.is_number(), std::string(what) + " is not a number");
    double const number = json.get<double>();
    mustBe(number >= 0 && number <= most, std::string(what) + " is not a number " + range);
    return number;
}

} // namespace

void mustBe(bool isSo, std::string const& otherwise) {
    if (!isSo) {
        throw NoFigure{otherwise};
    }
}

std::uint64_t countAt(Document const& json, char const* key, std::uint64_t most) {
    Document const& value = json.at(key);
    mustBe(value.is_number_unsigned(), std::string(key) + " is not a whole number of at least 0");
    auto const count = value.get<std::uint64_t>();
    mustBe(count <= most, std::string(key) + " is too large");
    return count;
}

double numberAt(Document const& json, char const* key) {
    return numberOf(json.at(key), key);
}

double shareAt(Document const& json, char const* key) {
    return shareOf(json.at(key), key);
}

double shareOf(Document const& json, char const* what) {
    return numberUpTo(1, json, what, "from 0 to 1");
}

double numberOf(Document const& json, char const* what) {
    constexpr double most = 1e18; // counts of nanoseconds of busy workers are below it
    return numberUpTo(most, json, what, "of at least 0");
}

Duration latencyOf(Document const& json, char const* what) {
    constexpr double twoHundredYears = 6.3e12;
    return Duration::fromSeconds(numberUpTo(twoHundredYears, json, what, "of milliseconds") / 1e3);
}

} // namespace shakedown::summary
