#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "reports/record/moments.hpp"
#include "reports/verdict/evidence.hpp"

namespace shakedown::html {

/// A step of the page's time axis: several intervals of the record in one.
struct LoadStep {
    std::uint64_t offered = 0;
    std::uint64_t ok = 0;
    std::uint64_t degraded = 0;
    std::uint64_t failed = 0;
    std::uint64_t rejected = 0;
    std::uint64_t timedOut = 0;
    std::uint64_t good = 0;
    double p50Weighted = 0; // seconds x answered
    double p95Weighted = 0;
    double p99 = 0; // seconds, the highest of the intervals

    std::uint64_t answered() const { return ok + degraded; }
    std::uint64_t bad() const { return failed + rejected + timedOut; }
    std::uint64_t ended() const { return answered() + bad(); }
    /// Seconds, the mean of the intervals; 0 if nothing was answered.
    double p50() const { return mean(p50Weighted); }
    double p95() const { return mean(p95Weighted); }

private:
    double mean(double weighted) const {
        return answered() == 0 ? 0 : weighted / static_cast<double>(answered());
    }
};

struct ServiceStep {
    std::uint32_t queue = 0; // the longest of the intervals' ends
    std::uint32_t gone = 0;  // replicas down or hung, at most
    std::uint32_t intervals = 0;
    double utilisationSum = 0;

    double utilisation() const { return intervals == 0 ? 0 : utilisationSum / intervals; }
};

struct CallStep {
    std::uint64_t requests = 0;
    std::uint64_t attempts = 0;
    std::uint64_t retries = 0;
    std::uint64_t timeouts = 0;
    std::uint64_t failures = 0;
    std::uint32_t open = 0; // breakers open, by hand or not, at most
    record::BreakerState worst = record::BreakerState::Closed;

    /// Share of the attempts that did not succeed.
    double trouble() const;
};

/// Follows a run and keeps of it what the page shows: at most `mostSteps` steps a subject, and when
/// events were under way.
class History final : public record::MomentSink {
public:
    static constexpr std::int64_t mostSteps = 240;
    static constexpr std::size_t mostEvents = 200;

    void begin(record::Header const& header) override;
    void take(record::Moment const& moment) override;

    record::Header const& header() const { return header_; }
    Duration step() const { return step_; }
    /// Steps that hold something; none if the record has no intervals (level summary).
    std::size_t steps() const { return steps_; }
    LoadStep const& load(std::size_t i, std::size_t step) const { return loads_[i][step]; }
    ServiceStep const& service(std::size_t i, std::size_t step) const { return services_[i][step]; }
    CallStep const& call(std::size_t i, std::size_t step) const { return calls_[i][step]; }
    std::vector<verdict::EventSpan> const& events() const { return events_; }
    /// Events beyond `mostEvents`.
    std::size_t eventsLeftOut() const { return eventsLeftOut_; }

private:
    using Key = std::pair<std::uint32_t, std::uint32_t>;

    std::size_t stepUpTo(SimTime at) const; // what an instant ends
    std::size_t stepFrom(SimTime at) const; // what it begins
    void follow(SimTime at, record::EventBegan const& began);
    void follow(SimTime at, record::EventEnded const& ended);
    void follow(SimTime at, record::ReplicaChanged const& changed);
    void follow(SimTime at, record::BreakerChanged const& changed);
    void follow(SimTime at, record::Interval const& interval);
    void markReplicas(std::size_t step);
    void markBreakers(std::size_t step);

    record::Header header_;
    Duration step_;
    std::size_t room_ = 0; // steps there is room for
    std::size_t steps_ = 0;
    std::vector<std::vector<LoadStep>> loads_;
    std::vector<std::vector<ServiceStep>> services_;
    std::vector<std::vector<CallStep>> calls_;
    std::vector<verdict::EventSpan> events_;
    std::size_t eventsLeftOut_ = 0;
    std::map<Key, record::ReplicaState> gone_;      // service, replica: down or hung
    std::map<Key, record::BreakerState> notClosed_; // call, caller
};

} // namespace shakedown::html
