#include "chaos-agent/conduct/live_header.hpp"

#include <algorithm>
#include <utility>

#include "reports/record/live.hpp"
#include "reports/record/sampling.hpp"
#include "scenarios/model/rate_curve.hpp"
#include "scenarios/model/verbs.hpp"

namespace shakedown::conduct {

namespace {

double expectedRequests(Programme const& programme) {
    double sum = 0;
    for (auto const& load : programme.loads) {
        model::RateShape const shape = load.rate ? model::RateShape(model::ConstantRate{*load.rate})
                                                 : load.load.rate.value_or(model::ConstantRate{});
        Duration const lasts = std::min(programme.lasts - load.load.from, load.load.lasts);
        sum += model::RateCurve(shape).between(0, std::max(0.0, lasts.inSeconds()));
    }
    return sum;
}

} // namespace

record::Header liveHeader(model::Scenario const& scenario, Programme const& programme,
                          Roster const& roster, record::Level level, std::string version) {
    record::Header header;
    header.version = std::move(version);
    header.scenario = scenario.name;
    header.file = scenario.file;
    header.scenarioDigest = scenario.digest;
    header.platform = record::livePlatform;
    header.seed = programme.seed;
    header.level = level;
    header.lasts = programme.lasts;
    header.warmup = std::min(scenario.run.warmup, programme.lasts);
    auto const& names = roster.names;
    header.interval = record::recordInterval(
        programme.lasts, names.loads.size() + names.services.size() + names.calls.size());
    header.sampleEvery = record::sampleEveryFor(expectedRequests(programme), 1);
    header.names = names;
    for (auto const& service : scenario.services) {
        header.replicas.push_back(static_cast<std::uint32_t>(std::max(1, service.replicas)));
        header.workers.push_back(static_cast<std::uint32_t>(std::max(1, service.workers)));
        header.owners.push_back(service.owner);
    }
    header.faults.push_back(static_cast<std::uint32_t>(scenario.faults.size()));
    for (auto const& fault : scenario.faults)
        header.verbs.emplace_back(model::verbOf(fault.what));
    for (auto const& operation : scenario.operations)
        header.verbs.emplace_back(model::verbOf(operation.what));
    for (auto const& load : roster.loads)
        header.inTime.push_back(load.inTime);
    return header;
}

} // namespace shakedown::conduct
