#include "reports/measure/histogram.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/vocabulary/require.hpp"

namespace shakedown::measure {

Histogram& Histogram::operator=(Histogram const& other) {
    if (this != &other) {
        clear();
        merge(other);
    }
    return *this;
}

std::uint64_t Histogram::middleOf(std::size_t octave, std::size_t cell) {
    if (octave == 0)
        return cell;
    std::uint64_t const width = std::uint64_t{1} << (octave - 1);
    return (cellsPerOctave + cell) * width + width / 2;
}

Duration Histogram::mean() const {
    if (count_ == 0)
        return Duration();
    return Duration::nanoseconds(std::llround(sum_ / static_cast<double>(count_)));
}

Duration Histogram::min() const {
    return count_ == 0 ? Duration() : Duration::nanoseconds(static_cast<std::int64_t>(min_));
}

Duration Histogram::quantile(double q) const {
    if (count_ == 0)
        return Duration();
    auto const rank = std::clamp<std::uint64_t>(
        static_cast<std::uint64_t>(std::ceil(q * static_cast<double>(count_))), 1, count_);
    if (rank == count_)
        return max();
    std::uint64_t seen = 0;
    for (std::size_t octave = 0; octave < octaveCount; ++octave) {
        if (!octaves_[octave])
            continue;
        for (std::size_t cell = 0; cell < cellsPerOctave; ++cell) {
            seen += (*octaves_[octave])[cell];
            if (seen >= rank)
                return Duration::nanoseconds(
                    static_cast<std::int64_t>(std::clamp(middleOf(octave, cell), min_, max_)));
        }
    }
    return max();
}

void Histogram::merge(Histogram const& other) {
    for (std::size_t octave = 0; octave < octaveCount; ++octave) {
        if (!other.octaves_[octave])
            continue;
        auto& cells = octaves_[octave];
        if (!cells)
            cells = std::make_unique<Cells>();
        for (std::size_t cell = 0; cell < cellsPerOctave; ++cell)
            (*cells)[cell] += (*other.octaves_[octave])[cell];
    }
    count_ += other.count_;
    sum_ += other.sum_;
    max_ = std::max(max_, other.max_);
    min_ = std::min(min_, other.min_);
}

void Histogram::clear() {
    for (auto& cells : octaves_)
        if (cells)
            cells->fill(0);
    count_ = 0;
    sum_ = 0;
    max_ = 0;
    min_ = ~std::uint64_t{0};
}

std::vector<std::pair<std::int64_t, std::uint64_t>> Histogram::cells() const {
    std::vector<std::pair<std::int64_t, std::uint64_t>> filled;
    for (std::size_t octave = 0; octave < octaveCount; ++octave) {
        if (!octaves_[octave])
            continue;
        for (std::size_t cell = 0; cell < cellsPerOctave; ++cell)
            if (auto const n = (*octaves_[octave])[cell]; n > 0)
                filled.emplace_back(static_cast<std::int64_t>(middleOf(octave, cell)), n);
    }
    return filled;
}

Histogram Histogram::restore(std::vector<std::pair<std::int64_t, std::uint64_t>> const& cells,
                             double sumNanoseconds, Duration min, Duration max) {
    Histogram h;
    for (auto const& [middle, n] : cells) {
        require(middle >= 0, "a histogram's cell is not negative");
        auto const value = static_cast<std::uint64_t>(middle);
        auto const octave = octaveOf(value);
        if (!h.octaves_[octave])
            h.octaves_[octave] = std::make_unique<Cells>();
        (*h.octaves_[octave])[cellOf(value, octave)] += n;
        h.count_ += n;
    }
    h.sum_ = sumNanoseconds;
    if (h.count_ > 0) {
        h.max_ = static_cast<std::uint64_t>(max.count());
        h.min_ = static_cast<std::uint64_t>(min.count());
    }
    return h;
}

} // namespace shakedown::measure
