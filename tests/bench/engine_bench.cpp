// The engine beside a bare hand-written loop of the same models, in one run on one machine.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

#include "tests/bench/bare_models.hpp"
#include "tests/bench/workloads.hpp"

using namespace shakedown;
using namespace shakedown::bench;

namespace {

constexpr int rounds = 9; // of which the cheapest counts

struct Workload {
    std::string name;
    std::function<Done()> bare;
    Ready ready;
    Ready twiceAsLong;
    std::size_t pending; // events, about, for the hold
};

// Interleaved, and the cheapest of some counts: a busy machine only ever adds.
void compare(Workload const& workload) {
    auto const hold = [&] { return holdOfPriorityQueue(workload.pending, 4e6); };
    Cost bare = measured(workload.bare);
    Cost full = measured([&] { return simulated(workload.ready); });
    Cost held = measured(hold);
    for (int i = 1; i < rounds; ++i) {
        bare = cheaper(bare, measured(workload.bare));
        full = cheaper(full, measured([&] { return simulated(workload.ready); }));
        held = cheaper(held, measured(hold));
    }
    Cost const longer = measured([&] { return simulated(workload.twiceAsLong); });

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

// What a record of a few thousand requests costs beside one of totals alone.
void compareLevels(std::string const& name, Ready const& ready) {
    double summary = 1e9;
    double sampled = 1e9;
    for (int i = 0; i < rounds; ++i) {
        summary = std::min(summary, measured([&] { return simulated(ready); }).cpuSeconds);
        sampled = std::min(
            sampled, measured([&] { return simulated(ready, record::Level::Sampled); }).cpuSeconds);
    }
    report((name + "/sampled-of-summary").c_str(), sampled / summary, "x");
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
        compareLevels("chain3-timeouts", made(chainWithTimeouts(chainSeconds)));
        compare({"fan100", [] { return bareFan(fanSeconds); }, made(fan(fanSeconds)),
                 made(fan(2 * fanSeconds)), 400});
        return 0;
    } catch (std::exception const& e) {
        std::fprintf(stderr, "bench: %s\n", e.what());
        return 1;
    }
}
