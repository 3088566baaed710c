#pragma once

#include <cstdint>
#include <vector>

#include "reports/formats/chrome_events.hpp"
#include "reports/formats/nodes.hpp"
#include "reports/record/moments.hpp"

namespace shakedown::formats {

/// The requests of a run as slices of a timeline: each request one in the process of its load, each
/// attempt that arrived one in the process of the service, on a lane of its replica. They are kept
/// until the end, since requests are recorded in the order of their ends and lanes need that of
/// their beginnings.
class ChromeSlices {
public:
    /// Slices and refusals beyond are left out; a viewer has trouble with fewer.
    static constexpr std::size_t most = 400'000;

    void add(SimTime written, record::Request const& request, Nodes const& nodes);
    std::uint64_t requestsLeftOut() const { return leftOut_; }

    /// Threads, slices, arrows from caller to callee, and instants where an attempt was refused
    /// before it was sent. `processOf` of a node is node + firstProcess.
    void write(ChromeEvents& events, record::Names const& names, Nodes const& nodes,
               std::uint64_t firstProcess) const;

private:
    static constexpr std::uint32_t none = ~std::uint32_t{0};
    struct Slice {
        std::uint32_t node = 0;
        std::uint32_t replica = 0;
        SimTime begin;
        SimTime end;
        SimTime started = SimTime::never(); // got a worker; of attempts
        SimTime sent;                       // by the caller; of attempts
        std::uint64_t request = 0;          // its number
        std::uint32_t name = 0;             // of attempts an endpoint, of requests a load
        std::uint32_t caller = none;        // the slice it was sent from
        std::uint32_t attempt = 0;
        bool isRequest = false;
        measure::Outcome outcome = measure::Outcome::Ok;
        record::Cause cause = record::Cause::None;
        bool hasEnded = true;
    };
    struct Refusal { // an attempt that did not arrive
        SimTime at;
        std::uint32_t slice = 0; // of the caller
        std::uint32_t call = 0;
        record::Cause cause = record::Cause::None;
    };

    std::vector<Track> tracksOf(ChromeEvents& events, Nodes const& nodes,
                                std::uint64_t firstProcess) const;
    void writeSlice(ChromeEvents& events, Slice const& slice, Track track,
                    record::Names const& names) const;

    std::vector<Slice> slices_;
    std::vector<Refusal> refusals_;
    std::uint64_t leftOut_ = 0;
};

} // namespace shakedown::formats
