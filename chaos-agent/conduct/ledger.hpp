#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

#include "chaos-agent/conduct/open_windows.hpp"
#include "chaos-agent/conduct/roster.hpp"
#include "chaos-agent/conduct/seconds_meter.hpp"
#include "reports/verdict/evidence.hpp"

namespace shakedown::conduct {

/// A request under way, as the ledger knows it.
struct Ticket {
    std::uint32_t load = 0;
    std::uint64_t number = 0;
    SimTime intended;
    std::uint64_t windows = 0;
    std::size_t batch = 0;
};

/// How a request ended, as its load saw it.
struct RequestEnd {
    measure::Outcome outcome = measure::Outcome::Ok;
    record::Cause cause = record::Cause::None;
    SimTime sent; // when it was really sent; never before it was intended
    SimTime at;
};

/// Writes down what happens in a live run: the moments of the record, in order of time, and the
/// evidence that a simulation would give. Any thread may write; a time earlier than one written is
/// put down as that.
class Ledger {
public:
    /// All but `header`, which is copied, must outlive it. The header is begun at once.
    Ledger(model::Scenario const& scenario, verdict::Demand const& demand, Roster const& roster,
           record::Header const& header, record::MomentSink& sink);

    Ticket offered(std::uint32_t load, SimTime intended);
    void ended(Ticket const& ticket, RequestEnd const& end);
    /// It is being brought about, it is there; it is being taken back, it is gone.
    void eventComes(SimTime at, std::uint32_t event);
    void eventBegan(SimTime at, record::EventBegan what);
    void eventGoes(SimTime at, std::uint32_t event);
    void eventEnded(SimTime at, std::uint32_t event);
    void replicaChanged(SimTime at, record::ReplicaChanged what);
    /// Opens and closes windows, and writes the interval that is over. Once an interval.
    void tick(SimTime at);

    /// As if the run ended now.
    verdict::Evidence soFar(SimTime at) const;
    /// The same, but the whole run is only what ended in the last seconds: for who must act soon.
    static constexpr std::size_t recentSeconds = 10;
    verdict::Evidence recent(SimTime at) const;
    verdict::Evidence finish(SimTime at, record::EndReason reason);

private:
    struct Span {
        SimTime since;
        std::vector<measure::CallCounters> calls; // as they were then
    };
    struct RecentSecond {
        std::int64_t second = 0;
        std::vector<measure::OutcomeTally> loads;
    };
    struct Evident {
        std::vector<std::uint32_t> outcomes; // of Demand::outcomes, that this load tells of
        std::vector<std::uint32_t> seconds;  // of Demand::seconds
    };

    SimTime advanced(SimTime at);
    void emit(SimTime at, record::MomentKind what, bool isTurningPoint);
    void moveWindows(SimTime at, std::uint64_t before);
    template <class Move>
    SimTime moved(SimTime at, Move const& move);
    void closeSpan(verdict::Evidence& evidence, std::size_t window, SimTime at) const;
    RecentSecond& recentAt(SimTime at);
    bool isKept(std::uint64_t number, measure::Outcome outcome);
    void writeRequest(Ticket const& ticket, RequestEnd const& end);
    verdict::Evidence closed(SimTime at) const;

    mutable std::mutex mutex_;
    verdict::Demand const& demand_;
    Roster const& roster_;
    record::Header header_;
    record::MomentSink& sink_;
    OpenWindows windows_;
    SimTime warmUpEnds_;
    Duration batchLength_;
    SimTime now_;
    std::uint64_t events_ = 0;
    std::uint64_t failuresKept_ = 0;
    std::vector<Evident> evident_; // a load
    std::vector<std::uint64_t> numbers_;
    std::vector<std::uint64_t> live_;
    std::vector<SecondsMeter> seconds_;
    std::vector<Span> spans_; // a window
    std::vector<record::LoadInterval> interval_;
    std::vector<measure::Histogram> intervalLatency_;
    std::vector<measure::CallCounters> intervalCalls_; // at its begin
    std::deque<RecentSecond> recent_;
    verdict::Evidence evidence_;
};

} // namespace shakedown::conduct
