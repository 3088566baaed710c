#include "scenarios/vocabulary/quantity_text.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace shakedown {

namespace {

struct Unit {
    char const* name;
    double size;
};

double parsed(std::string const& text) {
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// The first unit in which the value is at least 1 and survives being read again.
template <std::size_t N, class ReadBack>
std::string inUnits(double value, std::array<Unit, N> const& largestFirst,
                    ReadBack const& readBack) {
    for (auto const& unit : largestFirst) {
        if (std::fabs(value) < unit.size) {
            continue;
        }
        std::string const number = toText(value / unit.size);
        if (readBack(parsed(number), unit.size) == value && number.size() <= 8) {
            return number + unit.name;
        }
    }
    return {};
}

} // namespace

std::string toText(double number) {
    if (number == 0) {
        return "0"; // and not "-0"
    }
    std::array<char, 400> buffer{};
    auto const end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                   std::chars_format::fixed);
    return {buffer.data(), end.ptr};
}

std::string toText(Duration span) {
    if (span.isNone()) {
        return "none";
    }
    std::int64_t const n = span.count();
    constexpr std::int64_t second = 1'000'000'000;
    if (n != 0 && n % (3600 * second) == 0) {
        return std::to_string(n / (3600 * second)) + "h";
    }
    if (n != 0 && n % (60 * second) == 0 && std::abs(n) >= 120 * second) {
        return std::to_string(n / (60 * second)) + "m";
    }
    struct Step {
        char const* name;
        std::int64_t size;
        int digits;
    };
    for (auto const& unit :
         {Step{"s", second, 9}, Step{"ms", 1'000'000, 6}, Step{"us", 1'000, 3}}) {
        if (std::abs(n) < unit.size) {
            continue;
        }
        std::string fraction = std::to_string(std::abs(n % unit.size));
        fraction.insert(0, static_cast<std::size_t>(unit.digits) - fraction.size(), '0');
        while (!fraction.empty() && fraction.back() == '0') {
            fraction.pop_back();
        }
        std::string const whole = std::to_string(n / unit.size);
        return whole + (fraction.empty() ? "" : "." + fraction) + unit.name;
    }
    return n == 0 ? "0s" : std::to_string(n) + "ns";
}

std::string secondsText(double seconds) {
    if (seconds == 0) {
        return "0s";
    }
    // Divisors, because v / 1000 is correctly rounded and v * 0.001 is not.
    struct Step {
        char const* name;
        double perSecond;
    };
    for (auto const& unit : {Step{"s", 1}, Step{"ms", 1e3}, Step{"us", 1e6}, Step{"ns", 1e9}}) {
        if (std::fabs(seconds) * unit.perSecond < 1) {
            continue;
        }
        for (double const scaled :
             {seconds * unit.perSecond, std::round(seconds * unit.perSecond * 1e6) / 1e6}) {
            std::string number = toText(scaled);
            if (parsed(number) / unit.perSecond == seconds) {
                return number + unit.name;
            }
        }
    }
    return toText(seconds) + "s";
}

std::string toText(Rate rate) {
    double const r = rate.perSecond();
    if (r != 0 && std::fabs(r) < 1) {
        for (auto const& unit : {Unit{"/min", 60}, Unit{"/h", 3600}}) {
            std::string const number = toText(r * unit.size);
            if (number.size() <= 8 && parsed(number) / unit.size == r) {
                return number + unit.name;
            }
        }
    }
    return toText(r) + "/s";
}

std::string toText(Bytes size) {
    std::int64_t const n = size.count();
    for (auto const& unit : {Unit{"GiB", 1073741824}, Unit{"MiB", 1048576}, Unit{"KiB", 1024}}) {
        auto const whole = static_cast<std::int64_t>(unit.size);
        if (n != 0 && n % whole == 0) {
            return std::to_string(n / whole) + unit.name;
        }
    }
    return std::to_string(n) + "B";
}

std::string toText(Bandwidth bandwidth) {
    double const b = bandwidth.bitsPerSecond();
    static constexpr std::array<Unit, 3> units{{{"Gbps", 1e9}, {"Mbps", 1e6}, {"kbps", 1e3}}};
    std::string text = inUnits(b, units, [](double number, double unit) { return number * unit; });
    return text.empty() ? toText(b) + "bps" : text;
}

std::string toText(Ratio ratio) {
    double const percent = ratio.value() * 100;
    for (double const candidate : {std::round(percent * 1e9) / 1e9, percent}) {
        if (candidate / 100 == ratio.value()) {
            return toText(candidate) + "%";
        }
    }
    // The neighbours of the rounded product: one of them divides back to the value.
    for (double const candidate :
         {std::nextafter(percent, 1e300), std::nextafter(percent, -1e300)}) {
        if (candidate / 100 == ratio.value()) {
            return toText(candidate) + "%";
        }
    }
    return toText(percent) + "%";
}

} // namespace shakedown
