#include <catch2/catch.hpp>

#include "tests/scenarios/checking/check_document.hpp"

using namespace shakedown::tests;

namespace {

std::string ofFault(std::string const& fault) {
    return found(quietShop() + "faults:\n  - { at: 1s, for: 1s, " + fault + " }\n");
}

std::string ofOperation(std::string const& operation) {
    return found(quietShop() + "operations:\n  - { at: 1s, " + operation + " }\n");
}

} // namespace

TEST_CASE("the targets of faults are there, and are pointed at", "[checking][targets]") {
    CHECK(ofFault("slow: { service: site, endpoint: page, add: 1s }") == "");
    CHECK(ofFault("slow: { service: sit, add: 1s }") == "8:41 E301 there is no service 'sit'\n");
    CHECK(ofFault("slow: { service: site, endpoint: pag, add: 1s }")
          == "8:57 E302 the service 'site' has no endpoint 'pag'\n");
    CHECK(ofFault("crash: { zone: north }") == "");
    CHECK(ofFault("crash: { zone: nort }") == "8:39 E304 there is no zone 'nort'\n");
    CHECK(ofFault("crash: { host: h1 }") == "8:39 E304 there is no host 'h1'\n");
    CHECK(ofFault("latency: { call: site -> shop, add: 1ms }") == "");
    CHECK(ofFault("latency: { call: sit -> shop, add: 1ms }")
          == "8:41 E301 there is no service or load 'sit'\n");
    CHECK(ofFault("latency: { link: l, add: 1ms }") == "8:41 E304 there is no link 'l'\n");
    CHECK(ofFault("surge: { load: visitor, factor: 2 }")
          == "8:39 E304 there is no load 'visitor'\n");
    CHECK(ofFault("poison_message: { topic: t }") == "8:49 E304 there is no topic 't'\n");
    CHECK(ofFault("cold: { service: site, cache: c }") == "8:54 E304 there is no cache 'c'\n");
}

TEST_CASE("a partition has sides that are there", "[checking][targets]") {
    CHECK(ofFault("partition: { between: [visitors, north], and: shop }") == "");
    CHECK(ofFault("partition: { between: [visitors, south], and: [shop, sho] }")
          == "8:57 E304 there is no service, load or zone 'south'\n"
             "8:77 E304 there is no service, load or zone 'sho'\n");
}

TEST_CASE("replicas of a target are there", "[checking][targets]") {
    CHECK(ofFault("kill: { service: site, replicas: [0, 1] }") == "");
    CHECK(ofFault("kill: { service: site, replicas: 2 }") == "");
    CHECK(ofFault("kill: { service: site, replicas: 3 }")
          == "8:57 E307 'site' does not have 3 replicas\n");
    CHECK(ofFault("kill: { service: site, replicas: [1, 2] }")
          == "8:61 E307 'site' has no replica number 2\n");
    CHECK(ofFault("kill: { service: site, replicas: 50% }") == "");
}

TEST_CASE("the targets of operations are there", "[checking][targets]") {
    CHECK(ofOperation("scale: { service: site, to: 3 }") == "");
    CHECK(ofOperation("scale: { service: sit, to: 3 }") == "8:33 E301 there is no service 'sit'\n");
    CHECK(ofOperation("flip_breaker: { call: site -> sho }")
          == "8:37 E301 there is no service 'sho'\n");
    CHECK(ofOperation("deploy: { service: site, version: v2 }")
          == "8:49 E304 'site' has no version 'v2'\n");
    CHECK(ofOperation("replay: { projection: p }") == "8:37 E304 there is no projection 'p'\n");
}

TEST_CASE("a surge is of an open load", "[checking][targets]") {
    CHECK(found("run: { for: 9s }\nservices: { a: { queue: 1, endpoints: { e: [ work: 1ms ] } } }\n"
                "load: { l: { to: a, users: 5 } }\nfaults: [ { at: 1s, for: 1s, surge: { load: l, "
                "factor: 2 } } ]\n")
          == "5:45 E307 'surge' changes the rate of an open load; 'l' has users\n");
}
