#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "chaos-agent/conduct/conductor.hpp"
#include "cli/agent_client.hpp"
#include "scenarios/reading/reader.hpp"

namespace shakedown::cli {

/// What stands on the command line of `inject`, as written there.
struct InjectOptions {
    std::string file;
    std::string seed;
    std::string until;
    std::string lease;
    std::vector<std::string> set;
    std::vector<std::string> expect;
    std::vector<std::string> skip;
    std::string record = "sampled";
    std::string out;
    bool dryRun = false;
    bool failFast = false;
    AgentPlace place; // without its address: the scenario has those
};
void addInjectOptions(CLI::App& command, InjectOptions& options);

/// What they mean.
struct InjectOrders {
    reading::ReadOptions read;
    std::optional<std::uint64_t> seed;
    Duration until = Duration::none();
    Duration lease = protocol::leaseUnlessTold;
    record::Level level = record::Level::Sampled;
    std::string repeat; // the flags that do the same again
};
/// Every option that makes no sense is an error that says which and what it takes.
Result<InjectOrders> ordersOf(InjectOptions const& options);

} // namespace shakedown::cli
