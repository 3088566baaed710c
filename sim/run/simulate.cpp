#include "sim/run/simulate.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <stdexcept>

#include "reports/record/sampling.hpp"
#include "scenarios/model/rate_curve.hpp"
#include "scenarios/model/verbs.hpp"
#include "sim/platform/ideal.hpp"
#include "sim/platform/simgrid_module.hpp"
#include "sim/run/timeline.hpp"

namespace shakedown::run {

namespace {

// Expected requests and attempts a request, roughly: enough to choose how many are recorded.
double expectedRequests(world::Plan const& plan, Duration lasts) {
    double sum = 0;
    for (auto const& load : plan.loads) {
        double const from = load.from.inSeconds();
        double const to = std::min(load.until, SimTime::at(lasts)).inSeconds();
        if (load.rate)
            sum += model::RateCurve(*load.rate).between(0, std::max(0.0, to - from));
        if (load.users > 0)
            sum += load.users * (to - from) / std::max(0.01, load.think.mean().inSeconds());
    }
    return sum;
}

record::Header headerOf(model::Scenario const& scenario, world::Plan const& plan,
                        Settings const& settings, world::WorldOptions const& options,
                        Duration interval) {
    record::Header h;
    h.version = settings.version;
    h.scenario = scenario.name;
    h.file = scenario.file;
    h.scenarioDigest = scenario.digest;
    h.seed = settings.seed;
    h.replication = settings.replication;
    h.level = settings.level;
    h.lasts = options.lasts;
    h.warmup = options.warmup;
    h.interval = interval;
    h.sampleEvery = options.sampleEvery;
    h.names = plan.names;
    h.platform = plan.hosting ? "simgrid" : "ideal";
    for (auto const& service : plan.services) {
        h.replicas.push_back(service.replicas);
        h.workers.push_back(service.workers);
    }
    h.faults.push_back(static_cast<std::uint32_t>(scenario.faults.size()));
    for (auto const& fault : scenario.faults)
        h.verbs.emplace_back(model::verbOf(fault.what));
    for (auto const& operation : scenario.operations)
        h.verbs.emplace_back(model::verbOf(operation.what));
    for (auto const& service : scenario.services)
        h.owners.push_back(service.owner);
    for (auto const& service : plan.services)
        h.capacities.push_back(service.capacity);
    for (auto const& load : plan.loads)
        h.inTime.push_back(load.inTime);
    for (auto const& endpoint : plan.endpoints)
        h.expected.push_back(endpoint.expected);
    return h;
}

// Null for the ideal platform.
std::unique_ptr<platform::Platform> machinesFor(world::Plan const& plan, kernel::Kernel& kernel) {
    if (!plan.hosting)
        return nullptr;
    auto const simgrid = platform::simgridModule();
    if (!simgrid)
        throw std::runtime_error(simgrid.errors().front().message);
    return simgrid.value()->makePlatform(kernel, plan.hosting->blueprint);
}

// Time between two looks at pressure and progress: two a second, short of very long runs. It does
// not depend on the number of services, which must not change what is found out about the others;
// every interval of a record is several looks.
Duration lookInterval(Duration run) {
    std::int64_t look = record::recordInterval(run).count();
    std::int64_t power = 1;
    while (power * 10 <= look)
        power *= 10;
    if (look == 2 * power)
        look = power; // 5 is no multiple of 2
    return Duration::nanoseconds(look / std::clamp<std::int64_t>(look / 500'000'000, 1, 10));
}

} // namespace

Result<Compiled> compileScenario(model::Scenario const& scenario) {
    auto plan = world::compile(scenario);
    if (!plan)
        return plan.errors();
    Compiled compiled{std::move(plan).value(), {}, verdict::demandOf(scenario)};
    for (auto const& revision : scenario.revisions) {
        auto revised = world::compile(*revision.document);
        if (!revised)
            return revised.errors();
        if (!world::sameShape(compiled.plan, revised.value()))
            return Diagnostic{Severity::Error,
                              "E901",
                              "a `set` operation may change numbers, not who calls whom",
                              "change a number or a policy; for other structure write a second "
                              "scenario",
                              {scenario.file, 0, 0}};
        compiled.revisions.push_back(std::move(revised).value());
    }
    world::foresee(compiled.plan, compiled.revisions);
    return compiled;
}

verdict::Evidence simulate(model::Scenario const& scenario, Compiled const& compiled,
                           Settings const& settings) {
    Duration const lasts = std::min(scenario.run.lasts, settings.until);
    Duration const interval = record::recordInterval(
        scenario.run.lasts, compiled.plan.names.services.size() + compiled.plan.names.calls.size()
                                + compiled.plan.names.loads.size());
    Duration const look = lookInterval(scenario.run.lasts);
    std::int64_t const looksAnInterval = interval.count() / look.count();

    world::WorldOptions options;
    options.seed = settings.seed;
    options.replication = settings.replication;
    options.lasts = lasts;
    options.warmup = scenario.run.warmup;
    options.level = settings.level;
    options.express = settings.express;
    double const spans = 1.0 + static_cast<double>(compiled.plan.sites.size());
    options.sampleEvery =
        record::sampleEveryFor(expectedRequests(compiled.plan, lasts), std::min(spans, 50.0));

    kernel::Kernel kernel;
    platform::IdealPlatform ideal(kernel);
    auto const machines = machinesFor(compiled.plan, kernel);
    platform::Platform& platform = machines ? *machines : static_cast<platform::Platform&>(ideal);
    world::World world(compiled.plan, compiled.demand, options, kernel, platform);
    world.setSink(settings.sink);
    if (settings.sink != nullptr)
        settings.sink->begin(headerOf(scenario, compiled.plan, settings, options, interval));
    Timeline timeline(scenario, compiled.demand, compiled.revisions, world);

    record::EndReason reason = record::EndReason::Finished;
    auto const stopped = [&] { return settings.stop != nullptr && settings.stop->load(); };
    std::function<bool()> const goesOn = [&] {
        if (stopped())
            reason = record::EndReason::Interrupted;
        else if (kernel.dispatched() >= settings.eventLimit)
            reason = record::EndReason::EventLimit;
        else if (settings.wallSeconds && !settings.wallLimit.isNone()
                 && settings.wallSeconds() >= settings.wallLimit.inSeconds())
            reason = record::EndReason::TimeLimit;
        return reason == record::EndReason::Finished;
    };
    SimTime const end = SimTime::at(lasts);
    std::int64_t looks = 0;
    for (SimTime next = SimTime::at(look);; next = next + look) {
        bool const last = next >= end;
        bool const isCut = !world.runUntil(last ? end : next, goesOn);
        if (isCut && reason == record::EndReason::Finished)
            reason = record::EndReason::EventLimit; // the world refused an event
        ++looks;
        bool const records = settings.sink != nullptr && record::holdsIntervals(settings.level);
        world.tick(records && (looks % looksAnInterval == 0 || last || isCut));
        if (isCut)
            break;
        if (settings.onProgress)
            settings.onProgress({kernel.now(), lasts, kernel.dispatched(), world.goodSoFar()});
        if (stopped())
            reason = record::EndReason::Interrupted;
        if (kernel.dispatched() >= settings.eventLimit)
            reason = record::EndReason::EventLimit;
        if (last || reason != record::EndReason::Finished)
            break;
    }
    return world.finish(reason);
}

} // namespace shakedown::run
