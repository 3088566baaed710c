#include "reports/why/effects.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>

#include "scenarios/model/verbs.hpp"

using namespace shakedown;
using namespace shakedown::why;

namespace {

constexpr std::array all{Effect::Slows, Effect::TakesAway, Effect::Disturbs,
                         Effect::Fails, Effect::Floods,    Effect::Sets};

auto effectsOf(std::string_view verb) {
    return std::count_if(all.begin(), all.end(), [&](Effect e) { return has(verb, e); });
}

} // namespace

TEST_CASE("every fault and operation of a scenario has effects of its own", "[why][effects]") {
    for (auto const verb : model::faultVerbs) {
        CAPTURE(verb);
        CHECK(effectsOf(verb) >= 1);
        CHECK(effectsOf(verb) <= 3);
    }
    for (auto const verb : model::operationVerbs) {
        CAPTURE(verb);
        CHECK(effectsOf(verb) >= 1);
        CHECK(effectsOf(verb) <= 3);
    }
}

TEST_CASE("an unknown verb may do anything", "[why][effects]") {
    CHECK(effectsOf("solar_flare") == 6);
    CHECK(effectsOf("") == 6);
}

TEST_CASE("what slows is not taken for what disturbs messages", "[why][effects]") {
    CHECK(has("slow", Effect::Slows));
    CHECK_FALSE(has("slow", Effect::Disturbs));
    CHECK(has("partition", Effect::Disturbs));
    CHECK_FALSE(has("partition", Effect::Slows));
    CHECK(has("kill", Effect::TakesAway));
    CHECK(has("surge", Effect::Floods));
    CHECK(has("set", Effect::Sets));
    CHECK(has("errors", Effect::Fails));
}
