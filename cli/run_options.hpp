#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "reports/formats/format.hpp"
#include "reports/record/record_writer.hpp"
#include "reports/summary/past_run.hpp"
#include "scenarios/reading/reader.hpp"
#include "sim/run/replicate.hpp"

namespace shakedown::cli {

/// What stands on the command line of `run`, as written there.
struct RunOptions {
    std::vector<std::string> files;
    std::string seed;
    std::string seeds; // "1..30" or "1,5,9"
    int jobs = 0;      // 0: one a core
    std::string until;
    std::vector<std::string> set;
    std::vector<std::string> faults;
    std::vector<std::string> expect;
    std::string baseline;
    std::string record = "sampled";
    std::string recordLimit;
    std::string wallLimit;
    std::uint64_t eventLimit = 20'000'000'000;
    std::string out;
    std::vector<std::string> also; // "otlp,dot"
};

void addRunOptions(CLI::App& command, RunOptions& options);

/// What they mean.
struct RunOrders {
    std::vector<std::string> files;
    std::vector<std::uint64_t> seeds; // empty: the seed and the replications of the scenario
    std::optional<std::uint64_t> seed;
    int processes = 1;
    reading::ReadOptions read;
    record::Level level = record::Level::Sampled;
    Duration until = Duration::none();
    Duration wallLimit = Duration::none();
    std::uint64_t eventLimit = 0;
    Bytes recordLimit = record::defaultRecordLimit;
    std::string out;
    std::vector<formats::Format> also; // in the order of their rows, each once
    std::string repeat;                // the flags that give the same run again, but for the seed
    std::string seedsAsWritten;
    std::string baselineName;
    std::optional<summary::PastRun> baseline;
};

/// Every option that makes no sense is an error that says which and what it takes.
Result<RunOrders> ordersOf(RunOptions const& options);

/// "1..30", "1,5,9" or "7"; empty if it is none of these, or more than 100,000 seeds.
std::optional<std::vector<std::uint64_t>> parseSeeds(std::string const& text);

/// The replications that the orders and the scenario ask for; at least one.
std::vector<run::Job> jobsOf(RunOrders const& orders, model::RunRules const& rules);

} // namespace shakedown::cli
