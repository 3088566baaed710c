#include "sim/resilience/backoff.hpp"

#include <catch2/catch.hpp>

using namespace shakedown;
using namespace shakedown::literals;
using model::Jitter;
using resilience::Backoff;

TEST_CASE("backoff grows by its factor up to its maximum", "[resilience][retry]") {
    Backoff const backoff{25_ms, 2, 250_ms, Jitter::None};
    CHECK(backoff.delay(1, 0.5, {}) == 25_ms);
    CHECK(backoff.delay(3, 0.5, {}) == 100_ms);
    CHECK(backoff.delay(9, 0.5, {}) == 250_ms);
}

TEST_CASE("full jitter draws from nothing to the delay, equal jitter from its half",
          "[resilience][retry]") {
    Backoff const full{100_ms, 2, 10_s, Jitter::Full};
    Backoff const equal{100_ms, 2, 10_s, Jitter::Equal};
    CHECK(full.delay(1, 0.25, {}) == 25_ms);
    CHECK(equal.delay(1, 0.5, {}) == 75_ms);
}

TEST_CASE("decorrelated jitter goes by the previous delay", "[resilience][retry]") {
    Backoff const backoff{100_ms, 2, 1_s, Jitter::Decorrelated};
    CHECK(backoff.delay(1, 0.5, {}) == 200_ms);
    CHECK(backoff.delay(2, 1.0, 200_ms) == 600_ms);
    CHECK(backoff.delay(3, 1.0, 600_ms) == 1_s);
}

TEST_CASE("without an initial delay the next attempt goes at once", "[resilience][retry]") {
    CHECK(Backoff{}.delay(1, 0.5, {}) == Duration());
}
