#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/vocabulary/diagnostic.hpp"
#include "scenarios/vocabulary/quantities.hpp"
#include "scenarios/vocabulary/time.hpp"

/// Machines and networks (simulated by SimGrid), service discovery and topics.
namespace shakedown::model {

enum class Placement : std::uint8_t { Spread, Pack, ByZone };

struct Host {
    std::string name;
    std::string zone;
    double speed = 1; // 1: a second of `work` takes a second
    int cores = 1;
    Place place;
};
struct Link {
    std::string name;
    std::vector<std::string> between; // hosts or zones
    Bandwidth bandwidth;
    Duration latency;
    bool shared = true;
    Place place;
};
struct PlacementRule {
    std::string service;
    std::vector<std::string> hosts;
    Place place;
};
struct PlatformSection {
    std::string file; // SimGrid's own XML
    std::vector<Host> hosts;
    std::vector<Link> links;
    Placement placement = Placement::Spread;
    std::vector<PlacementRule> explicitly;
    bool energy = false;
    Place place;
};

struct Discovery {
    Duration heartbeat = Duration::seconds(5);
    Duration expiry = Duration::seconds(15);
    Duration propagation = Duration::seconds(1);
    Duration clientCache = Duration::seconds(5);
    Duration staleCost;
    Place place;
};

struct Consumer {
    std::string service;
    std::string endpoint;
    int concurrency = 1;
    int prefetch = 1;
    Place place;
};
struct Projection {
    std::string name;
    std::string service;
    Rate rebuildRate;
    Place place;
};
struct Topic {
    std::string name;
    int partitions = 1;
    std::vector<Consumer> consumers;
    Duration visibilityTimeout = Duration::seconds(30);
    std::optional<int> maxDeliveries;
    std::string deadLetters;
    Duration retention = Duration::none();
    bool orderByKey = false;
    std::vector<Projection> projections;
    Place place;
};

} // namespace shakedown::model
