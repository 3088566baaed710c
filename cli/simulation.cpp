#include "cli/simulation.hpp"

#include <iostream>

#include <unistd.h>

#include "cli/findings.hpp"

namespace shakedown::cli {

Loaded loadAndTell(std::string const& file, reading::ReadOptions const& read, Common const& common,
                   checking::Purpose purpose) {
    auto loaded = loadScenario(file, read, purpose);
    bool const tellsAll = common.verbose || !loaded.scenario;
    Diagnostics shown;
    for (auto const& finding : loaded.findings)
        if (tellsAll || finding.severity == Severity::Error)
            shown.push_back(finding);
    std::cerr << showFindings(shown, colours(common, STDERR_FILENO));
    return loaded;
}

Result<std::vector<verdict::Evidence>>
simulateAll(model::Scenario const& scenario, run::Compiled const& compiled, RunOrders const& orders,
            std::vector<run::Job> const& jobs, record::MomentSink* sink, Stopwatch const& watch,
            ProgressLine& progress) {
    run::Settings settings;
    settings.level = orders.level;
    settings.sink = sink;
    settings.until = orders.until;
    settings.wallLimit = orders.wallLimit;
    settings.eventLimit = orders.eventLimit;
    settings.stop = &stopRequested();
    settings.wallSeconds = [&] { return watch.seconds(); };
    settings.onProgress = [&](run::Progress const& p) { progress.show(p, watch.seconds()); };
    settings.version = SHAKEDOWN_VERSION;
    auto evidence = run::replicate(scenario, compiled, settings, jobs, orders.processes);
    progress.done();
    return evidence;
}

summary::Summary summaryOf(model::Scenario const& scenario, run::Compiled const& compiled,
                           std::vector<verdict::Evidence> const& evidence) {
    auto summary = summary::summarise(scenario, compiled.plan.names, compiled.demand, evidence,
                                      compiled.plan.hosting ? "simgrid" : "ideal");
    for (auto const& contradiction : summary.contradictions)
        std::cerr << "shakedown: the books do not balance: " << contradiction << "\n";
    return summary;
}

} // namespace shakedown::cli
