#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "scenarios/model/step.hpp"

namespace shakedown::model {

enum class ServiceKind : std::uint8_t {
    Service,
    Database,
    Cache,
    Queue,
    Function,
    Gateway,
    External
};
enum class QueueOrder : std::uint8_t { Fifo, Lifo, AdaptiveLifo, Codel, Priority };
enum class Drop : std::uint8_t { None, Expired, Hopeless };

struct QueueRules {
    std::optional<int> capacity; // waiting places; empty: unbounded
    QueueOrder order = QueueOrder::Fifo;
    Duration maxWait = Duration::none();
    Drop drop = Drop::None;
    Duration target = Duration::milliseconds(5);     // codel
    Duration interval = Duration::milliseconds(100); // codel and adaptive_lifo
};

struct Endpoint {
    std::string name;
    bool idempotent = true;
    int priority = 0; // higher goes first
    Steps steps;
    Place place;
};

struct Version {
    std::string name;
    Ratio share;
    std::vector<Endpoint> endpoints;
    std::vector<std::string> speaks;      // contract versions it answers
    std::vector<std::string> understands; // contract versions it can call
    Place place;
};

enum class ShardKind : std::uint8_t { Hash, Range };
struct Shards {
    ShardKind by = ShardKind::Hash;
    int count = 1;                   // hash
    std::vector<std::string> ranges; // "a-m", "n-z"
};

struct HealthCheck {
    Duration every = Duration::seconds(10);
    Duration timeout = Duration::seconds(1);
    int unhealthyAfter = 3;
    int healthyAfter = 1;
    Steps check;
};
struct Health {
    std::optional<HealthCheck> liveness;
    std::optional<HealthCheck> readiness;
};

struct Autoscale {
    std::optional<Ratio> utilisation;
    std::optional<double> concurrency;
    int min = 1;
    int max = 10;
    Duration every = Duration::seconds(15);
    Ratio tolerance = Ratio::of(0.1);
    Duration stabilisationUp;
    Duration stabilisationDown = Duration::seconds(300);
};

struct FunctionRules {
    Distribution coldStart = Distribution::constant(Duration::milliseconds(250));
    Duration idleTimeout = Duration::seconds(600);
    int maxConcurrency = 1000;
    int burst = 1000;
};

enum class ConcurrencyLimit : std::uint8_t { Fixed, Aimd, Vegas, Gradient2 };
struct ServerLimit {
    std::optional<Rate> rate;
    std::optional<int> burst;
    std::optional<ConcurrencyLimit> concurrency;
    std::optional<int> limit;
    std::vector<int> priorities;
};

struct ApiKey {
    std::string name;
    std::optional<Rate> rate;
    std::optional<int> quota;
    Place place;
};

struct Service {
    std::string name;
    ServiceKind kind = ServiceKind::Service;
    int replicas = 1;
    int workers = 16;
    std::optional<int> cores; // empty: one per worker
    bool async = false;
    QueueRules queue;
    std::vector<Endpoint> endpoints;
    std::vector<Version> versions;
    std::optional<Shards> shards;
    std::vector<std::string> zones;
    std::string owner;
    std::string about;
    std::string runbook;
    Distribution start = Distribution::constant(Duration());
    Duration stop = Duration::seconds(30); // grace period
    std::optional<Health> health;
    std::optional<Autoscale> autoscale;
    std::optional<FunctionRules> function;
    std::optional<ServerLimit> limit;
    std::vector<ApiKey> keys;
    Place place;
};

} // namespace shakedown::model
