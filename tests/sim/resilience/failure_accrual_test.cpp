#include "sim/resilience/failure_accrual.hpp"

#include <catch2/catch.hpp>

using namespace shakedown;
using namespace shakedown::literals;
using resilience::AccrualKind;
using resilience::CallResult;
using resilience::FailureAccrual;
using resilience::FailureAccrualSettings;

namespace {

FailureAccrualSettings afterOne(AccrualKind kind) {
    FailureAccrualSettings s;
    s.kind = kind;
    s.consecutiveFailures = 1;
    s.successRate = 0;
    s.deadFor = 10_s;
    s.deadForMost = 60_s;
    s.jitter = 0.5;
    return s;
}

Duration deadAfterFailure(FailureAccrual& accrual, double u) {
    return accrual.onResult(SimTime(), CallResult::Failure, u).value();
}

} // namespace

TEST_CASE("Finagle's jitter takes up to a half off each time out but the first",
          "[resilience][breaker]") {
    FailureAccrual accrual(afterOne(AccrualKind::Finagle));
    CHECK(deadAfterFailure(accrual, 0) == 10_s);
    CHECK(deadAfterFailure(accrual, 0) == 10_s);
    CHECK(deadAfterFailure(accrual, 1) == 40_s);
    CHECK(deadAfterFailure(accrual, .5) == 60_s); // of 80 s, at most 60
}

TEST_CASE("Linkerd's jitter adds up to a half to each time out", "[resilience][breaker]") {
    FailureAccrual accrual(afterOne(AccrualKind::Linkerd));
    CHECK(deadAfterFailure(accrual, 1) == 15_s);
    CHECK(deadAfterFailure(accrual, 0) == 20_s);
    CHECK(deadAfterFailure(accrual, 1) == 60_s);
}

TEST_CASE("a 429 is a failure of the run for Finagle, not for Linkerd", "[resilience][breaker]") {
    FailureAccrual finagle(afterOne(AccrualKind::Finagle));
    FailureAccrual linkerd(afterOne(AccrualKind::Linkerd));
    CHECK(finagle.onResult(SimTime(), CallResult::Limited, .5).has_value());
    CHECK_FALSE(linkerd.onResult(SimTime(), CallResult::Limited, .5).has_value());
}
