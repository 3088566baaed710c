#include "scenarios/reading/name_grammar.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace shakedown;
using namespace shakedown::reading;

TEST_CASE("a name holds letters, digits and a few marks", "[reading][name]") {
    for (char const* name : {"a", "orders-db", "a.b:c_d", "42", "caf\xC3\xA9", "-"}) {
        CAPTURE(name);
        CHECK(parseName(name).ok());
    }
    for (char const* name : {"", " ", "a b", "a/b", "a>b", "*", "${x}", "a,b", "(a)", "a\nb"}) {
        CAPTURE(name);
        CHECK_FALSE(parseName(name).ok());
    }
    CHECK(parseName(std::string(200, 'a')).ok());
    CHECK_FALSE(parseName(std::string(201, 'a')).ok());
}

TEST_CASE("the callee of a call is a service, or one of its endpoints", "[reading][name]") {
    auto const alone = parseEndpointName("shop").value();
    CHECK(alone.service == "shop");
    CHECK(alone.endpoint.empty());
    auto const exact = parseEndpointName("shop/buy").value();
    CHECK(exact.service == "shop");
    CHECK(exact.endpoint == "buy");
    for (char const* name : {"", "/", "shop/", "/buy", "shop/buy/now", "shop /buy"}) {
        CAPTURE(name);
        CHECK_FALSE(parseEndpointName(name).ok());
    }
}

TEST_CASE("a call is caller -> callee", "[reading][name]") {
    auto const call = parseCallName("site -> autos/search").value();
    CHECK(call.caller == "site");
    CHECK(call.callee.service == "autos");
    CHECK(call.callee.endpoint == "search");
    CHECK(parseCallName("* -> *").value().caller == "*");
    CHECK(parseCallName("* -> autos").ok());
    CHECK(model::toText(call) == "site -> autos/search");
}

TEST_CASE("what is no call is refused where it stops being one", "[reading][name]") {
    struct Case {
        char const* text;
        char const* code;
        int column;
    };
    Case const cases[] = {{"site->autos", "E109", 1},
                          {"site", "E109", 1},
                          {"", "E109", 1},
                          {"site => autos", "E109", 1},
                          {" -> autos", "E108", 1},
                          {"site -> ", "E108", 9},
                          {"si te -> autos", "E108", 3},
                          {"site -> au tos", "E108", 11},
                          {"a -> b -> c", "E108", 7},
                          {"a -> b/", "E108", 8}};
    for (auto const& one : cases) {
        CAPTURE(one.text);
        auto const parsed = parseCallName(one.text);
        REQUIRE_FALSE(parsed.ok());
        CHECK(parsed.errors().front().code == one.code);
        CHECK(parsed.errors().front().place.column == one.column);
    }
}
