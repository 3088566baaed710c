#include <catch2/catch.hpp>

#include <string>

#include "tests/scenarios/checking/check_document.hpp"

// Recursion, numbers, times, conditions and lint.

using namespace shakedown;
using namespace shakedown::tests;

TEST_CASE("calls that certainly lead back to themselves never end", "[checking][recursion]") {
    CHECK(holds(found(withSteps("{ call: a, timeout: 1s }")),
                "E306 these calls never end: a/e -> a/e"));
    CHECK(holds(found(withSteps("parallel: [ { call: a, timeout: 1s }, work: 1ms ]")), "E306"));
    CHECK(
        holds(found(withSteps("repeat: { times: 1, do: [ { call: a, timeout: 1s } ] }")), "E306"));
    CHECK(holds(found(withSteps("optional: [ { call: a, timeout: 1s } ]")), "E306"));
    CHECK(holds(found(withSteps("choose: [ { p: 100%, do: [ { call: a, timeout: 1s } ] } ]")),
                "E306"));
}

TEST_CASE("calls that lead back by chance may end", "[checking][recursion]") {
    CHECK_FALSE(holds(found(withSteps("choose: [ { p: 99%, do: [ { call: a, timeout: 1s } ] } ]")),
                      "E306"));
    CHECK_FALSE(
        holds(found(withSteps("cache: { hit: 50%, miss: [ { call: a, timeout: 1s } ] }")), "E306"));
    CHECK_FALSE(
        holds(found(withSteps("repeat: { times: 0, do: [ { call: a, timeout: 1s } ] }")), "E306"));
}

TEST_CASE("a long chain of calls is searched without recursion", "[checking][recursion]") {
    constexpr int length = 3'000;
    std::string text = "services:\n";
    for (int i = 0; i < length; ++i) {
        text += "  s" + std::to_string(i) + ": { queue: 5, endpoints: { e: [ { call: s"
                + std::to_string((i + 1) % length) + ", timeout: 1s } ] } }\n";
    }
    text += "load: { l: { to: s0, rate: 1/s } }\n";
    auto const lines = found(text);
    CHECK(holds(lines, "these calls never end: s0/e -> s1/e -> s2/e -> s3/e -> s4/e -> s5/e -> ... "
                       "-> s0/e"));
}

TEST_CASE("a run tells 63 windows of time apart", "[checking][times]") {
    auto const withWindows = [](int count) {
        std::string text = quietShop() + "expect:\n";
        for (int i = 0; i < count; ++i) {
            std::string const second = std::to_string(i % 63) + "." + std::to_string(i / 63);
            text += "  - p99(visitors) < 1s from " + second + "s to 100s\n";
        }
        return text + "  - p99(visitors) < 1s\n  - p99(visitors) < 2s from 0s to 100s\n";
    };
    CHECK_FALSE(holds(found(withWindows(63)), "E316"));
    CHECK(holds(found(withWindows(64)), "E316 this is the 64th window of time"));
}

TEST_CASE("numbers that contradict each other are errors", "[checking][numbers]") {
    CHECK(found(quietShop() + "abort: []\n") == "");
    CHECK(holds(found("run: { for: 5s, warmup: 6s }\n" + withSteps("work: 1ms")),
                "2:6 E307 the warm-up (6s) leaves nothing of the run (5s)"));
    CHECK(holds(found(withSteps("{ parallel: [ work: 1ms ], need: 2 }")),
                "E307 'need' is 2, but there are only 1 branches"));
    CHECK(holds(found(withSteps("parallel: []")), "E307 'parallel' has no branches"));
    CHECK(holds(found(withSteps("choose: [ { p: 60%, do: [] }, { p: 41%, do: [] } ]")),
                "E307 the options of 'choose' add up to 101%"));
    CHECK_FALSE(
        holds(found(withSteps("choose: [ { p: 33.3%, do: [] }, { p: 66.7%, do: [] } ]")), "E307"));
    CHECK(holds(found("services: { a: { queue: 5, autoscale: { min: 5, max: 2 }, versions: { v: { "
                      "share: 60% }, w: { share: 50% } }, endpoints: { e: [ work: 1ms ] } } }\n"
                      "load: { l: { to: a, rate: 1/s } }\n"),
                "E307 autoscale of 'a': min is above max"));
}

TEST_CASE("a load asks something", "[checking][numbers]") {
    std::string const service = "services: { a: { queue: 5, endpoints: { e: [ work: 1ms ] } } }\n";
    CHECK(holds(found(service + "load: { l: { to: a } }\n"),
                "3:9 E308 the load 'l' asks nothing: 'rate:' or 'users:' is missing"));
    CHECK(holds(found(service + "load: { l: { mix: { a: 0 }, rate: 1/s } }\n"),
                "E307 the weights of the load 'l' add up to 0"));
    CHECK(holds(found(service, checking::Purpose::Simulate),
                "E311 nobody asks anything: the scenario has no load"));
}

TEST_CASE("limits that never come into play are told, in rules and beside calls",
          "[checking][numbers]") {
    CHECK(
        holds(found(withSteps("work: 1ms") + "calls: { l -> a: { timeout: 2s, deadline: 1s } }\n"),
              "6:10 W403 'l -> a': the timeout of one attempt (2s) is longer than the deadline "
              "of all (1s)"));
    CHECK(holds(found(withSteps("{ call: b, timeout: 2s, deadline: 1s }")), "W403 'a -> b'"));
    CHECK(holds(found(withSteps("work: 1ms")
                      + "calls: { l -> a: { retry: { backoff: { initial: 2s, max: 1s } } } }\n"),
                "E307 'l -> a': the longest backoff is below the initial one"));
}

