#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <sstream>
#include <utility>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "reports/record/record_reader.hpp"
#include "reports/record/record_writer.hpp"
#include "reports/render/summary_json.hpp"
#include "reports/summary/summary.hpp"
#include "reports/verdict/evidence_bytes.hpp"
#include "scenarios/checking/check.hpp"
#include "scenarios/reading/reader.hpp"
#include "sim/run/replicate.hpp"
#include "tests/properties/random_scenario.hpp"

// Every seed is a scenario; a failure prints its seed and its text. Other seeds are tried with
// SHAKEDOWN_FIRST_SEED=1001 SHAKEDOWN_SCENARIOS=5000 (one of them: SHAKEDOWN_SCENARIOS=1).

using namespace shakedown;
using namespace shakedown::tests;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::uint64_t scenarios = 60;
#else
constexpr std::uint64_t scenarios = 300;
#endif

// Storms of retries in small services may go on for ever; what is looked at here is seen early.
constexpr std::uint64_t mostEvents = 60'000;

struct Prepared {
    std::string text;
    model::Scenario scenario;
    run::Compiled compiled;
};

std::string sayAll(Diagnostics const& findings) {
    std::string all;
    for (auto const& f : findings) {
        if (f.severity == Severity::Error) {
            all += std::to_string(f.place.line) + ":" + std::to_string(f.place.column) + " "
                   + f.code + " " + f.message + "\n";
        }
    }
    return all;
}

Prepared prepared(std::string text) {
    auto read = reading::readText(text, "random.yaml");
    UNSCOPED_INFO(text);
    REQUIRE(sayAll(read.findings).empty());
    REQUIRE(sayAll(checking::check(*read.scenario, checking::Purpose::Simulate)).empty());
    auto compiled = run::compileScenario(*read.scenario);
    UNSCOPED_INFO((compiled ? "" : sayAll(compiled.errors())));
    REQUIRE(compiled.ok());
    return {std::move(text), std::move(*read.scenario), std::move(compiled).value()};
}

run::Settings settingsOf(Prepared const& p) {
    run::Settings settings;
    settings.seed = p.scenario.run.seed;
    settings.eventLimit = mostEvents;
    settings.version = "test";
    return settings;
}

verdict::Evidence simulated(Prepared const& p) {
    return run::simulate(p.scenario, p.compiled, settingsOf(p));
}

summary::Summary summed(Prepared const& p, verdict::Evidence const& evidence) {
    return summary::summarise(p.scenario, p.compiled.plan.names, p.compiled.demand, {evidence},
                              "ideal");
}

// Runs with a record, and gives both.
std::pair<verdict::Evidence, std::string> recorded(Prepared const& p, record::Level level) {
    std::ostringstream out;
    auto settings = settingsOf(p);
    settings.level = level;
    std::optional<verdict::Evidence> evidence;
    {
        record::RecordWriter writer(out);
        settings.sink = &writer;
        evidence = run::simulate(p.scenario, p.compiled, settings);
    }
    return {std::move(*evidence), out.str()};
}

std::uint64_t fromEnvironment(char const* variable, std::uint64_t otherwise) {
    char const* const value = std::getenv(variable);
    return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

template <class Check>
void forEachScenario(Check const& check) {
    std::uint64_t const first = fromEnvironment("SHAKEDOWN_FIRST_SEED", 1);
    std::uint64_t const count = fromEnvironment("SHAKEDOWN_SCENARIOS", scenarios);
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        std::string const text = randomScenario(seed);
        INFO("seed " << seed << "\n" << text);
        check(prepared(text));
    }
}

// What a record tells, added up.
struct Told {
    std::vector<std::uint64_t> requests; // a load
    std::vector<std::uint64_t> open;     // of those: without an end
    std::vector<std::array<std::uint64_t, measure::outcomeCount>> ends;
    std::vector<std::uint64_t> offered;  // a load, of the intervals
    std::vector<std::uint64_t> ended;    // the same
    std::vector<std::uint64_t> spans;    // a call
    std::vector<std::uint64_t> attempts; // a call, of the intervals
    std::optional<record::RunEnded> end;
    int misordered = 0; // spans whose times run backwards
};

