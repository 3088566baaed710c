#include "reports/verdict/story.hpp"

#include <catch2/catch.hpp>

#include "tests/reports/verdict/shop.hpp"

using namespace shakedown;
using namespace shakedown::literals;
using namespace shakedown::tests;
using namespace shakedown::record;
using verdict::Evidence;
using verdict::StoryItem;

namespace {

constexpr std::uint32_t siteService = 0;
constexpr std::uint32_t autosService = 1;
constexpr std::uint32_t siteToAutos = 1;

// The fault at 60 s to 120 s and whatever else `moments` say, in order of time.
std::vector<StoryItem> storyOf(std::vector<Moment> moments) {
    Evidence e = shopEvidence(verdict::demandOf(shopScenario()));
    moments.push_back({SimTime::at(60_s), EventBegan{0}});
    moments.push_back({SimTime::at(120_s), EventEnded{0}});
    std::stable_sort(moments.begin(), moments.end(),
                     [](Moment const& a, Moment const& b) { return a.at < b.at; });
    e.turningPoints = std::move(moments);
    return verdict::whatBrokeFirst(e, shopNames());
}

Moment busy(Duration at, std::uint32_t service, std::uint32_t heldBy = nobody) {
    return {SimTime::at(at), PressureBegan{service, 0, Pressure::WorkersBusy, heldBy, 16}};
}
Moment free(Duration at, std::uint32_t service) {
    return {SimTime::at(at), PressureEnded{service, 0, Pressure::WorkersBusy}};
}
Moment full(Duration at, std::uint32_t service, std::uint32_t replica = 0) {
    return {SimTime::at(at), PressureBegan{service, replica, Pressure::QueueFull, nobody, 0}};
}

} // namespace

TEST_CASE("nothing broken is no story", "[verdict][story]") {
    CHECK(storyOf({}).empty());
}

TEST_CASE("the story is told in order of time, with what the workers wait for",
          "[verdict][story]") {
    auto const story = storyOf({full(61_s, autosService), busy(62_s, siteService, siteToAutos)});
    REQUIRE(story.size() == 2);
    CHECK(story[0].at == SimTime::at(61_s));
    CHECK(story[0].subject == "autos");
    CHECK(story[0].what == "queue full");
    CHECK(story[0].because == "autos-slow");
    CHECK(story[1].subject == "site");
    CHECK(story[1].what == "workers all busy");
    CHECK(story[1].because == "waiting for site -> autos");
}

TEST_CASE("what happened before the first event is not in the story", "[verdict][story]") {
    CHECK(storyOf({full(30_s, autosService)}).empty());
}

TEST_CASE("without an event the story begins with the run", "[verdict][story]") {
    Evidence e = shopEvidence(verdict::demandOf(shopScenario()));
    e.eventSpans.clear();
    e.turningPoints = {full(3_s, autosService)};
    auto const story = verdict::whatBrokeFirst(e, shopNames());
    REQUIRE(story.size() == 1);
    CHECK(story[0].because.empty());
}

TEST_CASE("workers that are busy for an instant are no step of a story", "[verdict][story]") {
    CHECK(storyOf({busy(61_s, autosService), free(61'900_ms, autosService)}).empty());
    CHECK(storyOf({busy(61_s, autosService), free(62_s, autosService)}).size() == 1);
    CHECK(storyOf({busy(179'500_ms, autosService)}).empty());
}

TEST_CASE("only the first of each subject and kind is told", "[verdict][story]") {
    auto const story =
        storyOf({full(61_s, autosService), full(62_s, autosService, 1), full(63_s, siteService)});
    REQUIRE(story.size() == 2);
    CHECK(story[0].at == SimTime::at(61_s));
    CHECK(story[1].subject == "site");
}

TEST_CASE("after the event its aftermath is the reason", "[verdict][story]") {
    auto const story = storyOf({full(130_s, siteService)});
    REQUIRE(story.size() == 1);
    CHECK(story[0].because == "aftermath of autos-slow");
}

TEST_CASE("breakers that open and replicas that are gone are told", "[verdict][story]") {
    auto const at = [](Duration d) { return SimTime::at(d); };
    auto const story = storyOf(
        {{at(61_s), BreakerChanged{siteToAutos, 0, BreakerState::Closed, BreakerState::Open}},
         {at(62_s), BreakerChanged{siteToAutos, 0, BreakerState::Open, BreakerState::HalfOpen}},
         {at(63_s),
          BreakerChanged{siteToAutos, 0, BreakerState::HalfOpen, BreakerState::ForcedOpen}},
         {at(64_s), ReplicaChanged{autosService, 0, ReplicaState::Down}},
         {at(65_s), ReplicaChanged{autosService, 0, ReplicaState::Up}},
         {at(66_s), ReplicaChanged{autosService, 0, ReplicaState::Hung}}});
    REQUIRE(story.size() == 4);
    CHECK(story[0].what == "breaker opened");
    CHECK(story[0].subject == "site -> autos");
    CHECK(story[1].what == "breaker opened by hand");
    CHECK(story[2].what == "replica down");
    CHECK(story[3].what == "replica hung");
}

TEST_CASE("a story has at most twenty steps", "[verdict][story]") {
    Evidence e = shopEvidence(verdict::demandOf(shopScenario()));
    record::Names names = shopNames();
    for (std::uint32_t i = 0; i < 50; ++i) {
        names.services.push_back("s" + std::to_string(i));
        e.turningPoints.push_back(full(70_s, i + 2));
    }
    CHECK(verdict::whatBrokeFirst(e, names).size() == verdict::storyLimit);
}

TEST_CASE("the top cause is what befell the service that the others wait for", "[verdict][story]") {
    auto const story = storyOf({busy(61_s, autosService), free(119_s, autosService),
                                busy(62_s, siteService, siteToAutos), free(119_s, siteService)});
    REQUIRE(story.size() == 2);
    CHECK(story[1].because == "waiting for site -> autos");
    CHECK(verdict::topCause(story) == story[0].because);
    CHECK(verdict::topCause({}).empty());
}

TEST_CASE("services that wait for each other in a circle have a top cause too",
          "[verdict][story]") {
    std::vector<StoryItem> const story{
        {SimTime::at(1_s), "a", "queue full", "waiting for a -> b", "b"},
        {SimTime::at(2_s), "b", "queue full", "waiting for b -> a", "a"}};
    CHECK_FALSE(verdict::topCause(story).empty());
}
