#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <thread>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/findings.hpp"
#include "cli/load.hpp"
#include "cli/progress.hpp"
#include "cli/run_options.hpp"
#include "reports/record/record_writer.hpp"
#include "reports/render/junit.hpp"
#include "reports/render/series_csv.hpp"
#include "reports/render/summary_json.hpp"
#include "reports/render/text.hpp"
#include "reports/render/timing_json.hpp"
#include "scenarios/reading/quantity_grammar.hpp"
#include "sim/run/replicate.hpp"

namespace shakedown::cli {

namespace {

namespace fs = std::filesystem;

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

// Every moment goes to the record and to the series.
class Both final : public record::MomentSink {
public:
    Both(record::MomentSink& a, record::MomentSink& b) : a_(a), b_(b) {}
    void begin(record::Header const& header) override {
        a_.begin(header);
        b_.begin(header);
    }
    void take(record::Moment const& moment) override {
        a_.take(moment);
        b_.take(moment);
    }

private:
    record::MomentSink& a_;
    record::MomentSink& b_;
};

struct Limits {
    Duration until = Duration::none();
    Duration wall = Duration::none();
    Bytes record = record::defaultRecordLimit;
};

std::optional<Duration> durationOf(std::string const& text, char const* flag) {
    if (text.empty())
        return Duration::none();
    auto const parsed = reading::parseDuration(text);
    if (parsed.ok())
        return parsed.value();
    std::cerr << "shakedown: " << flag << ": " << parsed.errors().front().message << "\n";
    return std::nullopt;
}

std::optional<Limits> limitsOf(RunOptions const& options) {
    Limits limits;
    auto const until = durationOf(options.until, "--until");
    auto const wall = durationOf(options.wallLimit, "--time-limit");
    if (!until || !wall)
        return std::nullopt;
    limits.until = *until;
    limits.wall = *wall;
    if (options.recordLimit.empty())
        return limits;
    auto const bytes = reading::parseBytes(options.recordLimit);
    if (!bytes.ok()) {
        std::cerr << "shakedown: --record-limit: " << bytes.errors().front().message << "\n";
        return std::nullopt;
    }
    limits.record = bytes.value();
    return limits;
}

std::vector<run::Job> jobsOf(RunOptions const& options, model::Scenario const& scenario,
                             std::vector<std::uint64_t> const& seeds) {
    std::vector<run::Job> jobs;
    for (auto const seed : seeds)
        jobs.push_back({seed, 0});
    if (!jobs.empty())
        return jobs;
    std::uint64_t const seed = options.seed.value_or(scenario.run.seed);
    for (int r = 0; r < std::max(1, scenario.run.replications); ++r)
        jobs.push_back({seed, static_cast<std::uint32_t>(r)});
    return jobs;
}

// A name from a scenario as part of a path: letters, digits, dash, dot and underscore.
std::string fileNameOf(std::string const& name) {
    std::string out;
    for (char const c : name.substr(0, 80))
        out += std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' ? c : '-';
    return out.empty() ? "scenario" : out;
}

render::Timing timingOf(double wall, std::uint64_t events, int jobs) {
    rusage own{}, children{};
    getrusage(RUSAGE_SELF, &own);
    getrusage(RUSAGE_CHILDREN, &children);
    auto const seconds = [](timeval const& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
    };
    render::Timing timing;
    timing.wallSeconds = wall;
    timing.cpuSeconds = seconds(own.ru_utime) + seconds(own.ru_stime) + seconds(children.ru_utime)
                        + seconds(children.ru_stime);
    timing.events = events;
    timing.peakMemoryBytes =
        static_cast<std::uint64_t>(std::max(own.ru_maxrss, children.ru_maxrss)) * 1024;
    timing.jobs = jobs;
    timing.machine = fmt::format("x86_64, {} cores", std::thread::hardware_concurrency());
    timing.version = SHAKEDOWN_VERSION;
    return timing;
}

bool writeFile(fs::path const& path, std::string const& content) {
    std::ofstream out(path, std::ios::binary);
    out << content;
    out.flush();
    if (out)
        return true;
    std::cerr << "shakedown: cannot write " << path.string() << "\n";
    return false;
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

Exit runOne(std::string const& file, RunOptions const& options, Limits const& limits,
            std::vector<std::uint64_t> const& seeds, Common const& common, bool several) {
    reading::ReadOptions read;
    for (auto const& assignment : options.set) {
        auto const equals = assignment.find('=');
        if (equals == std::string::npos) {
            std::cerr << "shakedown: --set takes path=value, not '" << assignment << "'\n";
            return Exit::Usage;
        }
        read.assignments.emplace_back(assignment.substr(0, equals), assignment.substr(equals + 1));
    }
    read.extraFaults = options.faults;
    read.extraExpectations = options.expect;
    auto const loaded = loadScenario(file, read);
    bool const tellsHints = common.verbose || !loaded.scenario;
    Diagnostics shown;
    for (auto const& f : loaded.findings)
        if (tellsHints || f.severity == Severity::Error)
            shown.push_back(f);
    std::cerr << showFindings(shown, colours(common, STDERR_FILENO));
    if (!loaded.scenario)
        return Exit::InvalidScenario;
    model::Scenario const& scenario = *loaded.scenario;
    auto const compiledResult = run::compileScenario(scenario);
    run::Compiled const& compiled = compiledResult.value();

    auto const jobs = jobsOf(options, scenario, seeds);
    fs::path const folder =
        options.out.empty()
            ? fs::path("runs") / fmt::format("{}-{}", fileNameOf(scenario.name), jobs.front().seed)
        : several ? fs::path(options.out) / fileNameOf(fs::path(file).stem().string())
                  : fs::path(options.out);
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed) {
        std::cerr << "shakedown: cannot make folder " << folder.string() << ": " << failed.message()
                  << "\n";
        return Exit::Usage;
    }

    int const descriptor =
        open((folder / "record.ndjson").c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    std::ofstream seriesFile(folder / "series.csv", std::ios::binary);
    if (descriptor < 0 || !seriesFile) {
        std::cerr << "shakedown: cannot write into " << folder.string() << "\n";
        return Exit::Usage;
    }
    auto const begun = Clock::now();
    ProgressLine progress(!common.quiet && !common.json, scenario.name,
                          static_cast<int>(jobs.size()));
    run::Settings settings;
    settings.level = options.record == "full"      ? record::Level::Full
                     : options.record == "summary" ? record::Level::Summary
                                                   : record::Level::Sampled;
    settings.until = limits.until;
    settings.wallLimit = limits.wall;
    settings.eventLimit = options.eventLimit;
    settings.stop = &stopRequested();
    settings.wallSeconds = [&] { return secondsSince(begun); };
    settings.onProgress = [&](run::Progress const& p) { progress.show(p, secondsSince(begun)); };
    settings.version = SHAKEDOWN_VERSION;
    int const processes = options.jobs > 0
                              ? options.jobs
                              : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));

