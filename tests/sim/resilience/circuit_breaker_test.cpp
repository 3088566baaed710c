#include "sim/resilience/circuit_breaker.hpp"

#include <catch2/catch.hpp>

using namespace shakedown;
using namespace shakedown::literals;
using resilience::BreakerMode;
using resilience::CallResult;
using resilience::CircuitBreaker;
using resilience::CircuitBreakerSettings;

namespace {

CircuitBreakerSettings small() {
    CircuitBreakerSettings s;
    s.window = 4;
    s.minimumCalls = 4;
    s.openFor = 10_s;
    s.halfOpenCalls = 2;
    return s;
}

CircuitBreaker opened() {
    CircuitBreaker breaker(small());
    for (int i = 0; i < 4; ++i)
        breaker.record(SimTime(), CallResult::Failure, 1_ms);
    return breaker;
}

} // namespace

TEST_CASE("a breaker opens when the failure rate reaches the threshold, not before the minimum",
          "[resilience][breaker]") {
    CircuitBreaker breaker(small());
    breaker.record(SimTime(), CallResult::Failure, 1_ms);
    breaker.record(SimTime(), CallResult::Failure, 1_ms);
    breaker.record(SimTime(), CallResult::Success, 1_ms);
    CHECK(breaker.mode() == BreakerMode::Closed);
    breaker.record(SimTime(), CallResult::Success, 1_ms); // a success completes the minimum
    CHECK(breaker.mode() == BreakerMode::Open);
}

TEST_CASE("an open breaker lets a trial through strictly after its time", "[resilience][breaker]") {
    CircuitBreaker breaker = opened();
    CHECK_FALSE(breaker.tryAcquire(SimTime::at(10_s)));
    CHECK(breaker.tryAcquire(SimTime::at(10_s) + 1_ns));
    CHECK(breaker.mode() == BreakerMode::HalfOpen);
}

TEST_CASE("a half-open breaker gives out only its permits", "[resilience][breaker]") {
    CircuitBreaker breaker = opened();
    CHECK(breaker.tryAcquire(SimTime::at(11_s)));
    CHECK(breaker.tryAcquire(SimTime::at(11_s)));
    CHECK_FALSE(breaker.tryAcquire(SimTime::at(11_s)));
    breaker.release();
    CHECK(breaker.tryAcquire(SimTime::at(11_s)));
}

TEST_CASE("a half-open breaker closes on good trials and reopens on bad ones",
          "[resilience][breaker]") {
    bool const good = GENERATE(true, false);
    CircuitBreaker breaker = opened();
    breaker.tryAcquire(SimTime::at(11_s));
    breaker.tryAcquire(SimTime::at(11_s));
    breaker.record(SimTime::at(11_s), CallResult::Success, 1_ms);
    breaker.record(SimTime::at(11_s), good ? CallResult::Success : CallResult::Failure, 1_ms);
    CHECK(breaker.mode() == (good ? BreakerMode::Closed : BreakerMode::Open));
}

TEST_CASE("trials that never end leave a breaker half-open unless a maximum is set",
          "[resilience][breaker]") {
    CircuitBreaker stuck = opened();
    stuck.tryAcquire(SimTime::at(11_s));
    stuck.tryAcquire(SimTime::at(11_s));
    CHECK_FALSE(stuck.tryAcquire(SimTime::at(1000_s)));
    CHECK(stuck.mode() == BreakerMode::HalfOpen);
}

TEST_CASE("slow is strictly longer than the threshold", "[resilience][breaker]") {
    CircuitBreakerSettings s = small();
    s.slowAfter = 100_ms;
    s.slowRate = 0.5;
    CircuitBreaker breaker(s);
    for (int i = 0; i < 4; ++i)
        breaker.record(SimTime(), CallResult::Success, 100_ms);
    CHECK(breaker.mode() == BreakerMode::Closed);
    breaker.record(SimTime(), CallResult::Success, 101_ms);
    breaker.record(SimTime(), CallResult::Success, 101_ms);
    CHECK(breaker.mode() == BreakerMode::Open);
}

TEST_CASE("a breaker forced open by hand refuses until it is automatic again",
          "[resilience][breaker]") {
    CircuitBreaker breaker(small());
    breaker.flip(SimTime(), BreakerMode::ForcedOpen);
    CHECK_FALSE(breaker.tryAcquire(SimTime::at(1000_s)));
    breaker.flip(SimTime::at(1000_s), BreakerMode::Closed);
    CHECK(breaker.tryAcquire(SimTime::at(1000_s)));
}
