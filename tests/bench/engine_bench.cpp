// The engine beside a bare hand-written loop of the same models, in one run on one machine.
#include <cmath>
#include <cstdio>
#include <functional>
#include <stdexcept>
#include <string>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "reports/record/record_writer.hpp"
#include "reports/summary/summary.hpp"
#include "scenarios/reading/reader.hpp"
#include "sim/run/simulate.hpp"
#include "tests/bench/bare_models.hpp"
#include "tests/bench/measured.hpp"

using namespace shakedown;
using namespace shakedown::bench;

namespace {

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

struct Ready {
    model::Scenario scenario;
    run::Compiled compiled;
};

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

// Metrics on, record at summary level, as `shakedown run --record summary` does.
Done engine(Ready const& ready) {
    int const nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    record::RecordWriter writer(nowhere, record::defaultRecordLimit);
    run::Settings settings;
    settings.level = record::Level::Summary;
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

struct Workload {
    std::string name;
    std::function<Done()> bare;
    Ready ready;
    Ready twiceAsLong;
    std::size_t pending; // events, about, for the hold
};

// Interleaved, and the cheapest of some counts: a busy machine only ever adds.
void compare(Workload const& workload) {
    constexpr int rounds = 3;
    auto const hold = [&] { return holdOfPriorityQueue(workload.pending, 4e6); };
    Cost bare = measured(workload.bare);
    Cost full = measured([&] { return engine(workload.ready); });
    Cost held = measured(hold);
    for (int i = 1; i < rounds; ++i) {
        bare = cheaper(bare, measured(workload.bare));
        full = cheaper(full, measured([&] { return engine(workload.ready); }));
        held = cheaper(held, measured(hold));
    }
    Cost const longer = measured([&] { return engine(workload.twiceAsLong); });

    if (std::fabs(full.done.meanMilliseconds / bare.done.meanMilliseconds - 1) > 0.02) {
        throw std::runtime_error(
            fmt::format("{}: the bare loop's mean latency is {} ms, the engine's {} ms",
                        workload.name, bare.done.meanMilliseconds, full.done.meanMilliseconds));
    }
    auto const say = [&](char const* what, double value, char const* unit) {
        report((workload.name + "/" + what).c_str(), value, unit);
    };
    say("hold", held.nanosecondsAnEvent(), "ns/event");
    say("bare", bare.nanosecondsAnEvent(), "ns/event");
    say("bare-of-hold", bare.nanosecondsAnEvent() / held.nanosecondsAnEvent(), "x");
    say("bare-request", bare.microsecondsARequest(), "us/request");
    say("engine-request", full.microsecondsARequest(), "us/request");
    say("engine-of-bare", full.microsecondsARequest() / bare.microsecondsARequest(), "x");
    say("engine-events", static_cast<double>(full.done.events) / full.cpuSeconds, "events/s");
    say("engine-memory", full.peakMebibytes, "MiB");
    say("engine-memory-for-twice-as-long", longer.peakMebibytes, "MiB");
    say("mean", full.done.meanMilliseconds, "ms");
    say("p99", full.done.p99Milliseconds, "ms");
}

} // namespace

int main() {
    try {
        constexpr double chainSeconds = 1250; // a million requests
        constexpr double fanSeconds = 10;
        compare({"chain3", [] { return bareChain(chainSeconds); }, made(chain(chainSeconds)),
                 made(chain(2 * chainSeconds)), 100});
        compare({"chain3-timeouts", [] { return bareChainWithTimeouts(chainSeconds); },
                 made(chainWithTimeouts(chainSeconds)), made(chainWithTimeouts(2 * chainSeconds)),
                 100});
        compare({"fan100", [] { return bareFan(fanSeconds); }, made(fan(fanSeconds)),
                 made(fan(2 * fanSeconds)), 400});
        return 0;
    } catch (std::exception const& e) {
        std::fprintf(stderr, "bench: %s\n", e.what());
        return 1;
    }
}
