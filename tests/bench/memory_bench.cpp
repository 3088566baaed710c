// What requests and services cost in memory: peaks of processes that do nothing else.
#include <cstdio>
#include <exception>
#include <string>

#include <fmt/format.h>

#include "tests/bench/graphs.hpp"
#include "tests/bench/workloads.hpp"

using namespace shakedown::bench;

namespace {

// Reading and compiling included, as a user's process would.
Cost wholeRun(std::string const& text) {
    return measured([&] { return simulated(made(text)); });
}

void reportChains() {
    Cost const million = wholeRun(chain(1250));
    Cost const tenMillion = wholeRun(chain(12500));
    report("chain3/peak-1M-requests", million.peakMebibytes, "MiB");
    report("chain3/peak-10M-requests", tenMillion.peakMebibytes, "MiB");
    report("chain3/10M-of-1M", tenMillion.peakMebibytes / million.peakMebibytes, "x");
}

void reportWaiting() {
    constexpr int few = 100'000;
    constexpr int many = 1'000'000;
    double const less = wholeRun(line(few)).peakMebibytes;
    double const more = wholeRun(line(many)).peakMebibytes;
    report("waiting-request", (more - less) * 1024 * 1024 / (many - few), "B");
}

void reportGraph(char const* name, GraphShape const& shape) {
    Cost const cost = wholeRun(graphScenario(shape));
    report(fmt::format("{}/peak", name).c_str(), cost.peakMebibytes, "MiB");
    report(fmt::format("{}/read-and-run", name).c_str(), cost.cpuSeconds, "s");
}

} // namespace

int main() {
    try {
        reportChains();
        reportWaiting();
        reportGraph("city", cityShape());
        reportGraph("country", countryShape());
        return 0;
    } catch (std::exception const& e) {
        std::fprintf(stderr, "bench: %s\n", e.what());
        return 1;
    }
}