bool isOrdered(record::Request const& request, record::Span const& span) {
    bool const isSentInTime = span.sent >= request.intended && span.sent <= span.answered;
    bool const isServedInOrder =
        span.sent <= span.arrived && span.arrived <= span.started && span.started <= span.ended;
    bool const isBehindParent =
        span.parent == record::nobody || request.spans[span.parent].started <= span.sent;
    // What was never started may have been dropped, which is its end.
    bool const wasDropped = span.started == SimTime::never() && span.arrived <= span.ended;
    return isSentInTime && isBehindParent && (isServedInOrder || wasDropped);
}

void add(Told& told, record::Request const& request) {
    ++told.requests[request.load];
    if (request.ended == SimTime::never()) {
        ++told.open[request.load];
    } else {
        ++told.ends[request.load][static_cast<std::size_t>(request.outcome)];
    }
    for (auto const& span : request.spans) {
        ++told.spans[span.call];
        told.misordered += isOrdered(request, span) ? 0 : 1;
    }
}

void add(Told& told, record::Interval const& interval) {
    for (std::size_t i = 0; i < interval.loads.size(); ++i) {
        auto const& load = interval.loads[i];
        told.offered[i] += load.offered;
        told.ended[i] += load.ok + load.degraded + load.failed + load.rejected + load.timedOut;
    }
    for (std::size_t i = 0; i < interval.calls.size(); ++i) {
        told.attempts[i] += interval.calls[i].attempts;
    }
}

Told toldBy(std::string const& text) {
    std::istringstream in(text);
    auto opened = record::RecordReader::open(in, "record.ndjson");
    REQUIRE(opened.ok());
    auto reader = std::move(opened).value();
    auto const& names = reader.header().names;
    Told told;
    told.requests.resize(names.loads.size());
    told.open.resize(names.loads.size());
    told.ends.resize(names.loads.size());
    told.offered.resize(names.loads.size());
    told.ended.resize(names.loads.size());
    told.spans.resize(names.calls.size());
    told.attempts.resize(names.calls.size());
    for (;;) {
        auto const moment = reader.next();
        UNSCOPED_INFO((moment.ok() ? "" : moment.errors().front().message));
        REQUIRE(moment.ok());
        if (!moment.value()) {
            break;
        }
        REQUIRE_FALSE(told.end.has_value());
        auto const& what = moment.value()->what;
        if (auto const* request = std::get_if<record::Request>(&what)) {
            add(told, *request);
        } else if (auto const* interval = std::get_if<record::Interval>(&what)) {
            add(told, *interval);
        } else if (auto const* end = std::get_if<record::RunEnded>(&what)) {
            told.end = *end;
        }
    }
    REQUIRE_FALSE(reader.cut().has_value());
    return told;
}

// The numbers of a run, without those of the bystander and without what speaks of the whole.
nlohmann::json numbersWithoutBystander(summary::Summary const& summary) {
    auto json = nlohmann::json::parse(render::summaryJson(summary));
    for (auto const* whole : {"scenario", "events", "digest"}) {
        json.erase(whole);
    }
    json["loads"].erase(bystanderLoad);
    json["per_replication"]["loads"].erase(bystanderLoad);
    json["services"].erase(bystander);
    json["calls"].erase(std::string(bystanderLoad) + " -> " + bystander);
    auto& cascade = json["cascade"];
    cascade.erase(std::remove_if(cascade.begin(), cascade.end(),
                                 [](auto const& item) { return item["subject"] == bystander; }),
                  cascade.end());
    return json;
}

} // namespace

TEST_CASE("a random scenario reads and checks without an error", "[properties]") {
    forEachScenario([](Prepared const&) {});
}

TEST_CASE("requests and attempts of a random scenario add up", "[properties]") {
    forEachScenario([](Prepared const& p) {
        auto const evidence = simulated(p);
        auto const summary = summed(p, evidence);
        CHECK(summary.contradictions == std::vector<std::string>{});
        for (auto const& l : summary.loads) {
            CHECK(l.offered == l.ok + l.degraded + l.failed + l.rejected + l.timedOut + l.inFlight);
        }
        for (auto const& c : evidence.calls) {
            // A call whose deadline has passed before it begins makes no attempt.
            CHECK(c.attempts <= c.requests + c.retries + c.hedges);
        }
    });
}

