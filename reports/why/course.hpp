#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "reports/record/moments.hpp"
#include "reports/record/routes.hpp"
#include "reports/verdict/evidence.hpp"
#include "reports/why/effects.hpp"

namespace shakedown::why {

/// One time an event was under way, and whom it touched.
struct Occurrence {
    std::uint32_t event = 0;
    SimTime begin;
    SimTime end = SimTime::never();
    std::vector<record::ReplicaName> replicas;
    std::vector<std::uint32_t> calls;
    std::vector<std::uint32_t> loads;
    bool atOnce = false; // what takes replicas away does so at `begin` only, whatever stays
};

struct Crowding {
    std::uint32_t host = 0;
    SimTime begin;
    SimTime end = SimTime::never();
    std::uint32_t user = 0;
    std::uint32_t waiting = 0;
};

struct BreakerChange {
    SimTime at;
    std::uint32_t caller = 0;
    record::BreakerState to = record::BreakerState::Closed;
};

struct Stretch {
    SimTime begin;
    SimTime end;
    record::Interval what;
    double seconds() const { return (end - begin).inSeconds(); }
};

/// Whether a request came out as it should: ok, and in time.
bool isBad(record::Request const& request, record::Header const& header);

/// Follows a run and keeps what explaining it needs: what was done to whom and when, every
/// interval, and requests that did not come out well, at most `mostRequests` a load and interval,
/// fewer where all intervals together would make more than `mostInAll`.
class Course final : public record::MomentSink {
public:
    static constexpr std::size_t mostRequests = 40;
    static constexpr std::size_t mostInAll = 40'000;
    static constexpr std::size_t mostSpans = 4'000'000;   // of all requests; about 300 MB
    static constexpr std::size_t mostRows = 25'000'000;   // of all intervals; about 1 GB
    static constexpr std::size_t mostChanges = 1'000'000; // events, breakers, hosts: of each
    /// Calls below each other; who walks them recurses.
    static constexpr std::size_t deepest = 200;

    void begin(record::Header const& header) override;
    void take(record::Moment const& moment) override;

    record::Header const& header() const { return header_; }
    std::vector<record::Route> const& routes() const { return routes_; }
    std::uint32_t serviceOf(std::uint32_t endpoint) const { return endpoints_[endpoint]; }
    /// Calls that a service makes; calls made to it.
    std::vector<std::uint32_t> const& callsOf(std::uint32_t service) const {
        return callsOf_[service];
    }
    std::vector<std::uint32_t> const& callsTo(std::uint32_t service) const {
        return callsTo_[service];
    }

    std::vector<Stretch> const& stretches() const { return stretches_; }
    /// The stretch an instant lies in; the last for one behind them. There is one.
    std::size_t stretchAt(SimTime at) const;
    std::vector<record::Request> const& requests() const { return requests_; }
    std::vector<Occurrence> const& occurrences() const { return occurrences_; }
    std::vector<Crowding> const& crowdings() const { return crowdings_; }
    std::vector<BreakerChange> const& breakers(std::uint32_t call) const { return breakers_[call]; }
    /// Workers of a service, of all its replicas as configured.
    double workersOf(std::uint32_t service) const;
    SimTime ended() const { return ended_; }
    /// False if the record was larger than what is kept; then its end is missing here.
    bool isWhole() const { return isWhole_; }
    /// Services that requests of a load were seen to go through.
    std::set<std::uint32_t> const& servicesOf(std::uint32_t load) const {
        return servicesOf_[load];
    }
    /// Turning points and spans of events, as a run's evidence has them.
    verdict::Evidence const& evidence() const { return evidence_; }
    /// When the first event began; never without one.
    SimTime firstEvent() const;

    /// Events that touched a replica (`nobody`: any of the service) with such an effect at some
    /// time in [from, to].
    std::vector<std::uint32_t> onService(std::uint32_t service, std::uint32_t replica,
                                         Effect effect, SimTime from, SimTime to) const;
    /// The latest event with such an effect on the replica that began at or before an instant,
    /// over or not; none if there was none.
    std::vector<std::uint32_t> lastOnService(std::uint32_t service, std::uint32_t replica,
                                             Effect effect, SimTime at) const;
    std::vector<std::uint32_t> onCall(std::uint32_t call, Effect effect, SimTime from,
                                      SimTime to) const;
    /// Whatever they do.
    std::vector<std::uint32_t> allOnCall(std::uint32_t call, SimTime from, SimTime to) const;
    std::vector<std::uint32_t> onLoad(std::uint32_t load, Effect effect, SimTime from,
                                      SimTime to) const;
    /// How many of the service's replicas as configured were down, hung or starting at the end of a
    /// stretch; how many beyond those were up.
    std::uint32_t goneAt(std::size_t stretch, std::uint32_t service) const;
    std::uint32_t addedAt(std::size_t stretch, std::uint32_t service) const;
    /// Whether a breaker of the call was open by hand, for any caller.
    bool isOpenByHand(std::uint32_t call, SimTime at) const;
    /// The service that took most of a host on which `service` waited, `nobody` if none did.
    std::uint32_t neighbourOf(std::uint32_t service, SimTime from, SimTime to) const;

private:
    using Indices = std::vector<std::uint32_t>; // of occurrences, in order

    void keep(record::Request const& request);
    void keep(SimTime at, record::Interval const& interval);
    void open(SimTime at, record::EventBegan const& began);
    void close(std::uint32_t event, SimTime at);
    void follow(record::ReplicaChanged const& changed);
    template <class T>
    bool hasRoomIn(std::vector<T> const& list);
    template <class Touches>
    std::vector<std::uint32_t> eventsThat(Indices const& among, Effect effect, SimTime from,
                                          SimTime to, Touches const& touches) const;

    record::Header header_;
    std::vector<record::Route> routes_;
    std::vector<std::uint32_t> endpoints_;
    std::vector<std::vector<std::uint32_t>> callsOf_;
    std::vector<std::vector<std::uint32_t>> callsTo_;
    std::vector<Stretch> stretches_;
    std::vector<record::Request> requests_;
    std::vector<std::size_t> keptNow_; // a load, in the stretch under way
    std::vector<Occurrence> occurrences_;
    std::vector<Crowding> crowdings_;
    std::vector<std::vector<BreakerChange>> breakers_;
    std::set<record::ReplicaName> gone_;             // of those configured
    std::set<record::ReplicaName> added_;            // beyond them, and up
    std::vector<std::vector<std::uint32_t>> goneBy_; // a service; then a stretch, if ever
    std::vector<std::vector<std::uint32_t>> addedBy_;
    std::vector<Indices> ofService_;
    std::vector<Indices> ofCall_;
    std::vector<Indices> ofLoad_;
    std::vector<bool> wasByHand_; // a call
    std::size_t quota_ = mostRequests;
    std::size_t spans_ = 0;
    std::size_t rows_ = 0;
    bool isWhole_ = true;
    std::vector<std::set<std::uint32_t>> servicesOf_;
    verdict::Evidence evidence_;
    SimTime last_;
    SimTime ended_;
};

} // namespace shakedown::why
