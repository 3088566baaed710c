#include "cli/compare_side.hpp"

#include <iostream>

#include "cli/findings.hpp"
#include "cli/past_run.hpp"
#include "cli/simulation.hpp"

namespace shakedown::cli {

namespace {

constexpr std::uint64_t usualSeeds = 10;

Exit exitOf(record::EndReason reason) {
    switch (reason) {
    case record::EndReason::Finished:
    case record::EndReason::Aborted:
        return Exit::Ok;
    case record::EndReason::TimeLimit:
    case record::EndReason::EventLimit:
        return Exit::Limit;
    case record::EndReason::Interrupted:
        return Exit::Interrupted;
    }
    return Exit::Ok;
}

} // namespace

ReadSide readSide(SideOrders orders, Common const& common) {
    ReadSide side{std::move(orders), {}, {}, Exit::Ok};
    if (side.orders.isScenario) {
        auto loaded = loadAndTell(side.orders.name, side.orders.read, common);
        side.scenario = std::move(loaded.scenario);
        side.exit = loaded.exit;
        return side;
    }
    auto run = summaryOfRun(side.orders.name);
    if (run) {
        side.run = summary::asPastRun(run.value());
        return side;
    }
    side.exit = Exit::Usage;
    for (auto const& error : run.errors())
        std::cerr << "shakedown: " << error.message << "\n";
    return side;
}

std::vector<run::Job> jobsOf(ReadSide const& side, ReadSide const& other) {
    std::vector<run::Job> jobs;
    for (auto const seed : side.orders.seeds)
        jobs.push_back({seed, 0});
    if (jobs.empty() && other.run)
        for (auto const& [seed, replication] : other.run->kept)
            jobs.push_back({seed, replication});
    if (jobs.empty())
        for (std::uint64_t seed = 1; seed <= usualSeeds; ++seed)
            jobs.push_back({seed, 0});
    return jobs;
}

FinishedSide finishSide(ReadSide const& side, ReadSide const& other, int processes,
                        Common const& common) {
    if (side.run)
        return {side.run, Exit::Ok};
    model::Scenario const& scenario = *side.scenario;
    auto const compiled = run::compileScenario(scenario);
    RunOrders orders;
    orders.processes = processes;
    orders.level = record::Level::Summary;
    orders.eventLimit = RunOptions().eventLimit;
    Stopwatch const watch;
    ProgressLine progress(!common.quiet && !common.json, scenario.name);
    auto const evidence = simulateAll(scenario, compiled.value(), orders, jobsOf(side, other),
                                      nullptr, watch, progress);
    if (!evidence) {
        std::cerr << showFindings(evidence.errors(), false);
        return {std::nullopt, Exit::Internal};
    }
    auto const summary = summaryOf(scenario, compiled.value(), evidence.value());
    if (!summary.contradictions.empty())
        return {std::nullopt, Exit::Internal};
    return {summary::asPastRun(summary), exitOf(summary.reason)};
}

} // namespace shakedown::cli
