#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "reports/summary/difference.hpp"
#include "scenarios/reading/reader.hpp"

namespace shakedown::cli {

/// What stands on the command line of `compare`, as written there.
struct CompareOptions {
    std::string a;
    std::string b;
    std::string seeds;
    std::string seedsA;
    std::string seedsB;
    std::vector<std::string> setA;
    std::vector<std::string> setB;
    int jobs = 0; // 0: one a core
    std::string noticeable = "1%";
    std::string noticeableShare = "0.1%";
    bool failIfWorse = false;
};

void addCompareOptions(CLI::App& command, CompareOptions& options);

/// One side: a scenario file that is to be simulated, or a run that is there.
struct SideOrders {
    std::string name;                 // as given
    bool isScenario = false;          // a file that ends with .yaml or .yml
    std::vector<std::uint64_t> seeds; // of a scenario; empty: those of the other run, or 1..10
    reading::ReadOptions read;        // of a scenario
    std::string flags;                // that change the scenario, to be written again
    std::string runFlags;             // the same as `run` has them
};

struct CompareOrders {
    SideOrders a;
    SideOrders b;
    int processes = 1;
    summary::Noticeable noticeable;
    bool failsIfWorse = false;
    std::string seedFlags; // as written, to be written again
    std::string otherFlags;
};

/// Every option that makes no sense is an error that says which and what it takes.
Result<CompareOrders> ordersOf(CompareOptions const& options);

} // namespace shakedown::cli
