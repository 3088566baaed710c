#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/model/condition.hpp"
#include "scenarios/model/fault.hpp"
#include "scenarios/model/live.hpp"
#include "scenarios/model/load.hpp"
#include "scenarios/model/operation.hpp"
#include "scenarios/model/platform.hpp"
#include "scenarios/model/service.hpp"

namespace shakedown::model {

struct RunRules {
    Duration lasts = Duration::seconds(60); // `for`
    Duration warmup;
    std::uint64_t seed = 1;
    int replications = 1;
    Place place;
};

struct Scenario;

/// From `at` on the document is this one (operations `set`), until the next revision.
struct Revision {
    Duration at;
    std::shared_ptr<Scenario const> document;
};

/// The whole document. Lists keep the order of the file; names are unique within a list (the
/// reader sees to it) but may dangle until checking has passed.
struct Scenario {
    std::string name; // default: the file's name without its ending
    std::string about;
    std::string file; // as given by the user
    /// Hash of the document's meaning (written out again in normal form), 16 hex digits.
    std::string digest;
    RunRules run;
    std::vector<Service> services;
    std::vector<CallRule> calls;
    std::vector<Topic> topics;
    std::vector<Load> loads;
    std::optional<Discovery> discovery;
    std::optional<PlatformSection> platform;
    std::vector<Fault> faults;
    std::vector<Operation> operations;
    std::vector<Condition> expect;
    std::vector<Condition> abort;
    std::optional<Live> live;
    std::optional<Lesson> lesson;
    std::vector<Revision> revisions; // in order of time; empty without `set`
};

Service const* findService(Scenario const& scenario, std::string const& name);
Load const* findLoad(Scenario const& scenario, std::string const& name);
/// The endpoint of that name, or the only one if `name.endpoint` is empty.
Endpoint const* findEndpoint(Scenario const& scenario, EndpointName const& name);
/// When a fault or operation of that name happens, or null.
Timing const* findTiming(Scenario const& scenario, std::string const& name);

} // namespace shakedown::model
