#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "reports/summary/samples.hpp"
#include "scenarios/model/condition.hpp"

/// One number of a load in two runs, and what chance makes of its difference.
namespace shakedown::summary {

inline constexpr double comparisonConfidence = 0.95;

/// The smallest change that counts.
struct Noticeable {
    double relative = 0.01; // of the earlier value: goodput, latencies
    double share = 0.001;   // errors, degraded; 0.001 is a tenth of a percentage point
};

/// More, Less: of degraded answers, where errors changed the other way by at least half as much; it
/// is not said whether that is better. Undecided: without an interval, and not equal. OneSided:
/// only one side has the number at all.
enum class Change : std::uint8_t { Better, Same, Worse, More, Less, Undecided, OneSided };

enum class DifferenceMethod : std::uint8_t { Paired, Welch, Batches, None };

struct Bounds {
    double low = 0;
    double high = 0;
};

/// One number of a load on both sides, in base units: per second, shares, seconds. Values are means
/// over the replications; of one without an interval, those of all requests together. A side has no
/// value if nothing was answered there.
struct Difference {
    std::string metric; // "goodput", "errors", "degraded", "mean", "p50", "p95", "p99"
    model::ValueUnit unit = model::ValueUnit::Seconds;
    std::optional<double> before;
    std::optional<double> now;
    double value = 0;               // now - before; 0 if a side has none
    std::optional<Bounds> interval; // 95 %, of the value, for itself alone
    std::optional<double> p;        // of the value, for itself alone
    std::optional<double> adjusted; // among all numbers of the comparison
    DifferenceMethod method = DifferenceMethod::None;
    std::size_t replicationsBefore = 0; // that have the number
    std::size_t replicationsNow = 0;
    double noticeable = 0; // the smallest change that counts
    Change change = Change::Undecided;

    bool isNoticeable() const;
    /// Degraded answers where there are none: not worth a line.
    bool isSilent() const;
    bool isSignificant() const;
    /// The largest change that the interval leaves possible, if no change was found but a
    /// noticeable one may be hidden.
    std::optional<double> mayHide() const;
};

enum class Wanted : std::uint8_t { High, Low };
struct Metric {
    char const* name;
    model::ValueUnit unit;
    Wanted wanted;
    NumberOf number;
};
/// Everything that is compared of a load, in the order in which it is shown.
extern std::array<Metric, figuresOfReplication> const metrics;
enum MetricRow : std::size_t { GoodputRow, ErrorsRow, DegradedRow, MeanRow };

/// The number metrics[row]; `change` and `adjusted` are left to who sees all of a comparison.
Difference measured(std::size_t row, PastLoad const& before, PastLoad const& now,
                    Alignment const& alignment, Noticeable const& noticeable);

} // namespace shakedown::summary
