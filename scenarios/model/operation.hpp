#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "scenarios/model/timeline.hpp"

/// What operators plan and do.
namespace shakedown::model {

enum class DeployStrategy : std::uint8_t { Rolling, BlueGreen, Canary };

struct Deploy {
    Target target;
    DeployStrategy strategy = DeployStrategy::Rolling;
    std::string version;
    std::optional<Ratio> maxSurge;
    std::optional<Ratio> maxUnavailable;
    std::vector<Ratio> canarySteps;
    Duration stepTime = Duration::seconds(60);
    std::string rollbackWhen; // a condition
};
struct Scale {
    Target target;
    int to = 1;
};
struct FlipBreaker {
    CallName call;
    BreakerByHand state = BreakerByHand::ForcedOpen; // `auto` again after `for`
};
struct Drain {
    Target target;
};
struct Repave {
    Target target;
    int wave = 1;
    Duration every = Duration::seconds(30);
};
struct Rotate {
    Target target;
    Duration overlap;
};
/// Any number of the document: path "calls.site -> autos.timeout", value as written in YAML.
/// What the document is from then on stands in Scenario::revisions.
struct Set {
    std::string path;
    std::string value;
};
struct ReplayEvents {
    std::string projection;
};

using OperationKind =
    std::variant<Deploy, Scale, FlipBreaker, Drain, Repave, Rotate, Set, ReplayEvents>;

struct Operation {
    std::string name;
    Timing when;
    OperationKind what;
    Place place;
    Mentions mentions;
};

} // namespace shakedown::model
