#include "reports/summary/difference.hpp"

#include <algorithm>
#include <cmath>

#include "reports/measure/difference.hpp"

namespace shakedown::summary {

namespace {

using model::ValueUnit;

template <double LoadReplication::Ends::*Which>
std::optional<double> share(LoadReplication const& r) {
    return r.ends ? std::optional<double>(*r.ends.*Which) : std::nullopt;
}

template <Duration LoadReplication::Answers::*Which>
std::optional<double> seconds(LoadReplication const& r) {
    return r.answers ? std::optional<double>((*r.answers.*Which).inSeconds()) : std::nullopt;
}

void putInterval(Difference& d, measure::MeanDifference const& found, DifferenceMethod method) {
    d.value = found.value;
    d.interval = Bounds{found.low, found.high};
    d.p = found.p;
    d.method = method;
}

// Replications on both sides give means, and an interval of their difference.
void measureReplications(Difference& d, Samples const& samples, bool isPaired) {
    auto const before = measure::meanEstimate(samples.before);
    auto const now = measure::meanEstimate(samples.now);
    d.before = before->mean;
    d.now = now->mean;
    if (isPaired) {
        putInterval(d,
                    *measure::pairedDifference(samples.before, samples.now, comparisonConfidence),
                    DifferenceMethod::Paired);
    } else {
        putInterval(d, measure::welchDifference(*before, *now, comparisonConfidence),
                    DifferenceMethod::Welch);
    }
}

// The only replications as they were, several by what all their requests together say.
std::optional<double> ofWhole(Metric const& metric, PastLoad const& load, PastLoad const& other) {
    bool const hasOneEach = load.replications.size() == 1 && other.replications.size() == 1;
    return metric.number(hasOneEach ? load.replications.front() : load.whole);
}

std::optional<measure::MeanEstimate> estimateOf(PastLoad const& load,
                                                std::vector<double> const& values) {
    auto const estimate = measure::meanEstimate(values);
    return estimate ? estimate : load.batches;
}

// With one replication on a side only the mean latency has an interval, from that side's batches.
void measureWholes(Difference& d, std::size_t row, PastLoad const& before, PastLoad const& now,
                   Samples const& samples) {
    d.before = ofWhole(metrics[row], before, now);
    d.now = ofWhole(metrics[row], now, before);
    if (!d.before || !d.now) {
        return;
    }
    d.value = *d.now - *d.before;
    if (row != MeanRow || d.value == 0) {
        return;
    }
    auto const a = estimateOf(before, samples.before);
    auto const b = estimateOf(now, samples.now);
    if (a && b) {
        d.before = a->mean;
        d.now = b->mean;
        putInterval(d, measure::welchDifference(*a, *b, comparisonConfidence),
                    DifferenceMethod::Batches);
    }
}

// Of a few replications that differ by the same to the last digit nobody can say how sure that is,
// but an outage of all of them needs no statistics.
bool isPlain(Difference const& d) {
    constexpr double manyTimes = 10;
    return d.interval && d.interval->low == d.interval->high && d.value != 0
           && std::abs(d.value) >= manyTimes * d.noticeable;
}

} // namespace

constexpr std::array<Metric, figuresOfReplication> metrics{{
    {"goodput", ValueUnit::PerSecond, Wanted::High,
     [](LoadReplication const& r) { return std::optional<double>(r.goodput); }},
    {"errors", ValueUnit::Share, Wanted::Low, share<&LoadReplication::Ends::errors>},
    {"degraded", ValueUnit::Share, Wanted::Low, share<&LoadReplication::Ends::degraded>},
    {"mean", ValueUnit::Seconds, Wanted::Low, seconds<&LoadReplication::Answers::mean>},
    {"p50", ValueUnit::Seconds, Wanted::Low, seconds<&LoadReplication::Answers::p50>},
    {"p95", ValueUnit::Seconds, Wanted::Low, seconds<&LoadReplication::Answers::p95>},
    {"p99", ValueUnit::Seconds, Wanted::Low, seconds<&LoadReplication::Answers::p99>},
}};

bool Difference::isNoticeable() const {
    return value != 0 && std::abs(value) >= noticeable;
}

bool Difference::isSilent() const {
    return metric == metrics[DegradedRow].name && before.value_or(0) == 0 && now.value_or(0) == 0;
}

bool Difference::isSignificant() const {
    return adjusted && *adjusted < 1 - comparisonConfidence;
}

std::optional<double> Difference::mayHide() const {
    if (change != Change::Same || !interval) {
        return std::nullopt;
    }
    double const largest = std::max(std::abs(interval->low), std::abs(interval->high));
    return largest > 0 && largest >= noticeable ? std::optional(largest) : std::nullopt;
}

Difference measured(std::size_t row, PastLoad const& before, PastLoad const& now,
                    Alignment const& alignment, Noticeable const& noticeable) {
    Metric const& metric = metrics.at(row);
    Difference d;
    d.metric = metric.name;
    d.unit = metric.unit;
    Samples const samples = samplesOf(before, now, alignment, metric.number);
    d.replicationsBefore = samples.before.size();
    d.replicationsNow = samples.now.size();
    if (samples.before.size() >= 2 && samples.now.size() >= 2) {
        measureReplications(d, samples, alignment.isPaired);
    } else {
        measureWholes(d, row, before, now, samples);
    }
    d.noticeable = metric.unit == ValueUnit::Share ? noticeable.share
                                                   : noticeable.relative * d.before.value_or(0);
    if (isPlain(d)) {
        d.p = 0;
    }
    return d;
}

} // namespace shakedown::summary
