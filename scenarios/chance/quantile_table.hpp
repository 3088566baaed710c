#pragma once

#include <array>
#include <cstddef>

#include "scenarios/chance/distribution.hpp"

namespace shakedown::chance {

/// The quantiles of a lognormal distribution as cubics, for draws: four times as fast as the
/// formula and within 1e-6 of it, relative (Hermite interpolation over 512 equal cells; the
/// outermost twelve at each end, where the quantile bends too much, use the formula).
class QuantileTable {
public:
    explicit QuantileTable(Lognormal law);

    /// For u in (0, 1).
    double at(double u) const {
        double const scaled = u * cellCount;
        auto const cell = static_cast<std::size_t>(scaled);
        if (cell - exactCells >= cellCount - 2 * exactCells) [[unlikely]]
            return exactly(u);
        double const t = scaled - static_cast<double>(cell);
        Cubic const& c = cells_[cell];
        return (c.c0 + c.c1 * t) + (t * t) * (c.c2 + c.c3 * t);
    }

private:
    static constexpr std::size_t cellCount = 512;
    static constexpr std::size_t exactCells = 12;

    struct Cubic {
        double c0, c1, c2, c3;
    };

    double exactly(double u) const;

    Lognormal law_;
    std::array<Cubic, cellCount> cells_{};
};

} // namespace shakedown::chance
