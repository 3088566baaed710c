#include "tests/tidy/rules.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace shakedown::tidy;

// Every rule is tried on a small tree that breaks it: a rule that cannot fail guards nothing.
namespace {

Rooms const house("scenarios/vocabulary: \n"
                  "scenarios/model: scenarios/vocabulary\n"
                  "scenarios/reading: scenarios/model\n"
                  "sim/kernel: scenarios/vocabulary\n"
                  "sim/platform: sim/kernel\n"
                  "sim/platform/simgrid: sim/platform\n"
                  "sim/world: sim/platform scenarios/model\n"
                  "reports/measure: \n"
                  "cli: sim/world scenarios/reading\n");

std::vector<std::string> pathsOf(Findings const& findings) {
    std::vector<std::string> paths;
    for (Finding const& finding : findings) {
        paths.push_back(finding.path);
    }
    return paths;
}

std::string including(std::string const& target) {
    return "#include <" + target + ">\n";
}

using Paths = std::vector<std::string>;

} // namespace

TEST_CASE("an include against the arrows is found, with its line", "[tidy][arrows]") {
    Tree const tree{{"sim/kernel/clock.hpp", "#pragma once\n#include \"sim/world/world.hpp\"\n"},
                    {"sim/world/world.hpp", "#include \"sim/kernel/clock.hpp\"\n"}};
    auto const findings = arrowsFollowTheTable(tree, house);
    REQUIRE(pathsOf(findings) == Paths{"sim/kernel/clock.hpp"});
    REQUIRE(findings[0].line == 2);
    REQUIRE(findings[0].message == "sim/kernel may not include sim/world/world.hpp");
}

TEST_CASE("arrows are transitive but not reversible", "[tidy][arrows]") {
    REQUIRE(house.allows("cli", "sim/kernel"));
    REQUIRE_FALSE(house.allows("sim/kernel", "cli"));
    REQUIRE_FALSE(house.allows("sim/kernel", "scenarios/model"));
}

TEST_CASE("the vocabulary is open to every room, and a room to itself", "[tidy][arrows]") {
    REQUIRE(house.allows("reports/measure", "scenarios/vocabulary"));
    REQUIRE(house.allows("reports/measure", "reports/measure"));
}

TEST_CASE("a relative include is found", "[tidy][arrows]") {
    auto const include = GENERATE(as<std::string>{}, "../world/world.hpp", "event.hpp");
    Tree const tree{{"sim/kernel/clock.hpp", "#include \"" + include + "\"\n"},
                    {"sim/kernel/event.hpp", ""},
                    {"sim/world/world.hpp", ""}};
    REQUIRE(pathsOf(arrowsFollowTheTable(tree, house)) == Paths{"sim/kernel/clock.hpp"});
}

TEST_CASE("a room may not include a test", "[tidy][arrows]") {
    Tree const tree{{"sim/kernel/clock.hpp", "#include \"tests/environment.hpp\"\n"},
                    {"tests/environment.hpp", ""}};
    REQUIRE(pathsOf(arrowsFollowTheTable(tree, house)) == Paths{"sim/kernel/clock.hpp"});
}

TEST_CASE("an include in angle brackets is held to the arrows too", "[tidy][arrows]") {
    Tree const tree{{"sim/kernel/clock.hpp", "  #  include <sim/world/world.hpp>\n"},
                    {"sim/world/world.hpp", ""}};
    REQUIRE(pathsOf(arrowsFollowTheTable(tree, house)) == Paths{"sim/kernel/clock.hpp"});
}

TEST_CASE("an include in a comment or a literal is none", "[tidy][arrows]") {
    Tree const tree{{"sim/kernel/clock.hpp",
                     "/*\n#include \"sim/world/world.hpp\"\n*/\n"
                     "auto s = R\"(\n#include \"sim/world/world.hpp\"\n)\";\n"},
                    {"sim/world/world.hpp", ""}};
    REQUIRE(arrowsFollowTheTable(tree, house).empty());
}

TEST_CASE("a table whose arrow points downwards is refused", "[tidy][arrows]") {
    REQUIRE_THROWS(Rooms("sim/kernel: sim/world\nsim/world: \n"));
}

TEST_CASE("a source that does not include its own header first is found", "[tidy][headers]") {
    Tree const tree{
        {"sim/kernel/clock.cpp", "#include <vector>\n#include \"sim/kernel/clock.hpp\"\n"},
        {"sim/kernel/clock.hpp", ""},
        {"sim/kernel/event.cpp", "#include \"sim/kernel/event.hpp\"\n"},
        {"sim/kernel/event.hpp", ""},
        {"sim/kernel/tables.cpp", "#include <vector>\n"}};
    REQUIRE(pathsOf(ownHeaderComesFirst(tree)) == Paths{"sim/kernel/clock.cpp"});
}

TEST_CASE("a confined library is found outside its room", "[tidy][confined]") {
    auto const [library, inside] =
        GENERATE(table<std::string, std::string>({{"yaml-cpp/yaml.h", "scenarios/reading"},
                                                  {"simgrid/s4u.hpp", "sim/platform/simgrid"},
                                                  {"boost/asio.hpp", "cli"},
                                                  {"spdlog/spdlog.h", "cli"}}));
    Tree const tree{{"sim/world/a.cpp", including(library)},
                    {"tests/" + inside + "/a_test.cpp", including(library)},
                    {inside + "/a.cpp", including(library)}};
    REQUIRE(pathsOf(confinedThingsStayInside(tree, house)) == Paths{"sim/world/a.cpp"});
}

