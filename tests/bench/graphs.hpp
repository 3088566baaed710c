#pragma once

#include <cstdint>
#include <string>

namespace shakedown::bench {

/// A graph of services in tiers: each calls some of the tier below, popular ones more often than
/// others. Fan-in follows a power law; that of real systems is heavy-tailed (Luo et al., SoCC
/// 2021). A tier's most popular services are its hot spots, busier than the others.
struct GraphShape {
    int services = 1000;
    int replicas = 10;
    int tiers = 6;
    double callsEach = 1.6; ///< of a service, on average; at least one but in the last tier
    double popularity =
        0.8;           ///< the i-th most popular of n is called with a weight of i^-popularity
    double busy = 0.4; ///< utilisation of an ordinary service
    double busyHotSpot = 0.6;
    double hotSpots = 0.01; ///< share of the services
    double rate = 5000;     ///< requests a second over all services of the first tier
    double seconds = 30;
    bool guarded = true; ///< the full stack of patterns on every call
    std::uint64_t seed = 1;
};

/// The graph as a scenario file. Equal shapes give equal text.
std::string graphScenario(GraphShape const& shape);

/// SEMANTICS' `city`: 1,000 services of 10 replicas in 6 tiers, 5,000/s for 30 s, every call with
/// deadline, timeout, retry and budget, breaker, bulkhead, rate limit and outlier detection.
GraphShape cityShape();

/// 20,000 services of 10 replicas in 8 tiers.
GraphShape countryShape();

} // namespace shakedown::bench
