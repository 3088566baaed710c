// Every law by one run each, at 4 %; the long version is in long_laws_test.cpp.
#include "tests/laws/law.hpp"
#include "tests/sim/run/simulation.hpp"

using namespace shakedown;

TEST_CASE("every model with a known answer gives it within 4 %", "[laws]") {
    for (auto const& law : laws::everyLaw()) {
        auto const run = tests::simulate(laws::scenarioOf(law, law.shortRun, 1));
        INFO(law.name);
        CHECK(run.summary.contradictions.empty());
        for (auto const& value : law.values) {
            INFO(value.name);
            CHECK(value.of(run.summary)
                  == Approx(value.expected)
                         .epsilon(std::max(0.04, value.approximation))
                         .margin(1e-9));
        }
    }
}
