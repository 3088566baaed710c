#include <catch2/catch.hpp>

#include <algorithm>

#include "chaos-agent/conduct/codes.hpp"
#include "chaos-agent/conduct/programme.hpp"
#include "scenarios/checking/catalogue.hpp"
#include "tests/chaos-agent/conduct/document.hpp"

using namespace shakedown;
using conduct::Programme;
using conduct::ProgrammeOptions;

namespace {

Programme programmeOf(std::string const& text, ProgrammeOptions const& options = {}) {
    auto const scenario = tests::document(text);
    auto made = conduct::programmeOf(scenario, options);
    if (!made) {
        FAIL(made.errors().front().message);
    }
    return made.value();
}

// The codes of what is in the way, sorted.
std::vector<std::string> refusals(std::string const& text, ProgrammeOptions const& options = {}) {
    auto const scenario = tests::document(text);
    auto const made = conduct::programmeOf(scenario, options);
    std::vector<std::string> codes;
    if (!made) {
        for (auto const& error : made.errors()) {
            INFO(error.message);
            CHECK(error.message.size() > 20);
            codes.push_back(error.code);
        }
    }
    std::sort(codes.begin(), codes.end());
    return codes;
}

constexpr auto hang = "faults:\n  - { at: 10s, for: 5s, name: stop, hang: { service: orders } }\n";

} // namespace

TEST_CASE("a programme has its agents, load, probes and occurrences", "[agent][conduct]") {
    auto const programme =
        programmeOf(tests::twoServices(hang, "  load: { visitors: \"http://127.0.0.1:1/p\" }\n"));
    REQUIRE(programme.agents.size() == 1);
    CHECK(programme.agents[0].address == "unix:/run/a.sock");
    REQUIRE(programme.loads.size() == 1);
    CHECK(programme.loads[0].patience == Duration::seconds(10));
    CHECK(programme.loads[0].rosterLoad == 0);
    REQUIRE(programme.probes.size() == 1);
    CHECK(programme.probes[0].rosterLoad == 1);
    REQUIRE(programme.occurrences.size() == 1);
    CHECK(programme.occurrences[0].begin == SimTime::at(Duration::seconds(10)));
    CHECK(programme.occurrences[0].end == SimTime::at(Duration::seconds(15)));
    auto const& asked = programme.events.at(0).faults.at(0).request;
    CHECK(asked.target == "orders");
    CHECK(asked.reason == "scenario two, fault stop");
}

TEST_CASE("a load waits as long as its call does", "[agent][conduct]") {
    auto const text =
        tests::twoServices("calls:\n  \"visitors -> front\": { timeout: 700ms, deadline: 2s }\n",
                           "  load: { visitors: \"http://127.0.0.1:1/p\" }\n");
    CHECK(programmeOf(text).loads.at(0).patience == Duration::milliseconds(700));
}

TEST_CASE("what has no end of its own ends with the run", "[agent][conduct]") {
    auto const text = tests::twoServices("faults:\n  - { at: 50s, kill: { service: orders } }\n");
    CHECK(programmeOf(text).occurrences.at(0).end == SimTime::at(Duration::seconds(60)));
    ProgrammeOptions shorter;
    shorter.until = Duration::seconds(55);
    CHECK(programmeOf(text, shorter).occurrences.at(0).end == SimTime::at(Duration::seconds(55)));
    shorter.until = Duration::seconds(40);
    CHECK(programmeOf(text, shorter).occurrences.empty());
}

TEST_CASE("what is skipped is not in the way", "[agent][conduct]") {
    auto const text =
        tests::twoServices("faults:\n  - { at: 1s, name: a, leak: { service: orders } }\n"
                           "operations:\n  - { at: 2s, name: b, drain: { service: orders } }\n");
    CHECK(refusals(text) == std::vector<std::string>{"E702", "E702"});
    ProgrammeOptions options;
    options.skip = {"a", "b"};
    CHECK(programmeOf(text, options).occurrences.empty());
    options.skip = {"a", "bb"};
    CHECK(refusals(text, options) == std::vector<std::string>{"E702", "E702"});
}

TEST_CASE("everything in the way is said at once", "[agent][conduct]") {
    CHECK(refusals("shakedown: 1\nservices: { a: { endpoints: { x: [ work: 1ms ] } } }\n"
                   "load: { v: { to: a, rate: 1/s } }\n")
          == std::vector<std::string>{"E701"});
    CHECK(refusals(tests::twoServices("", "  load: { visitors: \"ftp://x\" }\n"))
          == std::vector<std::string>{"E704"});
    auto const unknown = "faults:\n  - { at: 1s, for: 1s, partition: { between: [orders], and: "
                         "[visitors] } }\n";
    CHECK(refusals(tests::twoServices(unknown)) == std::vector<std::string>{"E703"});
    CHECK(refusals("shakedown: 1\nservices: { a: { endpoints: { x: [ work: 1ms ] } } }\n"
                   "load: { v: { to: a, users: 3 } }\n"
                   "live:\n  load: { v: \"http://127.0.0.1:1/\" }\n"
                   "faults:\n  - { at: 1s, for: 1s, hang: { service: a } }\n")
          == std::vector<std::string>{"E703", "E705", "E707"});
}

TEST_CASE("limits of the blast are kept before anything starts", "[agent][conduct]") {
    auto const two = "faults:\n  - { at: 10s, for: 5s, hang: { service: orders } }\n"
                     "  - { at: 12s, for: 5s, hang: { service: front } }\n";
    auto const limited = [&](std::string const& limits) {
        return refusals(tests::twoServices(two, "  limits: { " + limits + " }\n"));
    };
    CHECK(limited("max_faults: 2, max_targets: 2, max_duration: 5s").empty());
    CHECK(limited("max_faults: 1") == std::vector<std::string>{"E708"});
    CHECK(limited("max_targets: 1") == std::vector<std::string>{"E708"});
    CHECK(limited("max_duration: 4s") == std::vector<std::string>{"E708", "E708"});
}

TEST_CASE("every code of a live run is explained", "[agent][conduct]") {
    namespace codes = conduct::codes;
    for (auto const* code :
         {codes::noLiveSection, codes::notLive, codes::noTarget, codes::badUrl, codes::closedLoad,
          codes::badProbe, codes::nothingToSee, codes::limitBroken}) {
        INFO(code);
        CHECK(checking::explain(code));
    }
}
