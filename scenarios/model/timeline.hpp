#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "scenarios/model/call_policy.hpp"
#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::model {

/// When something happens: at `at` for `lasts`, again every `every`; or as a random process with
/// exponential times between (`mtbf`) and of repair (`mttr`).
struct Timing {
    std::optional<Duration> at;
    Duration lasts = Duration::none(); // `for`; none: to the end of the run, or instantaneous
    std::optional<Duration> every;
    std::optional<Duration> mtbf;
    std::optional<Duration> mttr;
};

struct AllReplicas {};
struct ReplicaCount {
    int count = 1;
};
struct ReplicaShare {
    Ratio share;
};
/// Numbers from 0.
struct ReplicaList {
    std::vector<int> numbers;
};
using ReplicaChoice = std::variant<AllReplicas, ReplicaCount, ReplicaShare, ReplicaList>;

/// A word of the file that a fault or an operation was read from, so that findings about it can
/// point at the word.
struct Mention {
    std::string text;
    Place place;
};
using Mentions = std::vector<Mention>;

/// Where a word is mentioned, alone or within a text such as "a -> b"; else `otherwise`.
Place placeOf(std::string const& word, Mentions const& mentions, Place const& otherwise);

/// What a fault is done to; which members are allowed depends on the fault.
struct Target {
    std::string service;
    ReplicaChoice replicas;
    std::string endpoint;
    std::optional<CallName> call;
    std::string zone;
    std::string host;
    std::string link;
    std::string topic;
    std::string load;
};

} // namespace shakedown::model
