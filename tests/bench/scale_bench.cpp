// Large systems on one core, and many runs on all of them.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>

#include <fmt/format.h>

#include "sim/run/replicate.hpp"
#include "tests/bench/graphs.hpp"
#include "tests/bench/workloads.hpp"
#include "tests/environment.hpp"

using namespace shakedown;
using namespace shakedown::bench;

namespace {

std::string boutique() {
    auto const path = tests::sourceDir() / "scenarios/library/online-boutique.yaml";
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    std::string const slow = "rate: 100/s";
    std::string scenario = text.str();
    auto const place = scenario.find(slow);
    if (place == std::string::npos)
        throw std::runtime_error(path.string() + " has no " + slow);
    return scenario.replace(place, slow.size(), "rate: 1000/s");
}

void reportRun(char const* name, std::string const& text) {
    Ready const ready = made(text);
    Cost const cost = measured([&] { return simulated(ready); });
    report(fmt::format("{}/run", name).c_str(), cost.cpuSeconds, "s");
    report(fmt::format("{}/events", name).c_str(),
           static_cast<double>(cost.done.events) / cost.cpuSeconds, "events/s");
}

double wallSeconds(Ready const& ready, int processes) {
    std::vector<run::Job> jobs;
    for (std::uint64_t seed = 1; seed <= 8; ++seed)
        jobs.push_back({seed, 0});
    run::Settings settings;
    settings.level = record::Level::Summary;
    auto const start = std::chrono::steady_clock::now();
    auto const done = run::replicate(ready.scenario, ready.compiled, settings, jobs, processes);
    if (!done)
        throw std::runtime_error(done.errors().front().message);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// On an idle machine; whatever else runs there takes from two jobs first.
void reportJobs() {
    Ready const ready = made(chainWithTimeouts(300));
    double one = 1e9;
    double two = 1e9;
    for (int round = 0; round < 3; ++round) {
        one = std::min(one, wallSeconds(ready, 1));
        two = std::min(two, wallSeconds(ready, 2));
    }
    report("processors", std::thread::hardware_concurrency(), "cores");
    report("two-jobs", one / two, "x");
}

} // namespace

int main() {
    try {
        reportRun("boutique", boutique());
        reportRun("city", graphScenario(cityShape()));
        reportJobs();
        return 0;
    } catch (std::exception const& e) {
        std::fprintf(stderr, "bench: %s\n", e.what());
        return 1;
    }
}
