#include "gui/inspector/knobs.hpp"

#include <algorithm>

#include "scenarios/checking/check.hpp"
#include "scenarios/reading/reader.hpp"
#include "scenarios/reading/text_edit.hpp"
#include "tests/gui/session/recorded.hpp"

using namespace shakedown;

namespace {

constexpr auto rich = R"yaml(shakedown: 1
run: { for: 20s }
services:
  site: { replicas: 2, workers: 10, queue: { capacity: 20, max_wait: 2s }, endpoints: { page: [ work: 2ms, call: autos ] } }
  autos: { workers: 8, endpoints: { find: [ work: exponential(10ms) ] } }
calls:
  "* -> *": { timeout: 1s }
  "site -> autos": { deadline: 3s, retry: { attempts: 3, backoff: { initial: 50ms }, budget: { ratio: 20% } }, circuit_breaker: { failure_rate: 40%, open_for: 5s }, bulkhead: { max_concurrent: 7 }, rate_limit: { rate: 90/s }, hedge: { after: 80ms } }
  "visitors -> site": { timeout: 2s }
load:
  visitors: { to: site/page, rate: 100/s }
  regulars: { to: site/page, users: 12, think: 1s }
)yaml";

model::Scenario scenario() {
    auto read = reading::readText(rich, "rich.yaml");
    REQUIRE(read.scenario);
    return *std::move(read.scenario);
}

gui::Knob const* find(std::vector<gui::Knob> const& knobs, QString const& path) {
    auto const found = std::find_if(knobs.begin(), knobs.end(),
                                    [&](gui::Knob const& knob) { return knob.path == path; });
    return found == knobs.end() ? nullptr : &*found;
}

} // namespace

TEST_CASE("the numbers of a call are those that rule it, whoever wrote them", "[gui][inspector]") {
    auto const knobs = gui::knobsOf(scenario(), "site -> autos");
    struct Expected {
        char const* path;
        double value;
    };
    for (auto const& [key, value] :
         {Expected{"timeout", 1}, Expected{"deadline", 3}, Expected{"retry.attempts", 3},
          Expected{"retry.backoff.initial", 0.05}, Expected{"retry.budget.ratio", 0.2},
          Expected{"circuit_breaker.failure_rate", 0.4}, Expected{"circuit_breaker.open_for", 5},
          Expected{"bulkhead.max_concurrent", 7}, Expected{"rate_limit.rate", 90},
          Expected{"hedge.after", 0.08}}) {
        INFO(key);
        auto const* knob = find(knobs, QString("calls.site -> autos.") + key);
        REQUIRE(knob != nullptr);
        CHECK(knob->value == Approx(value));
        CHECK(knob->isSet);
    }
    // A load is ruled by no "*".
    auto const load = gui::knobsOf(scenario(), "visitors -> site");
    CHECK(find(load, "calls.visitors -> site.timeout")->value == 2);
    CHECK(gui::knobsOf(scenario(), "nobody").empty());
}

TEST_CASE("a number that is not set can be turned, too", "[gui][inspector]") {
    auto const knobs = gui::knobsOf(scenario(), "autos");
    auto const* queue = find(knobs, "services.autos.queue.capacity");
    REQUIRE(queue != nullptr);
    CHECK_FALSE(queue->isSet);
    // Without a subject only what the scenario names itself.
    auto const all = gui::knobsOf(scenario(), "");
    CHECK(find(all, "services.autos.queue.capacity") == nullptr);
    CHECK(find(all, "services.site.queue.capacity") != nullptr);
    CHECK(find(all, "calls.* -> *.timeout") != nullptr);
    CHECK(find(all, "load.visitors.rate") != nullptr);
    CHECK(find(all, "load.regulars.users") != nullptr);
}

TEST_CASE("wherever a slider stands, its text may stand in the scenario", "[gui][inspector]") {
    constexpr int steps = 40;
    for (auto const* subject :
         {"", "visitors", "regulars", "site", "autos", "site -> autos", "visitors -> site"}) {
        for (auto const& knob : gui::knobsOf(scenario(), subject)) {
            for (int place = 0; place <= steps; place += 8) {
                auto const text = gui::textOf(knob.measure, gui::valueAt(knob, place, steps));
                INFO(knob.path.toStdString() << " = " << text.toStdString());
                auto const edited =
                    reading::withValue(rich, knob.path.toStdString(), text.toStdString());
                REQUIRE(edited);
                CHECK_FALSE(edited.value().isWrittenAnew);
                auto const read = reading::readText(edited.value().text, "rich.yaml");
                REQUIRE(read.scenario);
                CHECK_FALSE(
                    hasErrors(checking::check(*read.scenario, checking::Purpose::Simulate)));
            }
        }
    }
}

TEST_CASE("a value stands where it is read from, and the ends are the ends", "[gui][inspector]") {
    constexpr int steps = 400;
    for (auto const& knob : gui::knobsOf(scenario(), "site -> autos")) {
        INFO(knob.path.toStdString());
        int const place = gui::placeOf(knob, knob.value, steps);
        double const back = gui::valueAt(knob, place, steps);
        CHECK(std::abs(back - knob.value) <= std::max(0.02 * knob.value, 0.5 * (knob.value >= 2)));
        CHECK(gui::placeOf(knob, knob.least, steps) == 0);
        CHECK(gui::placeOf(knob, knob.most, steps) == steps);
        CHECK(gui::placeOf(knob, knob.most * 100, steps) == steps);
        double before = 0;
        for (int at = 0; at <= steps; at += 10) {
            double const value = gui::valueAt(knob, at, steps);
            CHECK(value >= before);
            before = value;
        }
    }
}

TEST_CASE("values are written with the unit that people use", "[gui][inspector]") {
    using gui::Measure;
    CHECK(gui::textOf(Measure::Seconds, 0.3) == "300ms");
    CHECK(gui::textOf(Measure::Seconds, 0.00025) == "250us");
    CHECK(gui::textOf(Measure::Seconds, 2) == "2s");
    CHECK(gui::textOf(Measure::Count, 40) == "40");
    CHECK(gui::textOf(Measure::Share, 0.5) == "50%");
    CHECK(gui::textOf(Measure::PerSecond, 120) == "120/s");
}
