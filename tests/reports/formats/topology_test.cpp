#include "reports/formats/topology.hpp"

#include <catch2/catch.hpp>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>

#include "reports/formats/dot.hpp"
#include "reports/formats/mermaid.hpp"
#include "tests/reports/formats/small_run.hpp"

using namespace shakedown;
using namespace shakedown::formats;
using namespace shakedown::tests;

namespace {

bool contains(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

record::Moment tenSeconds() {
    record::Interval interval;
    interval.loads = {{100, 90, 0, 10, 0, 0, 90, {}, {}, {}}};
    interval.services = {{}, {}};
    interval.calls = {{100, 100, 0, 0, 0, 0}, {100, 123, 23, 20, 4, 0}};
    return {SimTime::at(Duration::seconds(10)), interval};
}

bool hasDot() {
    if (std::system("dot -V >/dev/null 2>&1") == 0) {
        return true;
    }
    WARN("skipped: there is no dot (package graphviz)");
    return false;
}

bool isDrawn(std::string const& dot) {
    auto const file = std::filesystem::temp_directory_path()
                      / ("shakedown-topology-" + std::to_string(getpid()) + ".dot");
    std::ofstream(file, std::ios::binary) << dot;
    std::string const command = "dot -Tsvg '" + file.string()
                                + "' 2>&1 | grep -q '</svg>' && ! dot -Tsvg '" + file.string()
                                + "' 2>&1 >/dev/null | grep -q .";
    int const result = std::system(command.c_str());
    std::filesystem::remove(file);
    return result == 0;
}

// Every line of a flowchart as we write them: quoted labels without anything Mermaid reads.
void requireFlowchart(std::string const& text) {
    std::string const label = R"(\"(?:[-A-Za-z0-9 _.,:/%+\x80-\xff]|#\d+;|<br/>)*\")";
    std::regex const form(R"(flowchart LR|  n\d+(?:\[)" + label + R"(\]|\(\[)" + label
                          + R"(\]\))|  n\d+ -->(?:\|)" + label
                          + R"(\|)? n\d+|  linkStyle \d+(?:,\d+)* [-a-z0-9:,#A-F]+)");
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        CAPTURE(line);
        CHECK(std::regex_match(line, form));
    }
}

} // namespace

TEST_CASE("arrows have rates and the share that did not succeed", "[formats][topology]") {
    TopologyTally tally;
    tally.begin(smallHeader());
    tally.take(tenSeconds());
    Topology const t = tally.topology();
    REQUIRE(t.nodes.size() == 3);
    CHECK(t.nodes[0].about == "10.0/s");
    CHECK(t.nodes[1].about == "2 x 40 workers");
    REQUIRE(t.arrows.size() == 2);
    CHECK(t.arrows[0].about == "10.0/s, 0.00 % failed");
    CHECK(t.arrows[0].trouble == Trouble::None);
    CHECK(t.arrows[1].about == "12.3/s, 19.5 % failed");
    CHECK(t.arrows[1].trouble == Trouble::Much);
    CHECK(t.arrows[1].from == 1);
    CHECK(t.arrows[1].to == 2);
}

TEST_CASE("a record without intervals gives the shape alone", "[formats][topology]") {
    TopologyTally tally;
    tally.begin(smallHeader());
    Topology const t = tally.topology();
    CHECK(t.nodes[0].about.empty());
    REQUIRE(t.arrows.size() == 2);
    CHECK(t.arrows[1].about.empty());
    CHECK(t.arrows[1].trouble == Trouble::Unknown);
}

TEST_CASE("topology.dot names nodes by number and labels them", "[formats][dot]") {
    std::string const dot = rendered(Format::Dot, smallHeader(), {tenSeconds()});
    CHECK(contains(dot, "  n0 [label=\"visitors\\n10.0/s\", shape=ellipse];\n"));
    CHECK(contains(dot, "  n1 -> n2 [label=\"12.3/s, 19.5 % failed\", color=\"#A32100\""));
}

TEST_CASE("Graphviz draws topology.dot without a word", "[formats][dot]") {
    if (!hasDot()) {
        return;
    }
    CHECK(isDrawn(rendered(Format::Dot, smallHeader(), {tenSeconds()})));
    CHECK(isDrawn(rendered(Format::Dot, smallHeader(), {})));
    auto header = smallHeader();
    header.scenario = hostile() + "\\";
    header.names.loads = {hostile() + "\\\" ]; node [shape=\"&bad;\\N"};
    header.names.services = {"end", "graph\\"};
    header.names.calls = {header.names.loads[0] + " -> end", "end -> graph\\"};
    std::string const dot = rendered(Format::Dot, header, {tenSeconds()});
    CAPTURE(dot);
    CHECK(isDrawn(dot));
    CHECK_FALSE(isDrawn("digraph { a [label=\"b\"c\"]; }"));
}

TEST_CASE("labels of dot are escaped", "[formats][dot]") {
    CHECK(dotLabel("a\"b\\c&d\ne") == "a\\\"b\\\\c&amp;d e");
    CHECK(dotLabel("\xff") == "\xef\xbf\xbd");
}

TEST_CASE("topology.mmd is a flowchart with quoted labels", "[formats][mermaid]") {
    std::string const text = rendered(Format::Mermaid, smallHeader(), {tenSeconds()});
    CHECK(text.starts_with("flowchart LR\n  n0([\"visitors<br/>10.0/s\"])\n"));
    CHECK(contains(text, "  n1 -->|\"12.3/s, 19.5 % failed\"| n2\n"));
    CHECK(contains(text, "  linkStyle 1 stroke:#A32100"));
    requireFlowchart(text);
}

TEST_CASE("nothing in a name is read by Mermaid", "[formats][mermaid]") {
    CHECK(mermaidLabel("a\"b[c]{d}|e;f#g`h<i>&j\\\nk")
          == "a#34;b#91;c#93;#123;d#125;#124;e#59;f#35;g#96;h#60;i#62;#38;j#92; k");
    auto header = smallHeader();
    header.names.loads = {hostile()};
    header.names.services = {"end", "subgraph x[\"y\"]"};
    header.names.calls = {hostile() + " -> end", "end -> subgraph x[\"y\"]"};
    requireFlowchart(rendered(Format::Mermaid, header, {tenSeconds()}));
    requireFlowchart(rendered(Format::Mermaid, hostileHeader(), everyMoment()));
}
