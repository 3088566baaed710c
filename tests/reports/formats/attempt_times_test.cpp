#include "reports/formats/attempt_times.hpp"

#include <catch2/catch.hpp>

#include "tests/reports/record/small_record.hpp"

using namespace shakedown;
using namespace shakedown::formats;
using tests::at;

TEST_CASE("an attempt that ended keeps its times", "[formats][attempt-times]") {
    record::Span const span = tests::smallRequest().spans[0];
    AttemptTimes const t = timesOf(span, at(2'000'000'000));
    CHECK(t.sent == span.sent);
    CHECK(t.arrived == span.arrived);
    CHECK(t.started == span.started);
    CHECK(t.ended == span.ended);
    CHECK(t.answered == span.answered);
    CHECK((t.hasArrived && t.hasStarted && t.hasEnded));
}

TEST_CASE("what has not ended ends when it was written", "[formats][attempt-times]") {
    record::Span span;
    span.sent = at(5);
    span.arrived = at(7);
    AttemptTimes const t = timesOf(span, at(100));
    CHECK(t.answered == at(100));
    CHECK(t.ended == at(100));
    CHECK_FALSE(t.hasStarted);
    CHECK_FALSE(t.hasEnded);
}

TEST_CASE("a callee that died ends when its caller is told", "[formats][attempt-times]") {
    record::Span span;
    span.sent = at(5);
    span.arrived = at(7);
    span.answered = at(30);
    CHECK(timesOf(span, at(100)).ended == at(30));
}

TEST_CASE("times of a record that somebody edited are put in order", "[formats][attempt-times]") {
    record::Span span;
    span.sent = at(-50);
    span.arrived = at(90);
    span.started = at(10);
    span.ended = at(20);
    span.answered = at(-10);
    AttemptTimes const t = timesOf(span, at(100));
    CHECK(t.sent == at(0));
    CHECK(t.answered == at(0));
    CHECK(t.arrived == at(90));
    CHECK(t.ended == at(90));
    CHECK(t.started == at(90));
}
