#include <catch2/catch.hpp>

#include <vector>

#include "chaos-agent/conduct/arrivals.hpp"
#include "chaos-agent/conduct/occurrences.hpp"
#include "sim/run/simulate.hpp"
#include "tests/chaos-agent/conduct/document.hpp"

// Live, requests and random faults come at the instants at which they come in a simulation.
using namespace shakedown;

namespace {

struct Instants {
    std::vector<SimTime> arrivals;
    std::vector<SimTime> begins;
    std::vector<SimTime> ends;
};

class Noting final : public record::MomentSink {
public:
    void begin(record::Header const&) override {}
    void take(record::Moment const& moment) override {
        if (auto const* request = std::get_if<record::Request>(&moment.what)) {
            auto& arrivals = instants.arrivals;
            if (request->number >= arrivals.size()) {
                arrivals.resize(request->number + 1);
            }
            arrivals[request->number] = request->intended;
        } else if (std::holds_alternative<record::EventBegan>(moment.what)) {
            instants.begins.push_back(moment.at);
        } else if (std::holds_alternative<record::EventEnded>(moment.what)) {
            instants.ends.push_back(moment.at);
        }
    }
    Instants instants;
};

Instants simulated(model::Scenario const& scenario) {
    auto const compiled = run::compileScenario(scenario);
    REQUIRE(compiled);
    Noting noting;
    run::Settings settings;
    settings.seed = scenario.run.seed;
    settings.level = record::Level::Full;
    settings.sink = &noting;
    run::simulate(scenario, compiled.value(), settings);
    return noting.instants;
}

std::string withLoad(std::string const& load, std::string const& more = "") {
    return "shakedown: 1\nrun: { for: 20s, seed: 11 }\n"
           "services: { shop: { workers: 64, endpoints: { buy: [ work: 1ms ] } } }\n"
           "load: { visitors: { to: shop, "
           + load + " } }\n" + more;
}

} // namespace

TEST_CASE("live requests come when simulated ones do", "[agent][conduct][arrivals]") {
    auto const load =
        GENERATE(as<std::string>{}, "rate: 50/s", "rate: 50/s, arrivals: constant",
                 "rate: 50/s, arrivals: bursts, burst: 5", "rate: 40/s, from: 3s, for: 10s",
                 "rate: { ramp: { from: 5/s, to: 100/s, over: 10s } }",
                 "rate: { steps: [ { at: 0s, rate: 10/s }, { at: 8s, rate: 60/s } ] }");
    INFO(load);
    auto const scenario = tests::document(withLoad(load));
    auto const wanted = simulated(scenario).arrivals;
    REQUIRE(wanted.size() > 100);
    conduct::Arrivals arrivals(scenario.loads.at(0), std::nullopt, scenario.run.seed);
    std::vector<SimTime> got;
    while (arrivals.next() < SimTime::at(scenario.run.lasts)) {
        got.insert(got.end(), static_cast<std::size_t>(arrivals.together()), arrivals.next());
        arrivals.pass();
    }
    CHECK(got == wanted);
}

TEST_CASE("a surge moves the arrivals still to come", "[agent][conduct][arrivals]") {
    auto const scenario = tests::document(withLoad(
        "rate: 50/s", "faults: [ { at: 5s, for: 5s, surge: { load: visitors, factor: 4 } } ]\n"));
    auto const wanted = simulated(scenario).arrivals;
    conduct::Arrivals arrivals(scenario.loads.at(0), std::nullopt, scenario.run.seed);
    std::vector<SimTime> got;
    SimTime const turns[] = {SimTime::at(Duration::seconds(5)), SimTime::at(Duration::seconds(10))};
    std::size_t turn = 0;
    while (arrivals.next() < SimTime::at(scenario.run.lasts)) {
        if (turn < 2 && arrivals.next() >= turns[turn]) {
            arrivals.surge(turns[turn], turn == 0 ? 4 : 1, 0);
            ++turn;
            continue;
        }
        got.push_back(arrivals.next());
        arrivals.pass();
    }
    REQUIRE(got.size() == wanted.size());
    for (std::size_t i = 0; i < got.size(); ++i) {
        INFO(i);
        CHECK(std::abs((got[i] - wanted[i]).count()) < 1000);
    }
}

TEST_CASE("live faults happen when simulated ones do", "[agent][conduct][occurrences]") {
    auto const when = GENERATE(as<std::string>{}, "at: 3s, for: 2s", "at: 2s, for: 1s, every: 4s",
                               "mtbf: 2s, mttr: 1s");
    INFO(when);
    auto const scenario = tests::document(
        withLoad("rate: 1/s", "faults: [ { " + when + ", name: x, hang: { service: shop } } ]\n"));
    auto const wanted = simulated(scenario);
    SimTime const end = SimTime::at(scenario.run.lasts);
    std::vector<SimTime> begins;
    std::vector<SimTime> ends;
    for (auto const& stretch :
         conduct::stretchesOf(scenario.faults.at(0).when, "x", scenario.run.seed, end, 1000)) {
        begins.push_back(stretch.begin);
        if (stretch.end < end) {
            ends.push_back(stretch.end);
        }
    }
    CHECK(begins == wanted.begins);
    CHECK(ends == wanted.ends);
}
