#include <catch2/catch.hpp>

#include "sim/resilience/backoff.hpp"

using namespace shakedown;
using namespace shakedown::literals;
using model::Dialect;
using model::Jitter;
using resilience::Backoff;

namespace {

Backoff of(Dialect dialect, Duration initial, double factor, Duration max, Jitter jitter) {
    return resilience::backoffOf({initial, factor, max, jitter}, dialect);
}

} // namespace

TEST_CASE("resilience4j cuts each wait before it makes the next of it", "[resilience][retry]") {
    auto const waits = of(Dialect::Resilience4j, 5_ms, 1.5, Duration::none(), Jitter::None);
    CHECK(waits.next(2, .5, {}).wait == 7_ms);  // 7.5
    CHECK(waits.next(3, .5, {}).wait == 10_ms); // 10.5 of 7, not 11 of 7.5
}

TEST_CASE("jitter of resilience4j is a half up or down", "[resilience][retry]") {
    auto const jitter = GENERATE(Jitter::Full, Jitter::Equal);
    auto const waits = of(Dialect::Resilience4j, 100_ms, 1.5, Duration::none(), jitter);
    CHECK(waits.next(1, 0, {}).wait == 50_ms);
    CHECK(waits.next(1, 1, {}).wait == 150_ms);
}

TEST_CASE("resilience4j can wait a hundred times", "[resilience][retry]") {
    auto const waits = of(Dialect::Resilience4j, 500_ms, 2, 1_s, Jitter::None);
    CHECK(waits.next(100, .5, {}).wait == 1_s);
}

TEST_CASE("gRPC waits a fifth more or less, behind its cap", "[resilience][retry]") {
    auto const waits = of(Dialect::Grpc, 100_ms, 2, 1_s, Jitter::None);
    CHECK(waits.isDrawn());
    CHECK(waits.next(1, 0, {}).wait == 80_ms);
    CHECK(waits.next(1, 1, {}).wait == 120_ms);
    CHECK(waits.next(9, 1, {}).wait == 1200_ms);
}

TEST_CASE("Envoy waits whole milliseconds below its interval", "[resilience][retry]") {
    auto const waits = of(Dialect::Envoy, 25_ms, 2, 250_ms, Jitter::Full);
    CHECK(waits.next(1, .999, {}).wait == 24_ms);
    CHECK(waits.next(2, .5, {}).wait == 25_ms);
    CHECK(waits.next(9, .999, {}).wait == 249_ms);
}

TEST_CASE("Polly's jitter of equal waits is a quarter up or down, then the cap",
          "[resilience][retry]") {
    auto const waits = of(Dialect::Polly, 2_s, 1, 2100_ms, Jitter::Full);
    CHECK(waits.next(1, 0, {}).wait == 1500_ms);
    CHECK(waits.next(1, 1, {}).wait == 2100_ms);
}

TEST_CASE("Polly's jitter of growing waits goes on from the wait before", "[resilience][retry]") {
    auto const waits = of(Dialect::Polly, 1_s, 2, Duration::none(), Jitter::Full);
    // t = u, then 1 + u: 2^t tanh(sqrt(4 t)), the difference to the one before, over 1.4.
    auto const first = waits.next(1, .5, {});
    auto const second = waits.next(2, .5, first.memory);
    CHECK(first.wait.inSeconds() == Approx(1.41421 * .888386 / 1.4).epsilon(1e-4));
    CHECK(second.wait.inSeconds()
          == Approx((2.82843 * .985242 - 1.41421 * .888386) / 1.4).epsilon(1e-4));
}

TEST_CASE("tower adds up to 99 % to a wait", "[resilience][retry]") {
    auto const waits = of(Dialect::Tower, 50_ms, 2, 10_s, Jitter::None);
    CHECK(waits.next(1, 0, {}).wait == 50_ms);
    CHECK(waits.next(2, 1, {}).wait == 199_ms);
}

TEST_CASE("libraries without a law of their own wait as it is written", "[resilience][retry]") {
    auto const waits = of(Dialect::AwsSdk, 1_s, 2, 20_s, Jitter::Full);
    CHECK(waits.next(3, .25, {}).wait == 1_s);
    CHECK(waits.next(9, .5, {}).wait == 10_s);
}
