#include "reports/render/quantity.hpp"

#include <cmath>

#include "reports/record/number_text.hpp"

namespace shakedown::render {

using record::significant;

std::string spanText(double seconds, int digits) {
    if (!(std::abs(seconds) > 0)) {
        return "0 s";
    }
    // Rounding first: 999.6 us is 1.00 ms.
    double const size = std::abs(seconds) * (1 + 0.5 * std::pow(10.0, -digits));
    if (size < 1e-6) {
        return significant(seconds * 1e9, digits) + " ns";
    }
    if (size < 1e-3) {
        return significant(seconds * 1e6, digits) + " us";
    }
    if (size < 1) {
        return significant(seconds * 1e3, digits) + " ms";
    }
    return significant(seconds, digits) + " s";
}

std::string shareText(double share, int digits) {
    double const missing = std::abs(1 - share) * 100;
    if (!(std::abs(share) > 0)) {
        return "0 %";
    }
    if (missing < 1e-9) {
        return "100 %";
    }
    if (missing >= 1 || digits > 15) {
        return significant(share * 100, digits) + " %";
    }
    int const zeros = static_cast<int>(-std::floor(std::log10(missing)));
    return record::fixed(share * 100, zeros + digits - 2) + " %";
}

std::string rateText(double perSecond, int digits) {
    return (perSecond == 0 ? "0" : significant(perSecond, digits)) + "/s";
}

std::string countText(std::uint64_t count) {
    std::string text;
    record::append(text, count);
    for (std::size_t end = text.size(); end > 3; end -= 3) {
        text.insert(end - 3, ",");
    }
    return text;
}

std::string valueText(double value, model::ValueUnit unit, int digits) {
    switch (unit) {
    case model::ValueUnit::Seconds:
        return spanText(value, digits);
    case model::ValueUnit::PerSecond:
        return rateText(value, digits);
    case model::ValueUnit::Share:
        return shareText(value, digits);
    case model::ValueUnit::Count:
        break;
    }
    bool const whole = value == std::floor(value) && value >= 0 && value < 1e15;
    return whole ? countText(static_cast<std::uint64_t>(value)) : significant(value, digits);
}

Beside beside(double value, double limit, model::ValueUnit unit) {
    Beside text;
    for (int digits = 3; digits <= 9; ++digits) {
        text = {valueText(value, unit, digits), valueText(limit, unit, digits)};
        if (text.value != text.limit || value == limit) {
            break;
        }
    }
    // The limit is a round number that its author chose: no more digits than it needs.
    std::string const shortLimit = valueText(limit, unit);
    if (shortLimit != text.value || value == limit) {
        text.limit = shortLimit;
    }
    return text;
}

} // namespace shakedown::render
