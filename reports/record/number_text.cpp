#include "reports/record/number_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

#include "scenarios/vocabulary/require.hpp"

namespace shakedown::record {

namespace {

template <class T>
void appendPlain(std::string& out, T number) {
    std::array<char, 24> text;
    auto const end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    out.append(text.data(), end);
}

} // namespace

void append(std::string& out, std::uint64_t number) {
    appendPlain(out, number);
}
void append(std::string& out, std::int64_t number) {
    appendPlain(out, number);
}

void append(std::string& out, double number) {
    if (!std::isfinite(number) || number == 0) {
        out += '0';
        return;
    }
    std::array<char, 40> text;
    auto const end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    out.append(text.data(), end);
}

std::string fixed(double number, int decimals) {
    if (!std::isfinite(number)) {
        return "-";
    }
    std::array<char, 400> text;
    auto const end = std::to_chars(text.data(), text.data() + text.size(), number,
                                   std::chars_format::fixed, std::clamp(decimals, 0, 30))
                         .ptr;
    std::string result(text.data(), end);
    bool const isNegativeZero =
        result.front() == '-' && result.find_first_not_of("-0.") == std::string::npos;
    return isNegativeZero ? result.substr(1) : result;
}

std::string significant(double number, int digits) {
    require(digits >= 1 && digits <= 17, "one to seventeen digits");
    if (!std::isfinite(number)) {
        return "-";
    }
    // The scientific form rounds; its exponent then says how many decimals are left.
    std::array<char, 40> text;
    auto const end = std::to_chars(text.data(), text.data() + text.size(), number,
                                   std::chars_format::scientific, digits - 1)
                         .ptr;
    std::string_view const scientific(text.data(), static_cast<std::size_t>(end - text.data()));
    auto const e = scientific.find('e');
    int exponent = 0;
    char const* first = text.data() + e + 1;
    std::from_chars(*first == '+' ? first + 1 : first, end, exponent);
    double rounded = 0;
    std::from_chars(text.data(), end, rounded);
    return fixed(rounded, digits - 1 - exponent);
}

double milliseconds(Duration d) {
    return tidied(d.inMilliseconds());
}

double tidied(double number) {
    if (!std::isfinite(number)) {
        return 0;
    }
    std::array<char, 40> text;
    auto const end = std::to_chars(text.data(), text.data() + text.size(), number,
                                   std::chars_format::scientific, 11)
                         .ptr;
    double rounded = 0;
    std::from_chars(text.data(), end, rounded);
    return rounded;
}

} // namespace shakedown::record
