#include "cli/inject_scenario.hpp"

#include <chrono>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <random>

#include <sys/resource.h>
#include <unistd.h>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "cli/findings.hpp"
#include "cli/inject_end.hpp"
#include "cli/live_progress.hpp"
#include "cli/run_output.hpp"
#include "cli/shell_word.hpp"
#include "cli/simulation.hpp"
#include "reports/formats/load_latency.hpp"
#include "reports/render/plain_text.hpp"
#include "reports/render/summary_json.hpp"
#include "reports/render/text.hpp"

namespace shakedown::cli {

namespace fs = std::filesystem;

namespace {

using protocol::Client;
using protocol::ClientError;
using Agents = std::vector<std::unique_ptr<conduct::AgentPort>>;

std::string stamp() {
    std::time_t const now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm utc{};
    gmtime_r(&now, &utc);
    return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", utc.tm_year + 1900, utc.tm_mon + 1,
                       utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

std::string runKey() {
    std::random_device random;
    return fmt::format("{:08x}{:08x}", random(), random());
}

// A request under way is a descriptor; the usual thousand is soon used up.
void wantDescriptors() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

std::variant<Agents, std::string> agentsOf(conduct::Programme const& programme,
                                           AgentPlace const& identity) {
    Agents agents;
    for (auto const& agent : programme.agents) {
        AgentPlace place = identity;
        place.address = agent.address;
        auto client = clientOf(place);
        if (auto const* error = std::get_if<ClientError>(&client))
            return "agent " + agent.name + ": " + error->message;
        agents.push_back(
            std::make_unique<conduct::ClientAgent>(std::get<Client>(std::move(client))));
    }
    return agents;
}

std::vector<conduct::AgentPort*> portsOf(Agents const& agents) {
    std::vector<conduct::AgentPort*> ports;
    for (auto const& agent : agents)
        ports.push_back(agent.get());
    return ports;
}

Exit refuse(Exit exit, std::string const& why) {
    std::cerr << "shakedown: " << render::cleaned(why) << "\n";
    return exit;
}

Exit dryRun(conduct::Programme const& programme, Agents const& agents, Common const& common) {
    if (auto const why = conduct::rehearse(programme, portsOf(agents)); !why.empty())
        return refuse(Exit::Agent, why);
    auto const plans = conduct::plansOf(programme, portsOf(agents));
    if (auto const* why = std::get_if<std::string>(&plans))
        return refuse(Exit::Agent, *why);
    auto const& list = std::get<std::vector<conduct::RehearsedFault>>(plans);
    std::cout << (common.json ? plansJson(list) : plansText(list));
    return Exit::Ok;
}

// The folder of the run; removed again if the run did not begin and the folder was not there.
class Folder {
public:
    explicit Folder(fs::path path) : path_(std::move(path)) {
        std::error_code ignored;
        wasThere_ = fs::exists(path_, ignored);
    }
    fs::path const& path() const { return path_; }
    void drop() const {
        std::error_code ignored;
        if (!wasThere_)
            fs::remove_all(path_, ignored);
    }

private:
    fs::path path_;
    bool wasThere_ = false;
};

void tell(summary::Summary const& summary, conduct::LiveOutcome const& outcome,
          std::string const& file, RunOutput const& output, Common const& common) {
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
    closing.next = "shakedown compare " + shellWord(file) + " " + shellWord(folder);
    std::cout << render::text(summary, closing, colour);
    for (auto const& note : outcome.notes)
        std::cout << "Note: " << render::cleaned(note) << "\n";
}

} // namespace

Exit injectScenario(InjectOptions const& options, InjectOrders const& orders,
                    Common const& common) {
    auto const loaded = loadAndTell(options.file, orders.read, common, checking::Purpose::Document);
    if (!loaded.scenario)
        return loaded.exit;
    model::Scenario const& scenario = *loaded.scenario;
    auto const programme =
        conduct::programmeOf(scenario, {orders.seed.value_or(scenario.run.seed), orders.until,
                                        orders.lease, options.skip});
    if (!programme) {
        std::cerr << showFindings(programme.errors(), colours(common, STDERR_FILENO));
        return Exit::InvalidScenario;
    }
    auto const agents = agentsOf(programme.value(), options.place);
    if (auto const* why = std::get_if<std::string>(&agents))
        return refuse(Exit::Usage, *why);
    if (options.dryRun)
        return dryRun(programme.value(), std::get<Agents>(agents), common);

    Folder const folder(options.out.empty()
                            ? fs::path("runs") / (fileNameOf(scenario.name) + "-live-" + stamp())
                            : fs::path(options.out));
    auto const output = RunOutput::open(folder.path(), record::defaultRecordLimit);
    if (!output)
        return refuse(Exit::Usage, output.errors().front().message);
    wantDescriptors();
    watchEverySignal();
    Stopwatch const watch;
    LiveProgress progress(!common.quiet && !common.json);
    conduct::ConductOrders how;
    how.level = orders.level;
    how.failFast = options.failFast ? conduct::FailFast::Yes : conduct::FailFast::No;
    how.version = SHAKEDOWN_VERSION;
    how.runKey = runKey();
    how.stop = &stopRequested();
    how.onSight = [&](conduct::Sight const& sight) { progress.show(sight); };
    auto const outcome =
        conduct::conduct(scenario, programme.value(), portsOf(std::get<Agents>(agents)),
                         output.value()->sink(), how);
    progress.done();
    std::cerr << endText(outcome);
    if (!outcome.evidence) {
        folder.drop();
        return exitOf(outcome);
    }
    auto summary = liveSummary(scenario, outcome);
    summary.command = fmt::format("shakedown inject {}{}", shellWord(options.file), orders.repeat);
    for (auto const& contradiction : summary.contradictions)
        std::cerr << "shakedown: the books do not balance: " << contradiction << "\n";
    auto const failures = output.value()->finish(
        summary, watch.timing(summary.events, 1), {textOfScenario(options.file), {}},
        formats::latenciesOf(conduct::rosterOf(scenario).names, {*outcome.evidence}));
    for (auto const& failure : failures)
        std::cerr << "shakedown: " << failure.message << "\n";
    Exit const exit = exitOf(outcome);
    if (common.json || !common.quiet || exit != Exit::Ok)
        tell(summary, outcome, options.file, *output.value(), common);
    return failures.empty() ? exit : worse(exit, Exit::Usage);
}

} // namespace shakedown::cli
