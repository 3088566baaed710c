#include "scenarios/chance/quantile_table.hpp"

#include "scenarios/chance/elementary.hpp"

namespace shakedown::chance {

// In each cell the cubic that has the right values and slopes at both ends.
QuantileTable::QuantileTable(Lognormal law) : law_(law) {
    constexpr double width = 1.0 / cellCount;
    constexpr double rootOfTwoPi = 2.5066282746310002;
    struct Point {
        double value;
        double slope; // a cell
    };
    auto const at = [&](std::size_t i) {
        double const z = normalQuantile(static_cast<double>(i) * width);
        double const value = law_.median * exponential(law_.sigma * z);
        // dz/du is one over the normal density.
        return Point{value, value * law_.sigma * rootOfTwoPi * exponential(z * z / 2) * width};
    };
    Point left = at(exactCells);
    for (std::size_t i = exactCells; i < cellCount - exactCells; ++i) {
        Point const right = at(i + 1);
        double const rise = right.value - left.value;
        cells_[i] = {left.value, left.slope, 3 * rise - 2 * left.slope - right.slope,
                     left.slope + right.slope - 2 * rise};
        left = right;
    }
}

double QuantileTable::exactly(double u) const {
    return law_.median * exponential(law_.sigma * normalQuantile(u));
}

} // namespace shakedown::chance
