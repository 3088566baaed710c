#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "scenarios/model/call_policy.hpp"

/// What an endpoint does, step by step.
namespace shakedown::model {

struct Step;
using Steps = std::vector<Step>;

/// CPU time; holds a worker and a core.
struct Work {
    Distribution amount;
};
/// base + slope x requests in service on this replica when the wait starts, itself included.
struct LoadDependent {
    Duration base;
    Duration slope;
};
/// Time that holds a worker but no core.
struct Wait {
    std::variant<Distribution, LoadDependent> span;
};
struct Call {
    EndpointName target;
    CallPolicy overrides;
    Place place; // of the target
};
enum class Return : std::uint8_t { WhenAllEnded, Early };
/// Succeeds if at least `need` (default all) branches do; degraded if fewer than all did.
struct Parallel {
    std::vector<Steps> branches;
    std::optional<int> need;
    Return when = Return::WhenAllEnded;
};
struct Option {
    Ratio p;
    Steps steps;
};
/// One of the options by chance; shares that leave room up to 100 % do nothing there.
struct Choose {
    std::vector<Option> options;
};
struct Repeat {
    int times = 1;
    Steps steps;
};
/// Either a fixed share of hits or a real cache of `size` entries that live for `ttl`.
struct Cache {
    std::string name;
    std::optional<Ratio> hit;
    std::optional<int> size;
    Duration ttl = Duration::none();
    Steps miss;
};
struct Publish {
    std::string topic;
};
struct Fail {
    Ratio share;
};
/// Answers now and goes on working.
struct Reply {};
/// A failure inside degrades the answer instead of failing it.
struct Optional {
    Steps steps;
};

using StepKind =
    std::variant<Work, Wait, Call, Parallel, Choose, Repeat, Cache, Publish, Fail, Reply, Optional>;

struct Step {
    StepKind what;
    Place place;
};

} // namespace shakedown::model
