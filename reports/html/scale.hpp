#pragma once

#include <string>
#include <vector>

#include "scenarios/model/condition.hpp"

namespace shakedown::html {

struct Tick {
    double value = 0;
    std::string text; // with its unit
};

/// Where a value stands between 0 and 1 on an axis, and the ticks of it: 1-2-5, or the decades of
/// a logarithmic one.
class Scale {
public:
    /// From 0 to the first round value at or above `most`.
    static Scale linear(double most, model::ValueUnit unit, int ticks = 4);
    /// From the decade at or below `least` to that at or above `most`; values in between.
    static Scale logarithmic(double least, double most, model::ValueUnit unit);

    /// Clamped to [0, 1].
    double at(double value) const;
    std::vector<Tick> const& ticks() const { return ticks_; }

private:
    bool isLogarithmic_ = false;
    double low_ = 0;
    double high_ = 1;
    std::vector<Tick> ticks_;
};

/// The round steps (1-2-5) that cut a length into at most `most` pieces.
double roundStep(double length, int most);

/// A round value with its unit, no more digits than it needs: "200 ms", "1.5 s", "20 %".
std::string roundText(double value, model::ValueUnit unit);

} // namespace shakedown::html
