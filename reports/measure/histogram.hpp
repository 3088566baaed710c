#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::measure {

/// Log-linear histogram of durations in nanoseconds: 512 cells an octave, so any value is kept
/// with a relative error below 0.1 % (half a cell), values below 1024 ns exactly. Negative values
/// count as 0. Cells of an octave are allocated when it is first met; recording is otherwise
/// free of allocation. Idea: HdrHistogram (G. Tene), with octaves instead of decimal digits.
class Histogram {
public:
    static constexpr int cellBits = 9;
    static constexpr std::uint32_t cellsPerOctave = 1U << cellBits;

    Histogram() = default;
    Histogram(Histogram const& other) { merge(other); }
    Histogram& operator=(Histogram const& other);
    Histogram(Histogram&&) = default;
    Histogram& operator=(Histogram&&) = default;

    void record(Duration d) {
        std::int64_t const n = d.count() < 0 ? 0 : d.count();
        auto const value = static_cast<std::uint64_t>(n);
        auto const octave = octaveOf(value);
        auto& cells = octaves_[octave];
        if (!cells) [[unlikely]]
            cells = std::make_unique<Cells>();
        ++(*cells)[cellOf(value, octave)];
        ++count_;
        sum_ += static_cast<double>(n);
        if (value > max_)
            max_ = value;
        if (value < min_)
            min_ = value;
    }

    std::uint64_t count() const { return count_; }
    bool empty() const { return count_ == 0; }
    /// 0 when empty.
    Duration mean() const;
    Duration max() const { return Duration::nanoseconds(static_cast<std::int64_t>(max_)); }
    Duration min() const;
    /// The smallest recorded value (to within a cell) that at least a share q of the values do not
    /// exceed; q in [0, 1], nearest rank. 0 when empty.
    Duration quantile(double q) const;
    void merge(Histogram const& other);
    void clear();

    /// The filled cells in order of value: (middle of the cell in ns, count).
    std::vector<std::pair<std::int64_t, std::uint64_t>> cells() const;
    double sumNanoseconds() const { return sum_; }
    /// Puts back what cells(), sumNanoseconds(), min() and max() gave: the same histogram.
    static Histogram restore(std::vector<std::pair<std::int64_t, std::uint64_t>> const& cells,
                             double sumNanoseconds, Duration min, Duration max);

private:
    using Cells = std::array<std::uint64_t, cellsPerOctave>;
    static constexpr std::size_t octaveCount = 64 - cellBits;

    // Octave 0 holds [0, 512) one value a cell; octave k >= 1 holds [2^(k+8), 2^(k+9)) in 512
    // cells of width 2^(k-1).
    static std::size_t octaveOf(std::uint64_t value) {
        auto const width = static_cast<std::size_t>(std::bit_width(value));
        return width <= cellBits ? 0 : width - cellBits;
    }
    static std::size_t cellOf(std::uint64_t value, std::size_t octave) {
        if (octave == 0)
            return static_cast<std::size_t>(value);
        return static_cast<std::size_t>(value >> (octave - 1)) & (cellsPerOctave - 1);
    }
    static std::uint64_t middleOf(std::size_t octave, std::size_t cell);

    std::array<std::unique_ptr<Cells>, octaveCount> octaves_{};
    std::uint64_t count_ = 0;
    double sum_ = 0;
    std::uint64_t max_ = 0;
    std::uint64_t min_ = ~std::uint64_t{0};
};

} // namespace shakedown::measure
