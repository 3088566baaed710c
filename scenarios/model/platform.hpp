#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/vocabulary/diagnostic.hpp"
#include "scenarios/vocabulary/quantities.hpp"
#include "scenarios/vocabulary/time.hpp"

/// Machines and networks (simulated by SimGrid), service discovery and topics.
namespace shakedown::model {

enum class Placement : std::uint8_t { Spread, Pack, ByZone };

/// Values from a file, each from its instant on; played again every `period`.
struct Profile {
    struct Step {
        Duration at;
        double value = 0;
    };
    std::string file; // as seen from the scenario's folder; empty: none
    std::shared_ptr<std::vector<Step> const> steps;
    Duration period = Duration::none();
};

struct Host {
    std::string name;
    std::string zone;
    double speed = 1; // 1: a second of `work` takes a second
    int cores = 1;
    double idleWatts = 100;
    double busyWatts = 200; // all cores busy
    Profile speedProfile;   // factors of its speed
    Profile stateProfile;   // 0: down, else up
    Place place;
};
struct Link {
    std::string name;
    std::vector<std::string> between; // hosts or zones
    Bandwidth bandwidth;
    Duration latency;
    bool shared = true;
    Profile stateProfile; // 0: down, else up
    Place place;
};
struct PlacementRule {
    std::string service; // or load
    std::vector<std::string> hosts;
    Place place;
};
struct PlatformSection {
    std::string file;   // SimGrid's own XML, as seen from the scenario's folder
    std::string fileAt; // where it really is
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