TEST_CASE("a bench may be written for SimGrid, which it compares with", "[tidy][confined]") {
    Tree const tree{{"tests/bench/a_bench.cpp", including("simgrid/s4u.hpp")},
                    {"tests/laws/a_test.cpp", including("simgrid/s4u.hpp")}};
    REQUIRE(pathsOf(confinedThingsStayInside(tree, house)) == Paths{"tests/laws/a_test.cpp"});
}

TEST_CASE("Qt is found outside the desktop app", "[tidy][confined]") {
    auto const header =
        GENERATE(as<std::string>{}, "QWidget", "QtCore/QString", "Qsci/qscilexer.h");
    REQUIRE(confinedThingsStayInside({{"cli/a.cpp", including(header)}}, house).size() == 1);
}

TEST_CASE("a wall clock and true entropy are found outside programs", "[tidy][confined]") {
    Tree const tree{{"cli/a.cpp", "std::random_device device;"},
                    {"sim/world/a.cpp", "auto t =\n std::chrono::system_clock::now();"},
                    {"sim/world/b.cpp", "// never a system_clock\nauto s = \"random_device\";"}};
    auto const findings = confinedThingsStayInside(tree, house);
    REQUIRE(pathsOf(findings) == Paths{"sim/world/a.cpp"});
    REQUIRE(findings[0].line == 2);
}

TEST_CASE("a number with separators does not hide what follows it", "[tidy][confined]") {
    Tree const tree{{"sim/world/a.cpp", "int a = 1'000; std::random_device b;"}};
    REQUIRE(confinedThingsStayInside(tree, house).size() == 1);
}

TEST_CASE("a room with sources and no README is found", "[tidy][readme]") {
    Tree const tree{{"sim/kernel/README.md", ""},
                    {"sim/kernel/clock.hpp", ""},
                    {"sim/world/a.hpp", ""},
                    {"sim/world/b.hpp", ""}};
    REQUIRE(pathsOf(roomsHaveReadmes(tree, house)) == Paths{"sim/world"});
}

TEST_CASE("a source in no room is found", "[tidy][orphans]") {
    Tree const tree{{"sim/loose.cpp", ""},
                    {"sim/kernel/clock.cpp", ""},
                    {"sim/kernel/deep/clock.cpp", ""},
                    {"tests/elsewhere/a_test.cpp", ""},
                    {"tests/laws/queue_test.cpp", ""},
                    {"tests/sim/kernel/clock_test.cpp", ""}};
    REQUIRE(pathsOf(noOrphans(tree, house))
            == Paths{"sim/loose.cpp", "sim/kernel/deep/clock.cpp", "tests/elsewhere/a_test.cpp"});
}

TEST_CASE("a drawer is found, once", "[tidy][drawers]") {
    Tree const tree{{"sim/utils/a.cpp", ""},
                    {"sim/utils/b.cpp", ""},
                    {"sim/kernel/helpers.hpp", ""},
                    {"cli/string_util.hpp", ""},
                    {"scenarios/common_random_numbers.hpp", ""}};
    REQUIRE(pathsOf(noDrawers(tree))
            == Paths{"sim/utils", "sim/kernel/helpers.hpp", "cli/string_util.hpp"});
}

TEST_CASE("unfinished work without a note is found", "[tidy][unfinished]") {
    std::string const mark = std::string("TO") + "DO";
    Tree const tree{{"docs/decisions/retry-order.md", ""},
                    {"sim/kernel/a.cpp", "\n// " + mark + ": later"},
                    {"sim/kernel/b.cpp", "// " + mark + "(retry-order): later"},
                    {"sim/kernel/c.cpp", "// " + mark + "(nowhere): later"}};
    auto const findings = unfinishedWorkHasNotes(tree);
    REQUIRE(pathsOf(findings) == Paths{"sim/kernel/a.cpp", "sim/kernel/c.cpp"});
    REQUIRE(findings[0].line == 2);
}

TEST_CASE("a shell is found", "[tidy][shell]") {
    Tree const tree{{"chaos-agent/a.cpp", "int f() { return system(\"ls\"); }"},
                    {"chaos-agent/b.cpp", "FILE* f = popen(words, mode);"},
                    {"chaos-agent/c.cpp", "execv(\"/bin/bash\", words);"},
                    {"chaos-agent/d.cpp", "auto f = system::run(words); // system(3) is not used"},
                    {"tests/e.cpp", "system(\"ls\");"}};
    REQUIRE(pathsOf(noShell(tree))
            == Paths{"chaos-agent/a.cpp", "chaos-agent/b.cpp", "chaos-agent/c.cpp"});
}

TEST_CASE("a path of one machine is found", "[tidy][machine]") {
    auto const folder = GENERATE(as<std::string>{},
                                 "wo"
                                 "rk",
                                 "ro"
                                 "ot",
                                 "ho"
                                 "me");
    Tree const tree{{"docs/a.md", "first\nsee /" + folder + "/somebody/notes"},
                    {"sim/a.cpp", "streams.open(\"orders/" + folder + "/2\")"},
                    {"sim/b.cpp", "open(\"/" + folder + "/x\")"}};
    auto const findings = noMachinePaths(tree);
    REQUIRE(pathsOf(findings) == Paths{"docs/a.md", "sim/b.cpp"});
    REQUIRE(findings[0].line == 2);
}

TEST_CASE("a script that cannot be executed is found", "[tidy][scripts]") {
    Tree const tree{{"script/good", "#!/bin/sh\n", true},
                    {"script/still", "#!/bin/sh\n", false},
                    {"script/mute", "echo\n", true},
                    {"docs/draw.py", "#!/usr/bin/env python3\n", false}};
    REQUIRE(pathsOf(scriptsAreExecutable(tree))
            == Paths{"script/still", "script/mute", "docs/draw.py"});
}