TEST_CASE("nothing is planned behind the end of the run", "[checking][times]") {
    CHECK(holds(found(quietShop() + "faults: [ { at: 60s, kill: { service: shop } } ]\n"),
                "W401 the fault 'kill-shop' begins at 60s, when the run of 60s has ended"));
    CHECK(
        holds(found(quietShop() + "operations: [ { at: 2m, scale: { service: shop, to: 2 } } ]\n"),
              "W401 the operation 'scale-shop' begins at 2m"));
    CHECK(holds(found(quietShop() + "expect: [ p99(visitors) < 1s from 2m to 3m ]\n"),
                "W401 this window begins at 2m"));
    CHECK(holds(found(quietShop() + "abort: [ p99(visitors) < 1s from 2m to 3m ]\n"),
                "W401 this window begins at 2m"));
    CHECK(found(quietShop() + "faults: [ { at: 59s, kill: { service: shop } } ]\n") == "");
}

TEST_CASE("a metric is taken of what has it", "[checking][conditions]") {
    struct Case {
        char const* condition;
        char const* finding;
    };
    Case const cases[] = {
        {"queue(shop) < 5", ""},
        {"queue(visitors) < 5",
         "7:17 E309 'queue' is taken of a service, but 'visitors' is a load\n"},
        {"lag(shop) < 1s", "7:15 E309 'lag' is taken of a topic, but 'shop' is a service\n"},
        {"open(site -> shop) < 5%", ""},
        {"open(shop -> site) < 5%", "7:16 E310 there is no call 'shop -> site'\n"},
        {"p99(site -> shop/buy) < 1s", "7:15 E310 there is no call 'site -> shop/buy'\n"},
        {"p99(site/page) < 1s", ""},
        {"p99(visitors) < 1s during x", "7:37 E305 there is no fault or operation 'x'\n"},
        {"p99(visitors) < 1s after x", "7:36 E305 there is no fault or operation 'x'\n"},
        {"recovers(visitors) within 1s of x", "7:43 E305 there is no fault or operation 'x'\n"},
        {"recovers(shop/buy) within 1s of x", "7:43 E305 there is no fault or operation 'x'\n"},
    };
    for (auto const& one : cases) {
        CAPTURE(one.condition);
        CHECK(found(quietShop() + "expect: [ " + one.condition + " ]\n") == one.finding);
    }
}

TEST_CASE("mistakes of resilience are told before a run shows them", "[checking][lint]") {
    CHECK(holds(found(withSteps("call: b")), "W501 the call 'a -> b' has no timeout"));
    CHECK_FALSE(
        holds(found(withSteps("call: b") + "calls: { a -> b: { deadline: 1s } }\n"), "W501"));
    CHECK_FALSE(
        holds(found(withSteps("call: b") + "calls: { \"* -> *\": { timeout: 1s } }\n"), "W501"));
    CHECK(holds(found("services: { a: { endpoints: { e: [ work: 1ms ] } } }\n"
                      "load: { l: { to: a, rate: 1/s } }\n"),
                "W502 the queue of 'a' is unbounded"));
    CHECK(
        holds(found(withSteps("{ call: b, timeout: 2s }") + "calls: { l -> a: { timeout: 1s } }\n"),
              "W504 'a' waits up to 2s for 'b', but 'l' gives 'a' up after 1s"));
}

TEST_CASE("retries without a budget are told, also where their number is the default",
          "[checking][lint]") {
    CHECK(holds(found(withSteps("{ call: b, timeout: 1s, retry: 2 }")), "H503"));
    CHECK(holds(found(withSteps("{ call: b, timeout: 1s, retry: { backoff: 5ms } }")), "H503"));
    CHECK_FALSE(holds(found(withSteps("{ call: b, timeout: 1s, retry: 1 }")), "H503"));
    CHECK_FALSE(holds(found(withSteps("{ call: b, timeout: 1s, retry: none }")), "H503"));
    CHECK_FALSE(
        holds(found(withSteps(
                  "{ call: b, timeout: 1s, retry: { attempts: 2, budget: { ratio: 10% } } }")),
              "H503"));
}

TEST_CASE("a preset that adds nothing is simulated", "[checking][presets]") {
    auto const lines =
        found(withSteps("{ call: b, timeout: 1s, preset: resilience4j, bulkhead: 5 }"),
              checking::Purpose::Simulate);
    CHECK(lines == "");
}

TEST_CASE("what a preset brings is simulated like what is written", "[checking][presets]") {
    std::string const rules = "calls: { \"* -> *\": { preset: finagle } }\n";
    auto const lines =
        found(withSteps("{ call: b, timeout: 1s }") + rules, checking::Purpose::Simulate);
    CHECK(lines.find(" E6") == std::string::npos);
}

TEST_CASE("what a document becomes is checked too", "[checking][revisions]") {
    auto const lines =
        found(quietShop() + "operations:\n  - { at: 5s, set: { load.visitors.to: site/pag } }\n");
    CHECK(lines == "8:40 E302 the service 'site' has no endpoint 'pag'\n");
    auto const simulated = found(
        quietShop() + "operations:\n  - { at: 5s, set: { services.shop.autoscale.max: 5 } }\n",
        checking::Purpose::Simulate);
    CHECK(holds(simulated, "E604 'autoscale:' of a service is not simulated yet"));
}

TEST_CASE("what the engine cannot run is an error only when it is to be run",
          "[checking][simulated]") {
    std::string const text =
        quietShop() + "faults: [ { at: 1s, for: 1s, leak: { service: shop } } ]\n";
    CHECK(found(text) == "");
    CHECK(holds(found(text, checking::Purpose::Simulate),
                "E650 the fault 'leak' is not simulated yet"));
}
