#include <catch2/catch.hpp>

#include "scenarios/vectors/outcome_table.hpp"
#include "scenarios/vectors/vectors.hpp"

using namespace shakedown;
using vectors::CallOutcome;
using vectors::readOutcomes;

TEST_CASE("a table of calls is read in order of time", "[vectors][calls]") {
    auto const calls = readOutcomes("# a night\n"
                                    "outcome;note;host;time;duration\n"
                                    "ok;\"a;b\";east;10.5;250ms\n"
                                    "503;x;west;10;0.5\r\n"
                                    "\n"
                                    "Timeout;x;east;12;1s\n"
                                    "404;x;east;13;0\n"
                                    "ignored;x;east;14;0\n",
                                    "calls.csv");
    REQUIRE(calls.ok());
    auto const& all = calls.value();
    REQUIRE(all.size() == 5);
    CHECK(all[0].begun == SimTime());
    CHECK(all[0].outcome == CallOutcome::Failure);
    CHECK(all[0].status == 503);
    CHECK(all[0].host == "west");
    CHECK(all[0].line == 4);
    CHECK(all[1].begun == SimTime() + Duration::milliseconds(500));
    CHECK(all[1].took == Duration::milliseconds(250));
    CHECK(all[1].outcome == CallOutcome::Success);
    CHECK(all[2].outcome == CallOutcome::Failure);
    CHECK(all[3].outcome == CallOutcome::Success);
    CHECK(all[4].outcome == CallOutcome::Ignored);
}

TEST_CASE("times may be dates of any zone", "[vectors][calls]") {
    auto const calls = readOutcomes("time,duration,outcome\n"
                                    "2026-03-01T02:13:05.250Z,0,ok\n"
                                    "2026-03-01 03:13:06+01:00,0,ok\n"
                                    "2026-02-28T23:59:59.5,0,ok\n",
                                    "calls.csv");
    REQUIRE(calls.ok());
    auto const& all = calls.value();
    CHECK(all[0].line == 4);
    CHECK(all[2].begun - all[1].begun == Duration::milliseconds(750));
    CHECK(all[1].begun - all[0].begun == Duration::milliseconds(7'985'750));
}

TEST_CASE("what is wrong in a table of calls is named with its place", "[vectors][calls]") {
    struct Wrong {
        std::string text;
        std::string said;
        int line;
        int column;
    };
    auto const wrong = GENERATE(values<Wrong>({
        {"", "the file is empty", 1, 1},
        {"# a remark\n\n", "the file is empty", 1, 1},
        {"time,duration,outcome\n", "the table holds no call", 1, 1},
        {"time,duration\n1,2\n", "no column 'outcome'; it has 'time', 'duration'", 1, 1},
        {"time,duration,outcome,result\n1,2,ok,ok\n", "'result' stands twice", 1, 23},
        {"time,duration,outcome\n1,2\n", "this line has 2 cells", 2, 1},
        {"time,duration,outcome\nsoon,2,ok\n", "'soon' is no time", 2, 1},
        {"time,duration,outcome\nnan,2,ok\n", "'nan' is no time", 2, 1},
        {"time,duration,outcome\n2026-02-30T00:00:00,2,ok\n", "is no time", 2, 1},
        {"time,duration,outcome\n2026-02-03T00:00:00.5Q,2,ok\n", "is no time", 2, 1},
        {"time,duration,outcome\n1,-2,ok\n", "'-2' is no duration", 2, 3},
        {"time,duration,outcome\n1,2 moons,ok\n", "'2 moons' is no duration", 2, 3},
        {"time,duration,outcome\n1,2,ok\n1,2,fine\n", "'fine' is no outcome", 3, 5},
        {"time,duration,outcome\n1,2,600\n", "'600' is no outcome", 2, 5},
        {"time,duration,outcome\n1,2,\n", "'' is no outcome", 2, 5},
    }));
    auto const calls = readOutcomes(wrong.text, "calls.csv");
    INFO(wrong.text);
    REQUIRE_FALSE(calls.ok());
    auto const& first = calls.errors().front();
    INFO(first.message);
    CHECK(first.message.find(wrong.said) != std::string::npos);
    CHECK(first.place == Place{"calls.csv", wrong.line, wrong.column});
    CHECK_FALSE(first.code.empty());
}

TEST_CASE("a table that is wrong everywhere is not reported everywhere", "[vectors][calls]") {
    std::string text = "time,duration,outcome\n1,1,ok\n";
    for (int i = 0; i < 1000; ++i)
        text += "x,y,z\n";
    auto const calls = readOutcomes(text, "calls.csv");
    REQUIRE_FALSE(calls.ok());
    CHECK(calls.errors().size() == 20);
}

TEST_CASE("a configuration is a map", "[vectors]") {
    auto const config = vectors::readConfig("a: 1\nb: 'x'\n", "config.yaml");
    REQUIRE(config.ok());
    CHECK(config.value().dump() == R"({"a":1,"b":"x"})");
    auto const list = vectors::readConfig("[1, 2]\n", "config.yaml");
    REQUIRE_FALSE(list.ok());
    CHECK(list.errors().front().message.find("is a map") != std::string::npos);
    CHECK_FALSE(vectors::readConfig("a: [", "config.yaml").ok());
}

TEST_CASE("a broken file of vectors names every place", "[vectors]") {
    auto const suite = vectors::readVectors("format: shakedown-vectors/1\n"
                                            "suite: retry\n"
                                            "vectors:\n"
                                            "- {id: a, title: t, dialect: d, stepz: []}\n"
                                            "- {id: a, title: t, dialect: d, steps: [{n: 0}]}\n",
                                            "v.yaml");
    REQUIRE_FALSE(suite.ok());
    std::string all;
    for (auto const& finding : suite.errors())
        all += std::to_string(finding.place.line) + " " + finding.message + finding.hint + "\n";
    INFO(all);
    CHECK(all.find("4 unknown key 'stepz'did you mean 'steps'?") != std::string::npos);
    CHECK(all.find("4 'steps' is missing") != std::string::npos);
    CHECK(all.find("5 'do' is missing") != std::string::npos);
    CHECK(all.find("5 'n' is a count from 1") != std::string::npos);
    CHECK(all.find("5 the id 'a' stands twice") != std::string::npos);
    CHECK_FALSE(vectors::readVectors("format: other/2\nsuite: x\nvectors: []\n", "v").ok());
    CHECK_FALSE(vectors::readVectors("- 1\n", "v").ok());
}

TEST_CASE("a column that is nearly right is the hint for the one that is missing",
          "[vectors][calls]") {
    auto const calls = readOutcomes("time,duraton,outcome\n1,2,ok\n", "calls.csv");
    REQUIRE_FALSE(calls.ok());
    CHECK(calls.errors().front().hint == "write 'duration' for 'duraton'?");
}
