#include "tests/bench/workloads.hpp"

#include <stdexcept>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "reports/record/record_writer.hpp"
#include "reports/summary/summary.hpp"
#include "scenarios/reading/reader.hpp"

namespace shakedown::bench {

std::string chain(double seconds) {
    return fmt::format(
        "shakedown: 1\nrun: {{ for: {}s, seed: 1 }}\n"
        "services:\n"
        "  gateway: {{ workers: 16, endpoints: {{ g: [ work: exponential(1ms), call: a ] }} }}\n"
        "  a: {{ workers: 8, endpoints: {{ a: [ work: exponential(2ms), call: b ] }} }}\n"
        "  b: {{ workers: 8, endpoints: {{ b: [ work: exponential(5ms) ] }} }}\n"
        "load: {{ users: {{ to: gateway, rate: 800/s }} }}\n",
        seconds);
}

std::string chainWithTimeouts(double seconds) {
    return chain(seconds)
           + "calls:\n"
             "  gateway -> a: { timeout: 80ms, retry: { attempts: 3 } }\n"
             "  a -> b: { timeout: 80ms, retry: { attempts: 3 } }\n";
}

std::string fan(double seconds) {
    std::string leaves;
    std::string calls;
    for (int i = 1; i <= 100; ++i) {
        leaves +=
            fmt::format("  leaf{}: {{ workers: 100, endpoints: {{ ask: [ work: \"lognormal(1ms, "
                        "sigma 1)\" ] }} }}\n",
                        i);
        calls += fmt::format("          - call: leaf{}\n", i);
    }
    return fmt::format(
        "shakedown: 1\nrun: {{ for: {}s, seed: 1 }}\nservices:\n{}"
        "  root:\n    workers: 100000\n    endpoints:\n      ask:\n        - parallel:\n{}"
        "load: {{ users: {{ to: root, rate: 2000/s }} }}\n",
        seconds, leaves, calls);
}

std::string line(int requests) {
    return fmt::format("shakedown: 1\nrun: {{ for: 1s, seed: 1 }}\n"
                       "services: {{ s: {{ workers: 1, endpoints: {{ e: [ work: 1h ] }} }} }}\n"
                       "load: {{ users: {{ to: s, rate: {}/s }} }}\n",
                       requests);
}

Ready made(std::string const& text) {
    auto read = reading::readText(text, "bench.yaml");
    for (auto const& finding : read.findings) {
        if (finding.severity == Severity::Error) {
            throw std::runtime_error(finding.message);
        }
    }
    auto compiled = run::compileScenario(*read.scenario);
    if (!compiled) {
        throw std::runtime_error(compiled.errors().front().message);
    }
    return {std::move(*read.scenario), std::move(compiled).value()};
}

// As `shakedown run --record LEVEL` does.
Done simulated(Ready const& ready, record::Level level) {
    int const nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    record::RecordWriter writer(nowhere, record::defaultRecordLimit);
    run::Settings settings;
    settings.level = level;
    settings.sink = &writer;
    auto const evidence = run::simulate(ready.scenario, ready.compiled, settings);
    writer.flush();
    close(nowhere);
    auto const summary = summary::summarise(ready.scenario, ready.compiled.plan.names,
                                            ready.compiled.demand, {evidence}, "ideal");
    auto const& load = summary.loads.front();
    return {load.offered, summary.events, load.latency.mean.inMilliseconds(),
            load.latency.p99.inMilliseconds()};
}

} // namespace shakedown::bench
