// `shakedown replay` as its users see it: files of vectors, and tables of calls.
#include <algorithm>
#include <sstream>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/end_to_end/program.hpp"

using namespace shakedown;
using namespace shakedown::tests;

namespace {

std::string vectorFile(std::string const& dialect, std::string const& expected) {
    return "format: shakedown-vectors/1\nsuite: bulkhead\nvectors:\n"
           "- id: one\n  title: A permit is taken\n  dialect: "
           + dialect
           + "\n  config: {maxConcurrentCalls: 1}\n  steps:\n"
             "  - {do: acquire, call: a, expect: {outcome: "
           + expected + "}}\n";
}

std::string nightOfCalls() {
    std::ostringstream text;
    text << "time,duration,outcome\n";
    for (int i = 0; i < 400; ++i)
        text << i * 0.1 << ",20ms," << (i >= 100 && i < 200 ? "timeout" : "200") << "\n";
    return text.str();
}

constexpr auto breaker = "slidingWindowSize: 10\nminimumNumberOfCalls: 10\n"
                         "waitDurationInOpenState_ms: 2000\n";

} // namespace

TEST_CASE("replay says whether vectors hold", "[end-to-end][replay]") {
    Scratch const scratch;
    scratch.file("good.yaml", vectorFile("resilience4j", "permitted"));
    scratch.file("bad.yaml", vectorFile("resilience4j", "rejected"));
    scratch.file("other.yaml", vectorFile("nobodys", "permitted"));
    scratch.file("broken.yaml", "format: 3\n");

    auto const good = tests::shakedown({"replay", "good.yaml"}, scratch.path());
    CHECK(good.code == 0);
    CHECK(good.out.find("1 passed, 0 failed, 0 unsupported") != std::string::npos);
    auto const bad = tests::shakedown({"replay", "bad.yaml"}, scratch.path());
    CHECK(bad.code == 1);
    CHECK(bad.out.find("outcome is \"permitted\", expected \"rejected\"") != std::string::npos);
    auto const other = tests::shakedown({"replay", "other.yaml"}, scratch.path());
    CHECK(other.code == 1);
    CHECK(other.out.find("the dialect 'nobodys' is not offered") != std::string::npos);
    auto const broken = tests::shakedown({"replay", "broken.yaml"}, scratch.path());
    CHECK(broken.code == 3);
    CHECK(broken.err.find("broken.yaml:1:") != std::string::npos);
    auto const all = tests::shakedown({"replay", "-q", "."}, scratch.path());
    CHECK(all.out.find("1 passed, 1 failed, 1 unsupported") != std::string::npos);
    CHECK(all.code == 3);
}

TEST_CASE("replay says when a breaker would have opened", "[end-to-end][replay]") {
    Scratch const scratch;
    scratch.file("calls.csv", nightOfCalls());
    scratch.file("breaker.yaml", breaker);
    Arguments const arguments = {"replay",          "calls.csv", "--policy",
                                 "circuit_breaker", "--config",  "breaker.yaml"};
    auto const outcome = tests::shakedown(arguments, scratch.path());
    INFO(outcome.out << outcome.err);
    CHECK(outcome.code == 0);
    // The window's half is failed with call 104, on line 106.
    CHECK(outcome.out.find("line 106            10.420s  CLOSED -> OPEN\n") != std::string::npos);
    CHECK(outcome.out.find("refused 20 in a row") != std::string::npos);
    CHECK(outcome.out.find("400 calls: ") != std::string::npos);

    Arguments asJson = arguments;
    asJson.push_back("--json");
    auto const json = tests::shakedown(asJson, scratch.path());
    std::istringstream lines(json.out);
    std::string line;
    int refused = 0;
    int decisions = 0;
    nlohmann::json last;
    while (std::getline(lines, line)) {
        last = nlohmann::json::parse(line);
        decisions += last.contains("decision") && last["decision"] != "none" ? 1 : 0;
        refused += last.contains("decision") && last["decision"] == "refused" ? 1 : 0;
    }
    CHECK(decisions == 400);
    CHECK(last["refused"] == refused);
    CHECK(last["failures_avoided"].get<int>() + last["successes_lost"].get<int>() == refused);
}

TEST_CASE("a table of calls that cannot be replayed is refused", "[end-to-end][replay]") {
    Scratch const scratch;
    scratch.file("calls.csv", nightOfCalls());
    scratch.file("empty.csv", "time,duration,outcome\n");
    scratch.file("calls.CSV", nightOfCalls());
    scratch.file("calls.tsv", nightOfCalls());
    scratch.file("wrong.yaml", "slidingWindow: 3\n");
    struct Mistake {
        Arguments arguments;
        int code;
        std::string said;
    };
    auto const mistake = GENERATE(values<Mistake>({
        {{"calls.csv"}, 2, "needs --policy: one of circuit_breaker"},
        {{"calls.CSV"}, 2, "needs --policy: one of circuit_breaker"},
        {{"calls.tsv"}, 2, "needs --policy: one of circuit_breaker"},
        {{"calls.csv", "--policy", "hope"}, 2, "not 'hope'"},
        {{"calls.csv", "--policy", "retry", "--dialect", "x"}, 2, "--dialect of retry takes"},
        {{"calls.csv", "empty.csv", "--policy", "retry"}, 2, "one table of calls at a time"},
        {{"nowhere.csv", "--policy", "retry"}, 3, "nowhere.csv"},
        {{"empty.csv", "--policy", "retry"}, 3, "the table holds no call"},
        {{"calls.csv", "--policy", "retry", "--config", "none.yaml"}, 3, "none.yaml"},
        {{"calls.csv", "--policy", "circuit_breaker", "--config", "wrong.yaml"},
         3,
         "'slidingWindow' is not known"},
    }));
    Arguments arguments = {"replay"};
    arguments.insert(arguments.end(), mistake.arguments.begin(), mistake.arguments.end());
    auto const outcome = tests::shakedown(arguments, scratch.path());
    INFO(outcome.out << outcome.err);
    CHECK(outcome.code == mistake.code);
    CHECK(outcome.err.find(mistake.said) != std::string::npos);
    CHECK(outcome.out.empty());
}

TEST_CASE("the help of replay names every dialect of every policy of a log",
          "[end-to-end][replay]") {
    Scratch const scratch;
    auto const help = tests::shakedown({"replay", "--help"}, scratch.path()).out;
    for (auto const* const word : {"gobreaker", "hystrix_semaphore", "nginx_limit_req", "envoy",
                                   "tower_tps_budget", "its budget alone"})
        CHECK(help.find(word) != std::string::npos);
}
