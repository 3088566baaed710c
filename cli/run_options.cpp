#include "cli/run_options.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <thread>

#include "cli/format_names.hpp"
#include "cli/past_run.hpp"
#include "cli/shell_word.hpp"
#include "scenarios/reading/quantity_grammar.hpp"

namespace shakedown::cli {

namespace {

constexpr auto usageCode = "U001"; // usage is said without a code

Diagnostic usage(std::string message) {
    return {Severity::Error, usageCode, std::move(message), "", {}};
}

std::optional<std::uint64_t> number(std::string const& text) {
    std::uint64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || text.empty())
        return std::nullopt;
    return value;
}

// Gathers what is wrong, so that all of it is said at once.
class Interpreter {
public:
    explicit Interpreter(RunOptions const& options) : options_(options) {}

    Result<RunOrders> orders() {
        orders_.files = options_.files;
        orders_.out = options_.out;
        orders_.eventLimit = options_.eventLimit;
        orders_.processes =
            options_.jobs > 0 ? options_.jobs
                              : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
        seeds();
        changes();
        limits();
        record();
        baseline();
        also();
        repeat();
        if (!wrong_.empty())
            return wrong_;
        return std::move(orders_);
    }

private:
    void refuse(std::string message) { wrong_.push_back(usage(std::move(message))); }

    void seeds() {
        if (!options_.seeds.empty()) {
            auto const parsed = parseSeeds(options_.seeds);
            if (!parsed)
                return refuse("--seeds takes 1..30 or 1,5,9, not '" + options_.seeds + "'");
            orders_.seeds = *parsed;
            // A seed from the environment gives way.
            if (!options_.seed.empty() && std::getenv("SHAKEDOWN_SEED") == nullptr)
                refuse("--seed and --seeds exclude each other");
            return;
        }
        if (options_.seed.empty())
            return;
        orders_.seed = number(options_.seed);
        if (!orders_.seed)
            refuse("--seed takes a whole number from 0, not '" + options_.seed + "'");
    }

    void changes() {
        for (auto const& assignment : options_.set) {
            auto const equals = assignment.find('=');
            if (equals == std::string::npos || equals == 0)
                refuse("--set takes path=value, such as services.site.workers=80, not '"
                       + assignment + "'");
            else
                orders_.read.assignments.emplace_back(assignment.substr(0, equals),
                                                      assignment.substr(equals + 1));
        }
        orders_.read.extraFaults = options_.faults;
        orders_.read.extraExpectations = options_.expect;
    }

    Duration duration(std::string const& text, std::string const& flag) {
        if (text.empty())
            return Duration::none();
        auto const parsed = reading::parseDuration(text);
        if (!parsed) {
            refuse(flag + ": " + parsed.errors().front().message + "; write 90s or 5m");
            return Duration::none();
        }
        if (parsed.value() <= Duration())
            refuse(flag + " takes a duration longer than 0s, not '" + text + "'");
        return parsed.value();
    }

    void limits() {
        orders_.until = duration(options_.until, "--until");
        orders_.wallLimit = duration(options_.wallLimit, "--time-limit");
        if (options_.recordLimit.empty())
            return;
        auto const bytes = reading::parseBytes(options_.recordLimit);
        if (!bytes)
            return refuse("--record-limit: " + bytes.errors().front().message
                          + "; write 200MiB or 1GiB");
        orders_.recordLimit = bytes.value();
    }

    void record() {
        if (options_.record == "summary")
            orders_.level = record::Level::Summary;
        else if (options_.record == "intervals")
            orders_.level = record::Level::Intervals;
        else if (options_.record == "full")
            orders_.level = record::Level::Full;
        else if (options_.record != "sampled")
            refuse("--record takes summary, intervals, sampled or full, not '" + options_.record
                   + "'");
    }

    void baseline() {
        if (options_.baseline.empty())
            return;
        auto run = summaryOfRun(options_.baseline);
        if (!run)
            return refuse("--baseline: " + run.errors().front().message);
        orders_.baselineName = options_.baseline;
        orders_.baseline = summary::asPastRun(run.value());
    }

    void also() {
        auto formats = formatsNamed(options_.also);
        if (!formats)
            return refuse("--also: " + formats.errors().front().message);
        orders_.also = std::move(formats).value();
    }

