#include <catch2/catch.hpp>

#include <string>

#include "scenarios/reading/reader.hpp"
#include "tests/scenarios/reading/read_result.hpp"

using namespace shakedown;
using namespace shakedown::tests;

namespace {

reading::ReadResult readWith(std::string const& vars, std::string const& rest) {
    return reading::readText("shakedown: 1\nvars: " + vars + "\n" + rest, "variables.yaml");
}

constexpr auto shop = "services: { shop: { workers: \"${n}\", endpoints: { buy: [ work: "
                      "\"exponential(${t})\" ] } } }\n";

} // namespace

TEST_CASE("a variable stands for a value or a part of one", "[reading][variables]") {
    auto const scenario = scenarioOf(readWith("{ n: 12, t: 3ms }", shop));
    CHECK(scenario.services.front().workers == 12);
    auto const& step = scenario.services.front().endpoints.front().steps.front();
    CHECK(std::get<model::Work>(step.what).amount.mean() == 0.003);
}

TEST_CASE("variables may hold variables in any order", "[reading][variables]") {
    auto const scenario =
        scenarioOf(readWith("{ a: \"${b}-${c}\", b: \"<${c}>\", c: x }", "name: \"${a}${a}\"\n"));
    CHECK(scenario.name == "<x>-x<x>-x");
}

TEST_CASE("a doubled dollar is no variable", "[reading][variables]") {
    CHECK(scenarioOf(readWith("{ a: x }", "name: costs $${a} or $5\n")).name == "costs ${a} or $5");
}

TEST_CASE("a variable that is not there is told once, with the nearest one",
          "[reading][variables]") {
    auto const result = readWith("{ nn: 12, t: 3ms }", shop);
    REQUIRE(result.findings.size() == 1);
    CHECK(result.findings.front().code == "E012");
    CHECK(result.findings.front().place.line == 3);
}

TEST_CASE("a variable of a wrong kind is refused where it is used", "[reading][variables]") {
    auto const result = readWith("{ n: many, t: 3ms }", shop);
    REQUIRE(result.findings.size() == 1);
    CHECK(result.findings.front().code == "E104");
    CHECK(result.findings.front().place.line == 3);
    CHECK(result.findings.front().place.column == 30);
}

TEST_CASE("variables are single values", "[reading][variables]") {
    CHECK(readWith("[a]", "name: x\n").findings.front().code == "E102");
    CHECK(readWith("{ a: [1] }", "name: x\n").findings.front().code == "E012");
    CHECK(readWith("{ \"a b\": 1 }", "name: x\n").findings.front().code == "E108");
    CHECK(readWith("", "name: x\n").findings.empty());
}

TEST_CASE("keys may stand once in a map, also where a list of maps is merged",
          "[reading][duplicates]") {
    auto const result = reading::readText("shakedown: 1\nname: a\nname: b\nname: c\n", "x.yaml");
    REQUIRE(result.findings.size() == 2);
    CHECK(result.findings[0].code == "E006");
    CHECK(result.findings[0].place.line == 3);
    CHECK(result.findings[1].place.line == 4);
    CHECK(result.findings[1].hint == "the first is in line 2");
}

TEST_CASE("anchors and merge keys copy parts of the document", "[reading][anchors]") {
    auto const scenario = scenarioOf(reading::readText(
        "shakedown: 1\n"
        "services:\n"
        "  a: &a { workers: 4, replicas: 3, endpoints: &e { get: [ work: 1ms ] } }\n"
        "  b: { <<: *a, workers: 8 }\n"
        "  c: { endpoints: *e }\n",
        "anchors.yaml"));
    CHECK(scenario.services[1].workers == 8);
    CHECK(scenario.services[1].replicas == 3);
    CHECK(scenario.services[2].endpoints.size() == 1);
    CHECK(scenario.services[2].replicas == 1);
}