    std::optional<Result<std::vector<verdict::Evidence>>> evidence;
    {
        record::RecordWriter recordWriter(descriptor, limits.record);
        render::SeriesWriter seriesWriter(seriesFile);
        Both both(recordWriter, seriesWriter);
        settings.sink = &both;
        evidence = run::replicate(scenario, compiled, settings, jobs, processes);
        recordWriter.flush();
        if (recordWriter.failure())
            std::cerr << "shakedown: record.ndjson: " << recordWriter.failure()->message << "\n";
    }
    close(descriptor);
    seriesFile.flush();
    progress.done();
    if (!evidence->ok()) {
        std::cerr << showFindings(evidence->errors(), false);
        return Exit::Internal;
    }
    auto const summary = summary::summarise(scenario, compiled.plan.names, compiled.demand,
                                            evidence->value(), "ideal");
    for (auto const& contradiction : summary.contradictions)
        std::cerr << "shakedown: the books do not balance: " << contradiction << "\n";
    double const wall = secondsSince(begun);
    std::string const json = render::summaryJson(summary);
    bool const written = writeFile(folder / "summary.json", json)
                         && writeFile(folder / "timing.json",
                                      render::timingJson(timingOf(wall, summary.events, processes)))
                         && writeFile(folder / "junit.xml", render::junit({summary}));
    if (!written)
        return Exit::Usage;

    Exit const verdict = verdictOf(summary);
    if (common.json) {
        std::cout << json;
    } else if (!common.quiet || verdict != Exit::Ok) {
        render::Closing closing;
        for (auto const* name : {"summary.json", "junit.xml", "record.ndjson", "series.csv"})
            closing.files.push_back((folder / name).string());
        closing.next = seeds.empty() ? fmt::format("shakedown run {} --seeds 1..10", file)
                                     : fmt::format("shakedown check {}", file);
        std::cout << render::text(summary, closing,
                                  colours(common, STDOUT_FILENO) ? render::Colour::Always
                                                                 : render::Colour::Never);
    }
    return verdict;
}

} // namespace

void addRun(CLI::App& app, Common& common, Exit& exit) {
    auto* command = app.add_subcommand("run", "simulate scenario files and judge the outcome");
    auto options = std::make_shared<RunOptions>();
    command->add_option("FILE", options->files, "scenario files")->required();
    command->add_option("--seed", options->seed, "instead of the scenario's seed");
    command->add_option("--seeds", options->seeds, "one run a seed, merged: 1..30 or 1,5,9");
    command->add_option("--jobs", options->jobs, "processes; default one a core")
        ->check(CLI::Range(1, 1024));
    command->add_option("--until", options->until, "end the run at this simulated time (90s)");
    command->add_option("--set", options->set, "path=value, such as services.site.workers=80")
        ->allow_extra_args(false);
    command->add_option("--fault", options->faults, "one more fault, in YAML")
        ->allow_extra_args(false);
    command->add_option("--expect", options->expect, "one more expectation")
        ->allow_extra_args(false);
    command->add_option("--record", options->record, "summary, sampled (default) or full")
        ->check(CLI::IsMember({"summary", "sampled", "full"}));
    command->add_option("--record-limit", options->recordLimit, "of record.ndjson (default 1GiB)");
    command->add_option("--time-limit", options->wallLimit, "of wall time, then exit code 8");
    command->add_option("--event-limit", options->eventLimit, "of events, then exit code 8");
    command->add_option("-o,--output", options->out, "folder (default runs/NAME-SEED)");
    command->callback([&common, &exit, options] {
        std::vector<std::uint64_t> seeds;
        if (!options->seeds.empty()) {
            auto const parsed = parseSeeds(options->seeds);
            if (!parsed) {
                std::cerr << "shakedown: --seeds takes 1..30 or 1,5,9, not '" << options->seeds
                          << "'\n";
                exit = Exit::Usage;
                return;
            }
            seeds = *parsed;
        }
        auto const limits = limitsOf(*options);
        if (!limits) {
            exit = Exit::Usage;
            return;
        }
        watchSignals();
        for (auto const& file : options->files) {
            exit = worse(exit,
                         runOne(file, *options, *limits, seeds, common, options->files.size() > 1));
            if (stopRequested().load())
                break;
        }
    });
}

} // namespace shakedown::cli