    // What changes neither digest nor report (folders, jobs, limits that were not met) stays out.
    void repeat() {
        auto const add = [&](std::string const& flag, std::string const& value) {
            orders_.repeat += " " + flag + " " + shellWord(value);
        };
        orders_.seedsAsWritten = options_.seeds;
        if (!options_.until.empty())
            add("--until", options_.until);
        for (auto const& assignment : options_.set)
            add("--set", assignment);
        for (auto const& fault : options_.faults)
            add("--fault", fault);
        for (auto const& expectation : options_.expect)
            add("--expect", expectation);
        if (options_.eventLimit != RunOptions().eventLimit)
            add("--event-limit", std::to_string(options_.eventLimit));
        if (!options_.baseline.empty())
            add("--baseline", options_.baseline);
        if (options_.record != RunOptions().record)
            add("--record", options_.record);
    }

    RunOptions const& options_;
    RunOrders orders_;
    Diagnostics wrong_;
};

} // namespace

void addRunOptions(CLI::App& command, RunOptions& options) {
    // Of a flag that stands twice the last counts; those of lists add up.
    auto const one = [&](std::string const& name, auto& value, std::string const& sentence) {
        return command.add_option(name, value, sentence)->take_last();
    };
    auto const many = [&](std::string const& name, auto& value, std::string const& sentence) {
        return command.add_option(name, value, sentence)->allow_extra_args(false);
    };
    command.add_option("FILE", options.files, "scenario files")->required();
    one("--seed", options.seed, "instead of the scenario's seed")->envname("SHAKEDOWN_SEED");
    one("--seeds", options.seeds, "one run a seed, merged: 1..30 or 1,5,9");
    one("--jobs", options.jobs, "processes; default one a core")
        ->check(CLI::Range(1, 1024))
        ->envname("SHAKEDOWN_JOBS");
    one("--until", options.until, "end the run at this simulated time (90s)");
    many("--set", options.set, "path=value, such as services.site.workers=80");
    many("--fault", options.faults, "one more fault, in YAML");
    many("--expect", options.expect, "one more expectation");
    one("--baseline", options.baseline,
        "an earlier run (its folder or summary.json) to compare with");
    one("--record", options.record, "summary, intervals, sampled (default) or full")
        ->envname("SHAKEDOWN_RECORD");
    one("--record-limit", options.recordLimit, "of record.ndjson (default 1GiB)");
    one("--time-limit", options.wallLimit, "of wall time, then exit code 8");
    one("--event-limit", options.eventLimit, "of events, then exit code 8");
    many("--also", options.also, "more files, for other tools: " + formatWords());
    one("-o,--output", options.out, "folder (default runs/NAME-SEED)");
}

Result<RunOrders> ordersOf(RunOptions const& options) {
    return Interpreter(options).orders();
}

std::optional<std::vector<std::uint64_t>> parseSeeds(std::string const& text) {
    constexpr std::size_t most = 100'000;
    std::vector<std::uint64_t> seeds;
    if (auto const dots = text.find(".."); dots != std::string::npos) {
        auto const from = number(text.substr(0, dots));
        auto const to = number(text.substr(dots + 2));
        if (!from || !to || *to < *from || *to - *from >= most)
            return std::nullopt;
        for (std::uint64_t i = 0; i <= *to - *from; ++i)
            seeds.push_back(*from + i);
        return seeds;
    }
    for (std::size_t begin = 0; begin <= text.size();) {
        std::size_t const comma = std::min(text.find(',', begin), text.size());
        auto const seed = number(text.substr(begin, comma - begin));
        if (!seed || seeds.size() >= most)
            return std::nullopt;
        seeds.push_back(*seed);
        begin = comma + 1;
    }
    return seeds;
}

std::vector<run::Job> jobsOf(RunOrders const& orders, model::RunRules const& rules) {
    std::vector<run::Job> jobs;
    for (auto const seed : orders.seeds)
        jobs.push_back({seed, 0});
    if (!jobs.empty())
        return jobs;
    std::uint64_t const seed = orders.seed.value_or(rules.seed);
    for (int r = 0; r < std::max(1, rules.replications); ++r)
        jobs.push_back({seed, static_cast<std::uint32_t>(r)});
    return jobs;
}

} // namespace shakedown::cli