TEST_CASE("a random scenario runs alike twice, whatever is recorded of it", "[properties]") {
    forEachScenario([](Prepared const& p) {
        std::string const first = verdict::serialise(simulated(p));
        CHECK(verdict::serialise(simulated(p)) == first);
        for (auto const level :
             {record::Level::Summary, record::Level::Sampled, record::Level::Full}) {
            CHECK(verdict::serialise(recorded(p, level).first) == first);
        }
    });
}

TEST_CASE("hops in one piece do as hops step by step", "[properties]") {
    forEachScenario([](Prepared const& p) {
        auto settings = settingsOf(p);
        settings.express = false;
        auto const slow = run::simulate(p.scenario, p.compiled, settings);
        CHECK(verdict::serialise(slow) == verdict::serialise(simulated(p)));
    });
}

TEST_CASE("equal random runs leave equal records", "[properties]") {
    forEachScenario([](Prepared const& p) {
        CHECK(recorded(p, record::Level::Sampled).second
              == recorded(p, record::Level::Sampled).second);
    });
}

TEST_CASE("a record of every level can be read to its end", "[properties]") {
    forEachScenario([](Prepared const& p) {
        for (auto const level : {record::Level::Summary, record::Level::Sampled}) {
            auto const [evidence, text] = recorded(p, level);
            auto const told = toldBy(text);
            REQUIRE(told.end.has_value());
            CHECK(told.end->digest == evidence.digest);
            CHECK(told.end->events == evidence.events);
            CHECK(told.end->reason == evidence.reason);
        }
    });
}

TEST_CASE("a full record tells of every request and every attempt once", "[properties]") {
    forEachScenario([](Prepared const& p) {
        auto const [evidence, text] = recorded(p, record::Level::Full);
        auto const told = toldBy(text);
        for (std::size_t i = 0; i < evidence.whole.size(); ++i) {
            INFO("load " << p.compiled.plan.names.loads[i]);
            CHECK(told.requests[i] == evidence.whole[i].offered);
            CHECK(told.open[i] == evidence.liveAtEnd[i]);
            CHECK(told.ends[i] == evidence.whole[i].by);
            CHECK(told.offered[i] == evidence.whole[i].offered);
            CHECK(told.ended[i] == evidence.whole[i].ended());
        }
        for (std::size_t i = 0; i < evidence.calls.size(); ++i) {
            INFO("call " << p.compiled.plan.names.calls[i]);
            CHECK(told.spans[i] == evidence.calls[i].attempts);
            CHECK(told.attempts[i] == evidence.calls[i].attempts);
        }
        CHECK(told.misordered == 0);
    });
}

TEST_CASE("a service apart from the others changes none of their numbers", "[properties]") {
    forEachScenario([](Prepared const& p) {
        auto const alone = simulated(p);
        auto const more = prepared(withBystander(p.text));
        auto const together = simulated(more);
        bool const areWhole = alone.reason == record::EndReason::Finished
                              && together.reason == record::EndReason::Finished;
        if (!areWhole) {
            return;
        }
        auto const difference =
            nlohmann::json::diff(numbersWithoutBystander(summed(p, alone)),
                                 numbersWithoutBystander(summed(more, together)));
        CHECK(difference.dump() == "[]");
    });
}

TEST_CASE("replications over two processes give the evidence of one", "[properties]") {
    forEachScenario([](Prepared const& p) {
        std::uint64_t const seed = p.scenario.run.seed;
        std::vector<run::Job> const jobs{{seed, 0}, {seed, 1}};
        auto const one = run::replicate(p.scenario, p.compiled, settingsOf(p), jobs, 1);
        auto const two = run::replicate(p.scenario, p.compiled, settingsOf(p), jobs, 2);
        REQUIRE(one.ok());
        REQUIRE(two.ok());
        for (std::size_t i = 0; i < jobs.size(); ++i) {
            CHECK(verdict::serialise(one.value()[i]) == verdict::serialise(two.value()[i]));
        }
        CHECK(one.value()[0].digest == simulated(p).digest);
    });
}
