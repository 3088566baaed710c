#include <map>

#include <catch2/catch.hpp>

#include "tests/sim/platform/simgrid/plain_simgrid.hpp"
#include "tests/sim/run/simulation.hpp"

using namespace shakedown;
using namespace shakedown::tests;

namespace {

class Requests final : public record::MomentSink {
public:
    void begin(record::Header const&) override {}
    void take(record::Moment const& moment) override {
        if (auto const* request = std::get_if<record::Request>(&moment.what))
            byNumber[request->number] = *request;
    }
    std::map<std::uint64_t, record::Request> byNumber;
};

std::map<std::uint64_t, record::Request> requestsOf(std::string const& scenario) {
    Requests sink;
    run::Settings settings;
    settings.level = record::Level::Full;
    settings.sink = &sink;
    simulate(scenario, settings);
    return sink.byNumber;
}

// Arrivals and, by a law without chance, the work of each; the plain program plays the same.
std::vector<plain::Request> inputOf(std::map<std::uint64_t, record::Request> const& requests,
                                    double work) {
    std::vector<plain::Request> input;
    for (auto const& [number, request] : requests)
        input.push_back({request.intended.inSeconds(), work});
    return input;
}

void checkSame(std::map<std::uint64_t, record::Request> const& ours,
               std::vector<double> const& theirs) {
    REQUIRE(ours.size() == theirs.size());
    std::size_t i = 0;
    int answered = 0;
    for (auto const& [number, request] : ours) {
        double const expected = theirs[i++];
        CAPTURE(number, expected);
        if (expected == plain::never) {
            CHECK(request.outcome != measure::Outcome::Ok);
            continue;
        }
        CHECK(request.outcome == measure::Outcome::Ok);
        CHECK(request.ended.inSeconds() == Approx(expected).epsilon(1e-6).margin(1e-9));
        ++answered;
    }
    CHECK(answered > 10);
}

} // namespace

TEST_CASE("work shares a host of several cores as in SimGrid itself", "[platform][simgrid]") {
    auto const [cores, speed] =
        GENERATE(table<int, double>({{1, 1.0}, {2, 1.0}, {4, 1.5}, {3, 0.7}}));
    auto const ours =
        requestsOf("shakedown: 1\nrun: { for: 20s }\n"
                   "services: { s: { workers: 1000, endpoints: { e: [ work: 400ms ] } } }\n"
                   "load: { l: { to: s, rate: 6/s, for: 8s } }\n"
                   "platform: { hosts: { h: { cores: "
                   + std::to_string(cores) + ", speed: " + std::to_string(speed) + " } } }\n");
    checkSame(ours, plain::sharedHost(cores, speed, inputOf(ours, 0.4)));
}

TEST_CASE("messages share a link as in SimGrid itself", "[platform][simgrid]") {
    std::string const limit = GENERATE(as<std::string>{}, "", "2Mbps", "20Mbps");
    std::string const fault = limit.empty() ? ""
                                            : "faults: [ { at: 3s, name: less, bandwidth: { link: "
                                              "line, limit: "
                                                  + limit + " } } ]\n";
    auto const ours = requestsOf(
        "shakedown: 1\nrun: { for: 60s }\n"
        "services: { s: { workers: 1000, endpoints: { e: [ work: 10ms ] } } }\n"
        "calls: { l -> s: { request_size: 100kB, response_size: 60kB } }\n"
        "load: { l: { to: s, rate: 8/s, for: 5s } }\n"
        "platform:\n"
        "  hosts: { client: { cores: 1000 }, server: { cores: 1000 } }\n"
        "  links: { line: { between: [client, server], bandwidth: 8Mbps, latency: 15ms } }\n"
        "  explicitly: { l: [client], s: [server] }\n"
        + fault);
    // A limit above what the link carries changes nothing.
    double const then = limit == "2Mbps" ? 250'000 : 1e6;
    checkSame(ours, plain::sharedLink({1e6, 0.015, 100'000, 60'000}, inputOf(ours, 0.01), 3, then));
}

TEST_CASE("a host that goes down loses what it holds as in SimGrid itself", "[platform][simgrid]") {
    auto const ours =
        requestsOf("shakedown: 1\nrun: { for: 30s }\n"
                   "services: { s: { workers: 1000, endpoints: { e: [ work: 300ms ] } } }\n"
                   "calls: { l -> s: { transport: datagram, timeout: 20s } }\n"
                   "load: { l: { to: s, rate: 7/s, for: 8s } }\n"
                   "platform: { hosts: { h: { cores: 2 } } }\n"
                   "faults: [ { at: 3s, for: 2s, name: down, host_down: { host: h } } ]\n");
    checkSame(ours, plain::failingHost(2, inputOf(ours, 0.3), 3, 5));
}
