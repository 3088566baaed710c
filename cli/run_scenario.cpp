#include "cli/run_scenario.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>

#include <unistd.h>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "cli/findings.hpp"
#include "cli/run_output.hpp"
#include "cli/shell_word.hpp"
#include "cli/simulation.hpp"
#include "reports/formats/load_latency.hpp"
#include "reports/render/comparison_text.hpp"
#include "reports/render/plain_text.hpp"
#include "reports/render/summary_json.hpp"
#include "reports/render/text.hpp"

namespace shakedown::cli {

namespace fs = std::filesystem;

namespace {

fs::path folderOf(std::string const& file, RunOrders const& orders, model::Scenario const& scenario,
                  std::uint64_t seed) {
    if (orders.out.empty())
        return fs::path("runs") / fmt::format("{}-{}", fileNameOf(scenario.name), seed);
    if (orders.files.size() == 1)
        return orders.out;
    return fs::path(orders.out) / fileNameOf(fs::path(file).stem().string());
}

std::string commandOf(std::string const& file, RunOrders const& orders, std::uint64_t seed) {
    return fmt::format("shakedown run {}", shellWord(file))
           + (orders.seeds.empty() ? fmt::format(" --seed {}", seed)
                                   : " --seeds " + shellWord(orders.seedsAsWritten))
           + orders.repeat;
}

PageContext pageContext(std::string const& file, RunOrders const& orders,
                        summary::Summary const& summary) {
    PageContext page{textOfScenario(file), {}};
    if (orders.baseline)
        page.earlier = html::Earlier{
            orders.baselineName, summary::compared(*orders.baseline, summary::asPastRun(summary))};
    return page;
}

Exit verdictOf(summary::Summary const& summary) {
    if (!summary.contradictions.empty())
        return Exit::Internal;
    if (summary.reason == record::EndReason::Interrupted)
        return Exit::Interrupted;
    bool const limited = summary.reason == record::EndReason::EventLimit
                         || summary.reason == record::EndReason::TimeLimit;
    if (limited)
        return Exit::Limit;
    if (summary.expectations.empty())
        return Exit::NothingChecked;
    bool const allHeld = std::all_of(summary.expectations.begin(), summary.expectations.end(),
                                     [](auto const& j) { return j.held == verdict::Held::Yes; });
    return allHeld ? Exit::Ok : Exit::ExpectationFailed;
}

std::string againstBaseline(summary::Summary const& summary, RunOrders const& orders,
                            render::Colour colour) {
    auto const comparison = summary::compared(*orders.baseline, summary::asPastRun(summary));
    return "\nAgainst " + render::cleaned(orders.baselineName) + "\n"
           + render::comparisonText(comparison, {"before", "now", "This run"}, colour);
}

void tell(summary::Summary const& summary, std::string const& file, RunOrders const& orders,
          RunOutput const& output, Common const& common) {
    if (common.json) {
        std::cout << render::summaryJson(summary);
        return;
    }
    auto const colour =
        colours(common, STDOUT_FILENO) ? render::Colour::Always : render::Colour::Never;
    render::Closing closing;
    closing.files = output.files();
    closing.why = &output.explanation();
    std::string const folder = fs::path(closing.files.front()).parent_path().string();
    closing.next =
        output.explanation().hurts() ? "shakedown why " + shellWord(folder)
        : orders.seeds.empty()
            ? fmt::format("shakedown run {} --seeds 1..10", shellWord(file))
            : fmt::format("shakedown run {} --baseline {}", shellWord(file), shellWord(folder));
    if (orders.baseline)
        closing.comparison = againstBaseline(summary, orders, colour);
    std::cout << render::text(summary, closing, colour);
}

} // namespace

Exit runScenario(std::string const& file, RunOrders const& orders, Common const& common) {
    auto const loaded = loadAndTell(file, orders.read, common);
    if (!loaded.scenario)
        return loaded.exit;
    model::Scenario const& scenario = *loaded.scenario;
    spdlog::debug("{}: {} services, {} call rules, {} loads, {} faults, digest {}", file,
                  scenario.services.size(), scenario.calls.size(), scenario.loads.size(),
                  scenario.faults.size(), scenario.digest);
    auto const compiled = run::compileScenario(scenario);
    auto const jobs = jobsOf(orders, scenario.run);
    auto const output = RunOutput::open(folderOf(file, orders, scenario, jobs.front().seed),
                                        orders.recordLimit, orders.also);
    if (!output) {
        std::cerr << "shakedown: " << output.errors().front().message << "\n";
        return Exit::Usage;
    }

    spdlog::debug("{} runs on {} processes", jobs.size(), orders.processes);
    Stopwatch const watch;
    ProgressLine progress(!common.quiet && !common.json, scenario.name);
    auto const evidence = simulateAll(scenario, compiled.value(), orders, jobs,
                                      &output.value()->sink(), watch, progress);
    if (!evidence) {
        std::cerr << showFindings(evidence.errors(), false);
        return Exit::Internal;
    }
    auto summary = summaryOf(scenario, compiled.value(), evidence.value());
    summary.command = commandOf(file, orders, summary.seed);
    spdlog::debug("{} events in {:.3f} s", summary.events, watch.seconds());
    auto const failures = output.value()->finish(
        summary, watch.timing(summary.events, orders.processes), pageContext(file, orders, summary),
        formats::latenciesOf(compiled.value().plan.names, evidence.value()));
    for (auto const& failure : failures)
        std::cerr << "shakedown: " << failure.message << "\n";

    Exit const verdict = verdictOf(summary);
    if (common.json || !common.quiet || verdict != Exit::Ok)
        tell(summary, file, orders, *output.value(), common);
    return failures.empty() ? verdict : worse(verdict, Exit::Usage);
}

} // namespace shakedown::cli
