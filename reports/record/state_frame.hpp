#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "reports/record/moments.hpp"

namespace shakedown::record {

/// The state of everything at one instant, so that a reader reaches any instant from the frame
/// before it. Only what is not as the header says stands in it: replicas that are not up (or that
/// the header does not know), breakers that are not closed, events under way, services with
/// somebody waiting or in service at the end of the last interval.
struct StateFrame {
    using OfService = std::pair<std::uint32_t, std::uint32_t>; // service, replica
    using OfCall = std::pair<std::uint32_t, std::uint32_t>;    // call, caller
    struct Load {
        std::uint32_t queue = 0;
        std::uint32_t inService = 0;
        friend bool operator==(Load const&, Load const&) = default;
    };

    SimTime at;
    std::map<OfService, ReplicaState> replicas;
    std::map<OfCall, BreakerState> breakers;
    std::multiset<std::uint32_t> events; // an event may overlap itself
    std::map<std::uint32_t, Load> services;
    friend bool operator==(StateFrame const&, StateFrame const&) = default;

    /// Takes in what a moment changes; moments that change no state pass without trace.
    void follow(Moment const& moment, Header const& header);
};

} // namespace shakedown::record
