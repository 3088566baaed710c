#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gui/session/snapshot.hpp"
#include "reports/record/routes.hpp"

namespace shakedown::gui {

/// When an event was under way; `end` is never() while it is.
struct EventSpan {
    std::uint32_t event = 0;
    SimTime begin;
    SimTime end = SimTime::never();
};

/// Something that a person would want to see.
struct TurningPoint {
    SimTime at;
    std::string what;    // "autos: queue full"
    std::string subject; // a service, a call or an event
};

/// A record in memory, so that every instant of it is reached at once. It grows while a run goes
/// on; what it holds does not change any more. Views ask it and compute nothing themselves.
///
/// Bounded: requests beyond `mostRequests` and changes beyond `mostChanges` are left out, and
/// counted.
class RunIndex final : public record::MomentSink {
public:
    static constexpr std::size_t mostRequests = 400'000;
    static constexpr std::size_t mostChanges = 1'000'000;

    void begin(record::Header const& header) override;
    void take(record::Moment const& moment) override;

    bool hasHeader() const { return hasHeader_; }
    record::Header const& header() const { return header_; }
    std::vector<record::Route> const& routes() const { return routes_; }
    /// How far the record goes, at least.
    SimTime reach() const { return reach_; }
    std::optional<record::RunEnded> const& ended() const { return ended_; }

    /// The state at an instant; that of the nearest end for one outside of the record.
    Snapshot stateAt(SimTime at) const;
    /// Of a stretch: rates are means over the intervals that it touches; queues, busy workers and
    /// latencies the worst of theirs; replicas and breakers the gravest state of the stretch.
    Snapshot stateOver(SimTime from, SimTime to) const;

    /// Ends of the intervals, in order; the first begins at 0.
    std::vector<SimTime> const& intervalEnds() const { return ends_; }
    record::Interval const& interval(std::size_t i) const { return intervals_[i]; }
    /// Seconds that interval i lasts.
    double secondsOf(std::size_t i) const;
    /// The interval that an instant lies in; nothing without intervals.
    std::optional<std::size_t> intervalAt(SimTime at) const;
    /// How somebody fared in an interval.
    Health serviceHealth(std::size_t i, std::uint32_t service) const;
    Health loadHealth(std::size_t i, std::uint32_t load) const;

    std::vector<EventSpan> const& events() const { return events_; }
    std::vector<TurningPoint> const& turningPoints() const { return turns_; }
    /// The first turning point after an instant, the last before it; nothing if there is none.
    std::optional<TurningPoint> next(SimTime after) const;
    std::optional<TurningPoint> previous(SimTime before) const;

    /// Worst state of the breakers of a call, and since when; in order of time.
    struct BreakerChange {
        SimTime at;
        record::BreakerState worst = record::BreakerState::Closed;
    };
    std::vector<BreakerChange> const& breakers(std::uint32_t call) const { return worst_[call]; }

    /// The requests that the record holds, as they ended.
    std::vector<record::Request> const& requests() const { return requests_; }
    std::size_t leftOut() const { return leftOut_; }

private:
    using OfCaller = std::pair<std::uint32_t, std::uint32_t>; // call, caller
    template <class State>
    struct Change {
        SimTime at;
        State to;
    };
    template <class State>
    using Course = std::vector<Change<State>>;

    void follow(SimTime at, record::EventBegan const& began);
    void follow(SimTime at, record::EventEnded const& ended);
    void follow(SimTime at, record::ReplicaChanged const& changed);
    void follow(SimTime at, record::BreakerChanged const& changed);
    void follow(SimTime at, record::PressureBegan const& pressure);
    void turn(SimTime at, std::string subject, std::string what);
    ServiceNow serviceNow(record::Interval const& row, double seconds, std::uint32_t service) const;
    double troubleOf(record::Interval const& row, std::uint32_t service, double& attempts) const;
    record::Interval sumOf(std::size_t first, std::size_t last, double seconds) const;
    void addReplicas(Snapshot& state, SimTime from, SimTime to) const;

    bool hasHeader_ = false;
    record::Header header_;
    std::vector<record::Route> routes_;
    std::vector<std::vector<std::uint32_t>> callsTo_; // a service
    SimTime reach_;
    std::optional<record::RunEnded> ended_;
    std::vector<SimTime> ends_;
    std::vector<record::Interval> intervals_;
    std::vector<EventSpan> events_;
    std::vector<TurningPoint> turns_;
    std::vector<std::vector<Course<record::ReplicaState>>> replicas_; // a service, a replica
    std::map<OfCaller, Course<record::BreakerState>> callers_;
    std::vector<std::vector<BreakerChange>> worst_;        // a call
    std::map<OfCaller, record::BreakerState> breakersNow_; // not closed
    std::vector<record::Request> requests_;
    std::size_t changes_ = 0;
    std::size_t leftOut_ = 0;
};

} // namespace shakedown::gui
