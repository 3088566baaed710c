#include <catch2/catch.hpp>

#include "tests/scenarios/checking/check_document.hpp"

using namespace shakedown::tests;

TEST_CASE("a document whose names are all there is quiet", "[checking][names]") {
    CHECK(found(quietShop()) == "");
}

TEST_CASE("a call names a service and an endpoint that are there", "[checking][names]") {
    CHECK(found("services: { a: { queue: 1, endpoints: { e: [ { call: b, timeout: 1s } ] } } }\n"
                "load: { l: { to: a, rate: 1/s } }\n")
          == "2:54 E301 there is no service 'b'\n");
    CHECK(found("services: { a: { queue: 1, endpoints: { e: [ work: 1ms ] } } }\n"
                "load: { l: { to: a/f, rate: 1/s } }\n")
          == "3:18 E302 the service 'a' has no endpoint 'f'\n");
    CHECK(found("services: { a: { queue: 1 } }\nload: { l: { to: a, rate: 1/s } }\n")
          == "3:18 E303 the service 'a' has no endpoint to call\n");
}

TEST_CASE("calls within other steps are looked at too", "[checking][names]") {
    for (char const* steps :
         {"parallel: [ { call: b, timeout: 1s } ]", "optional: [ { call: b, timeout: 1s } ]",
          "repeat: { times: 2, do: [ { call: b, timeout: 1s } ] }",
          "choose: [ { p: 10%, do: [ { call: b, timeout: 1s } ] } ]",
          "cache: { hit: 10%, miss: [ { call: b, timeout: 1s } ] }"}) {
        CAPTURE(steps);
        auto const lines =
            found("services: { a: { queue: 1, endpoints: { e: [ " + std::string(steps)
                  + " ] } } }\nload: { l: { to: a, rate: 1/s } }\n");
        CHECK(lines.find("E301 there is no service 'b'") != std::string::npos);
    }
}

TEST_CASE("a rule of calls names what is there, and a call that is made", "[checking][names]") {
    CHECK(found(quietShop() + "calls: { site -> shp: { timeout: 1s } }\n")
          == "7:10 E301 there is no service 'shp'\n");
    CHECK(found(quietShop() + "calls: { shop -> site: { timeout: 1s } }\n")
          == "7:10 W402 nobody makes a call 'shop -> site'\n");
    CHECK(found(quietShop()
                + "calls: { \"* -> shop\": { timeout: 1s }, \"* -> *\": { latency: 1ms } }\n")
          == "");
    // A load is named, because '*' is any service.
    CHECK(found(quietShop() + "calls: { \"* -> site\": { timeout: 1s } }\n")
          == "7:10 W402 nobody makes a call '* -> site'\n");
}

TEST_CASE("topics, projections and their services are there", "[checking][names]") {
    CHECK(found(quietShop()
                + "topics:\n  t: { consumers: [ shop/by ], dead_letters: d, projections: { p: { "
                  "service: shp } } }\n")
          == "8:3 E304 there is no topic 'd'\n8:21 E302 the service 'shop' has no endpoint 'by'\n"
             "8:64 E301 there is no service 'shp'\n");
}

TEST_CASE("hosts and zones of the platform are there", "[checking][names]") {
    CHECK(found(quietShop()
                + "platform:\n  hosts: { h1: { zone: north } }\n"
                  "  links: { l: { between: [h1, h2], bandwidth: 1Gbps } }\n"
                  "  explicitly: { shp: [h1], shop: [h3] }\n")
          == "9:12 E304 there is no host 'h2'\n10:17 E301 there is no service 'shp'\n"
             "10:28 E304 there is no host 'h3'\n");
}

TEST_CASE("what the agent needs names what is there", "[checking][names]") {
    CHECK(found(quietShop()
                + "live:\n  agents: { a1: \"h:1\" }\n  services: { shp: { agent: a1 }, shop: { "
                  "agent: a2 } }\n"
                  "  load: { visitor: { url: \"http://h\" } }\n")
          == "9:15 E301 there is no service 'shp'\n9:35 E304 there is no agent 'a2'\n"
             "10:11 E304 there is no load 'visitor'\n");
}
