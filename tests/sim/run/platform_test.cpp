#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

#include "reports/verdict/story.hpp"
#include "tests/sim/run/simulation.hpp"

using namespace shakedown;
using namespace shakedown::literals;
using tests::simulate;
using tests::Simulated;

namespace {

std::string const oneHost = "platform: { hosts: { h: { cores: 1000 } } }\n";

std::string shop(std::string const& rest) {
    return "shakedown: 1\nrun: { for: 30s, seed: 3 }\n"
           "services:\n"
           "  site: { workers: 50, endpoints: { page: [ work: exponential(4ms), call: shop ] } }\n"
           "  shop: { replicas: 3, workers: 8, queue: { capacity: 40 }, endpoints: { buy: [ work: "
           "\"lognormal(median 8ms, p99 60ms)\" ] } }\n"
           "calls: { site -> shop: { timeout: 100ms, retry: { attempts: 3 } } }\n"
           "load: { users: { to: site, rate: 200/s } }\n"
           + rest;
}

double share(std::uint64_t part, std::uint64_t whole) {
    return static_cast<double>(part) / static_cast<double>(whole);
}

double meanOf(Simulated const& run) {
    return run.summary.loads.front().latency.mean.inMilliseconds();
}

} // namespace

TEST_CASE("where nothing is shared the platforms give the same record", "[platform][run]") {
    auto const ideal = simulate(shop(""));
    auto const simgrid = simulate(shop(oneHost));
    CHECK(ideal.evidence.events == simgrid.evidence.events);
    CHECK(ideal.evidence.digest == simgrid.evidence.digest);
    CHECK(ideal.evidence.events > 10'000);
}

TEST_CASE("a run on hosts is the same in any number of processes", "[platform][run]") {
    auto read = reading::readText(
        shop("platform: { hosts: { a: { zone: z, cores: 2 }, b: { zone: z } } }\n"), "test.yaml");
    auto const compiled = run::compileScenario(*read.scenario);
    REQUIRE(compiled);
    std::vector<run::Job> const jobs{{1, 0}, {2, 0}, {3, 0}, {1, 1}};
    std::vector<std::vector<std::uint64_t>> digests;
    for (int const processes : {1, 2, 4}) {
        auto const all = run::replicate(*read.scenario, compiled.value(), {}, jobs, processes);
        REQUIRE(all);
        auto& row = digests.emplace_back();
        for (auto const& evidence : all.value())
            row.push_back(evidence.digest);
    }
    CHECK(digests[0] == digests[1]);
    CHECK(digests[0] == digests[2]);
    CHECK(digests[0][0] != digests[0][1]);
    CHECK(digests[0][0] != digests[0][3]);
}

TEST_CASE("a run on hosts stops when it is told to", "[platform][run]") {
    auto read = reading::readText(shop("platform: { hosts: { a: {} } }\n"), "test.yaml");
    auto const compiled = run::compileScenario(*read.scenario);
    REQUIRE(compiled);
    std::atomic<bool> const stop{true};
    run::Settings settings;
    settings.stop = &stop;
    auto const all = run::replicate(*read.scenario, compiled.value(), settings, {{1, 0}}, 1);
    REQUIRE(all);
    CHECK(all.value().front().reason == record::EndReason::Interrupted);
}

TEST_CASE("services on one host share its cores, on two they do not", "[platform][run]") {
    auto const run = [](std::string const& places) {
        return simulate("shakedown: 1\nrun: { for: 20s }\n"
                        "services:\n"
                        "  a: { workers: 100, endpoints: { e: [ work: 50ms ] } }\n"
                        "  b: { workers: 100, endpoints: { e: [ work: 50ms ] } }\n"
                        "load: { la: { to: a, rate: 9/s }, lb: { to: b, rate: 9/s } }\n"
                        "platform: { hosts: { h: {}, i: {} }, explicitly: "
                        + places + " }\n");
    };
    auto const together = run("{ a: [h], b: [h] }");
    auto const apart = run("{ a: [h], b: [i] }");
    CHECK(meanOf(together) > 2 * meanOf(apart));
    auto const& h = together.summary.hosts.at(0);
    CHECK(h.name == "h");
    CHECK(h.utilisation == Approx(0.9).epsilon(0.1));
    REQUIRE(h.users.size() == 2);
    CHECK(h.users[0].share + h.users[1].share == Approx(h.utilisation));
    CHECK(together.summary.hosts.at(1).utilisation == 0);
}

TEST_CASE("a host half stolen takes twice as long, for all that stands there", "[platform][run]") {
    std::string const fault = GENERATE(
        as<std::string>{}, "cpu: { host: h, steal: 50% }", "cpu: { service: a, steal: 50% }",
        "brown_out: { host: h, speed: 50% }", "brown_out: { zone: z, speed: 50% }");
    auto const run = simulate("shakedown: 1\nrun: { for: 20s }\n"
                              "services:\n"
                              "  a: { workers: 100, endpoints: { e: [ work: 40ms ] } }\n"
                              "  b: { workers: 100, endpoints: { e: [ work: 40ms ] } }\n"
                              "load: { la: { to: a, rate: 5/s }, lb: { to: b, rate: 5/s } }\n"
                              "platform: { hosts: { h: { zone: z, cores: 100 } } }\n"
                              "faults: [ { at: 0s, name: f, "
                              + fault + " } ]\n");
    for (auto const& load : run.summary.loads)
        CHECK(load.latency.mean.inMilliseconds() == Approx(80).epsilon(1e-6));
}

TEST_CASE("a message takes latency and size over bandwidth of its way", "[platform][run]") {
    auto const run = simulate(
        "shakedown: 1\nrun: { for: 20s }\n"
        "services: { s: { workers: 100, endpoints: { e: [ work: 1ms ] } } }\n"
        "calls: { l -> s: { request_size: 1kB, response_size: 100kB } }\n"
        "load: { l: { to: s, rate: 1/s, arrivals: constant } }\n"
        "platform:\n"
        "  hosts: { a: { zone: x, cores: 9 }, b: { zone: y, cores: 9 }, c: { zone: core } }\n"
        "  links:\n"
        "    first: { between: [x, core], bandwidth: 80Mbps, latency: 3ms }\n"
        "    second: { between: [core, y], bandwidth: 8Mbps, latency: 4ms }\n"
        "  explicitly: { l: [a], s: [b] }\n");
    // There 7 ms and 1 ms, back 7 ms and 100 ms, and the work.
    CHECK(meanOf(run) == Approx(116).epsilon(1e-6));
    auto const& links = run.summary.links;
    CHECK(links.at(0).bytesPerSecond == Approx(101'000).epsilon(0.06));
    CHECK(links.at(1).utilisation == Approx(0.101).epsilon(0.06));
}

TEST_CASE("what is done to a link is done to the messages that cross it", "[platform][run]") {
    auto const with = [](std::string const& fault) {
        return simulate("shakedown: 1\nrun: { for: 10s }\n"
                        "services: { s: { workers: 100, endpoints: { e: [ work: 1ms ] } } }\n"
                        "calls: { l -> s: { timeout: 150ms, transport: datagram, response_size: "
                        "10kB } }\n"
                        "load: { l: { to: s, rate: 50/s } }\n"
                        "platform:\n"
                        "  hosts: { a: { cores: 9 }, b: { cores: 9 } }\n"
                        "  links: { line: { between: [a, b], bandwidth: 80Mbps, latency: 5ms } }\n"
                        "  explicitly: { l: [a], s: [b] }\n"
                        "faults: [ { at: 0s, name: f, "
                        + fault + " } ]\n");
    };
    CHECK(meanOf(with("latency: { link: line, add: 20ms }")) == Approx(32).epsilon(0.01));
    CHECK(meanOf(with("latency: { link: line, add: 20ms, direction: both }"))
          == Approx(52).epsilon(0.01));
    CHECK(meanOf(with("bandwidth: { link: line, limit: 8Mbps }")) > 21);
    CHECK(with("loss: { link: line, share: 20%, direction: requests }").summary.loads[0].errors
          == Approx(0.2).epsilon(0.3));
    CHECK(with("link_down: { link: line }").summary.loads[0].ok == 0);
    CHECK(with("black_hole: { link: line }").summary.loads[0].ok == 0);
}

TEST_CASE("a host that is down answers nothing, and is back with its replicas", "[platform][run]") {
    auto const run = simulate("shakedown: 1\nrun: { for: 30s }\n"
                              "services: { s: { replicas: 2, workers: 9, endpoints: { e: [ work: "
                              "5ms ] } } }\n"
                              "calls: { l -> s: { timeout: 100ms, transport: datagram } }\n"
                              "load: { l: { to: s, rate: 50/s } }\n"
                              "platform: { hosts: { a: { cores: 4 }, b: { cores: 4 } } }\n"
                              "faults: [ { at: 10s, for: 10s, name: down, host_down: { host: b } "
                              "} ]\n"
                              "expect:\n"
                              "  - errors(l) < 0.01% from 0s to 9s\n"
                              "  - errors(l) > 45% during down\n"
                              "  - errors(l) < 55% during down\n"
                              "  - errors(l) < 0.01% from 21s to 30s\n");
    for (auto const& expectation : run.summary.expectations) {
        CAPTURE(expectation.text);
        CHECK(expectation.held == verdict::Held::Yes);
    }
    auto const& call = run.call("l -> s");
    CHECK(call.errors == 0);
    CHECK(share(call.timeouts, call.attempts) == Approx(1.0 / 6).epsilon(0.2));
}

TEST_CASE("a host that is back does not mend what others did to a replica", "[platform][run]") {
    // Replica 3 comes to the host while it is down, and a black hole outlasts the outage.
    auto const run = simulate(R"(
shakedown: 1
run: { for: 30s }
services: { s: { replicas: 2, workers: 9, endpoints: { e: [ work: 5ms ] } } }
calls: { l -> s: { timeout: 100ms, transport: datagram } }
load: { l: { to: s, rate: 50/s } }
platform: { hosts: { a: { cores: 4 }, b: { cores: 4 } } }
operations: [ { at: 12s, set: { path: services.s.replicas, value: 4 } } ]
faults:
  - { at: 10s, for: 10s, name: down, host_down: { host: b } }
  - { at: 15s, for: 10s, name: hole, black_hole: { service: s } }
expect:
  - errors(l) > 99% from 21s to 24.5s
  - errors(l) < 0.01% from 25.5s to 30s
)");
    CHECK(run.summary.contradictions.empty());
    for (auto const& expectation : run.summary.expectations) {
        CAPTURE(expectation.text);
        CHECK(expectation.held == verdict::Held::Yes);
    }
}

TEST_CASE("a zone can be out and cut off without machines", "[zones][run]") {
    auto const errors = [](std::string const& fault) {
        return simulate("shakedown: 1\nrun: { for: 10s }\n"
                        "services:\n"
                        "  a: { replicas: 2, zones: [x, y], workers: 90, endpoints: { e: [ call: b "
                        "] } }\n"
                        "  b: { replicas: 2, zones: [x, y], workers: 90, endpoints: { e: [ work: "
                        "1ms ] } }\n"
                        "calls: { a -> b: { timeout: 50ms, transport: datagram }, l -> a: { "
                        "timeout: 100ms, transport: datagram } }\n"
                        "load: { l: { to: a, rate: 200/s } }\n"
                        "faults: [ { at: 0s, name: f, "
                        + fault + " } ]\n")
            .summary.loads.front()
            .errors;
    };
    // Half of the first calls, and of the others half of the second.
    CHECK(errors("zone_outage: { zone: y }") == Approx(0.75).epsilon(0.05));
    CHECK(errors("crash: { zone: y }") == Approx(0.75).epsilon(0.05));
    CHECK(errors("partition: { between: [x], and: [y] }") == Approx(0.5).epsilon(0.06));
    CHECK(errors("partition: { between: [l], and: [y] }") == Approx(0.5).epsilon(0.06));
}

TEST_CASE("a partition between zones that holds delivers at its end", "[zones][run]") {
    auto const run = simulate(
        "shakedown: 1\nrun: { for: 20s }\n"
        "services:\n"
        "  a: { zone: x, workers: 900, endpoints: { e: [ call: b ] } }\n"
        "  b: { zone: y, workers: 900, endpoints: { e: [ work: 1ms ] } }\n"
        "load: { l: { to: a, rate: 20/s, for: 15s } }\n"
        "faults: [ { at: 5s, for: 4s, partition: { between: x, and: y, hold: true } } ]\n");
    auto const& load = run.summary.loads.front();
    CHECK(load.ok == load.offered);
    CHECK(load.latency.max.inSeconds() == Approx(4).margin(0.2));
}

TEST_CASE("the bandwidth of a call paces its messages without machines", "[run]") {
    std::string const way = GENERATE(as<std::string>{}, "bandwidth: 8Mbps, ", "");
    std::string const fault =
        way.empty() ? "faults: [ { at: 0s, name: f, bandwidth: { call: l -> s, limit: 8Mbps } } ]\n"
                    : "";
    auto const run = simulate("shakedown: 1\nrun: { for: 10s }\n"
                              "services: { s: { workers: 90, endpoints: { e: [ work: 1ms ] } } }\n"
                              "calls: { l -> s: { "
                              + way
                              + "request_size: 2kB, response_size: 20kB } }\n"
                                "load: { l: { to: s, rate: 20/s } }\n"
                              + fault);
    CHECK(meanOf(run) == Approx(23).epsilon(1e-6));
}

TEST_CASE("energy is what idle and busy cores draw", "[platform][energy]") {
    auto const run =
        simulate("shakedown: 1\nrun: { for: 60s, warmup: 10s }\n"
                 "services: { s: { workers: 90, endpoints: { e: [ work: exponential(20ms) ] } } }\n"
                 "load: { l: { to: s, rate: 40/s } }\n"
                 "platform:\n"
                 "  hosts:\n"
                 "    h: { cores: 2, idle_watts: 90, busy_watts: 190 }\n"
                 "    idle: { cores: 2, idle_watts: 50, busy_watts: 60 }\n"
                 "  explicitly: { s: [h] }\n"
                 "  energy: true\n");
    auto const& hosts = run.summary.hosts;
    CHECK(hosts.at(0).joules == Approx(50 * (90 + 100 * hosts.at(0).utilisation)).epsilon(1e-6));
    CHECK(hosts.at(1).joules == Approx(50 * 50).epsilon(1e-6));
}

TEST_CASE("a profile of a host's speed and state is played", "[platform][profile]") {
    auto const folder = std::filesystem::temp_directory_path() / "shakedown-profile-test";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "speed.profile") << "5 0.5\n10 1\n";
    std::ofstream(folder / "state.profile") << "15 0\n18 1\n";
    std::ofstream(folder / "s.yaml")
        << "shakedown: 1\nrun: { for: 30s }\n"
           "services: { s: { workers: 90, endpoints: { e: [ work: 10ms ] } } }\n"
           "calls: { l -> s: { timeout: 200ms, transport: datagram } }\n"
           "load: { l: { to: s, rate: 50/s } }\n"
           "platform: { hosts: { h: { cores: 90, speed_profile: speed.profile, state_profile: "
           "state.profile } } }\n"
           "expect:\n"
           "  - mean(l) < 10.1ms from 0s to 5s\n"
           "  - mean(l) > 19.9ms from 5.1s to 10s\n"
           "  - mean(l) < 10.1ms from 10.1s to 14.9s\n"
           "  - errors(l) > 99% from 15s to 18s\n"
           "  - errors(l) < 1% from 18s to 30s\n";
    auto read = reading::readFile((folder / "s.yaml").string());
    REQUIRE(read.scenario);
    auto const run = simulate(std::move(*read.scenario));
    std::filesystem::remove_all(folder);
    for (auto const& expectation : run.summary.expectations) {
        CAPTURE(expectation.text);
        CHECK(expectation.held == verdict::Held::Yes);
    }
}

TEST_CASE("a cascade is traced to the neighbour on the host", "[platform][story]") {
    auto const run = simulate(
        "shakedown: 1\nrun: { for: 60s }\n"
        "services:\n"
        "  shop: { workers: 4, queue: { capacity: 20 }, endpoints: { e: [ work: 5ms ] } }\n"
        "  batch: { workers: 30, queue: { capacity: 50 }, endpoints: { e: [ work: 300ms ] "
        "} }\n"
        "load: { l: { to: shop, rate: 50/s }, night: { to: batch, rate: 0.5/s } }\n"
        "platform: { hosts: { h: { cores: 1 } } }\n"
        "faults: [ { at: 20s, for: 20s, name: month-end, surge: { load: night, factor: 20 "
        "} } ]\n");
    auto const& story = run.summary.cascade;
    auto const host = std::find_if(story.begin(), story.end(),
                                   [](auto const& item) { return item.subject == "host h"; });
    REQUIRE(host != story.end());
    CHECK(host->what == "crowded by batch");
    CHECK(host->because == "month-end");
    auto const shop = std::find_if(story.begin(), story.end(),
                                   [](auto const& item) { return item.subject == "shop"; });
    REQUIRE(shop != story.end());
    CHECK(shop->because == "waiting for host h");
    CHECK(verdict::topCause(story) == "month-end");
}

TEST_CASE("callers that cannot reach their callees are an error", "[platform][run]") {
    auto const read = reading::readText(
        shop("platform: { hosts: { a: {}, b: {} }, explicitly: { site: [a], shop: [b] } }\n"),
        "test.yaml");
    auto const compiled = run::compileScenario(*read.scenario);
    REQUIRE_FALSE(compiled);
    CHECK(compiled.errors().front().message
          == "no link leads from host 'a' to 'b', where a caller and its callee stand");
}
