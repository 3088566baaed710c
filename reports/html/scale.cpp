#include "reports/html/scale.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "reports/record/number_text.hpp"

namespace shakedown::html {

namespace {

std::string shortest(double value) {
    std::string text;
    record::append(text, record::tidied(value));
    return text;
}

std::string roundSpan(double seconds) {
    struct Unit {
        double size;
        char const* name;
    };
    constexpr std::array<Unit, 4> units{{{1, " s"}, {1e-3, " ms"}, {1e-6, " us"}, {1e-9, " ns"}}};
    for (Unit const& unit : units) {
        if (seconds >= unit.size * (1 - 1e-9)) {
            return shortest(seconds / unit.size) + unit.name;
        }
    }
    return "0 s";
}

std::string roundCount(double value) {
    if (value >= 1e6) {
        return shortest(value / 1e6) + "M";
    }
    return value >= 1e4 ? shortest(value / 1e3) + "k" : shortest(value);
}

// A hair above or below a power of ten is that power.
int decadeBelow(double value) {
    return static_cast<int>(std::floor(std::log10(value) + 1e-9));
}
int decadeAbove(double value) {
    return static_cast<int>(std::ceil(std::log10(value) - 1e-9));
}

} // namespace

double roundStep(double length, int most) {
    double const least = length / std::max(1, most);
    if (!(least > 0)) {
        return 1;
    }
    double const power = std::pow(10.0, decadeBelow(least));
    for (double const digit : {1.0, 2.0, 5.0}) {
        if (digit * power >= least * (1 - 1e-9)) {
            return digit * power;
        }
    }
    return 10 * power;
}

std::string roundText(double value, model::ValueUnit unit) {
    switch (unit) {
    case model::ValueUnit::Seconds:
        return roundSpan(value);
    case model::ValueUnit::PerSecond:
        return roundCount(value) + "/s";
    case model::ValueUnit::Share:
        return shortest(value * 100) + " %";
    case model::ValueUnit::Count:
        break;
    }
    return roundCount(value);
}

Scale Scale::linear(double most, model::ValueUnit unit, int ticks) {
    Scale scale;
    double const top = most > 0 ? most : 1;
    double const step = roundStep(top, ticks);
    auto const pieces = static_cast<int>(std::ceil(top / step - 1e-9));
    scale.high_ = step * std::max(1, pieces);
    for (int i = 0; i <= std::max(1, pieces); ++i) {
        scale.ticks_.push_back({step * i, roundText(step * i, unit)});
    }
    return scale;
}

Scale Scale::logarithmic(double least, double most, model::ValueUnit unit) {
    Scale scale;
    scale.isLogarithmic_ = true;
    double const bottom = least > 0 ? least : 1e-3;
    int const from = decadeBelow(bottom);
    int const to = std::max(from + 1, decadeAbove(std::max(bottom, most)));
    int const every = std::max(1, (to - from + 4) / 5);
    for (int decade = from; decade <= to; decade += every) {
        double const value = std::pow(10.0, decade);
        scale.ticks_.push_back({value, roundText(value, unit)});
    }
    scale.low_ = from;
    scale.high_ = to;
    return scale;
}

double Scale::at(double value) const {
    if (isLogarithmic_) {
        return value > 0 ? std::clamp((std::log10(value) - low_) / (high_ - low_), 0.0, 1.0) : 0;
    }
    return std::clamp(value / high_, 0.0, 1.0);
}

} // namespace shakedown::html
