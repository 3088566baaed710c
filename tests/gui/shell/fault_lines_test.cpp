#include <catch2/catch.hpp>

#include "gui/shell/fault_lines.hpp"
#include "scenarios/checking/check.hpp"
#include "scenarios/reading/reader.hpp"
#include "scenarios/reading/text_edit.hpp"
#include "tests/gui/session/recorded.hpp"

using namespace shakedown;

TEST_CASE("every fault of a click is a line that can be simulated", "[gui][shell]") {
    for (QString const subject : {"autos", "site -> autos"}) {
        for (auto const& verb : gui::verbsFor(subject)) {
            auto const line =
                gui::faultLine(verb, subject, SimTime::at(Duration::milliseconds(12'345)));
            INFO(line.toStdString());
            CHECK(line.contains("at: 12.3s"));
            auto const edited = reading::withItem(tests::cascade, "faults", line.toStdString());
            REQUIRE(edited);
            CHECK_FALSE(edited.value().isWrittenAnew);
            auto const read = reading::readText(edited.value().text, "x.yaml");
            REQUIRE(read.scenario);
            CHECK(read.scenario->faults.size() == 3);
            CHECK_FALSE(hasErrors(checking::check(*read.scenario, checking::Purpose::Simulate)));
        }
    }
}

TEST_CASE("the time of a click is written out, however late it is", "[gui][shell]") {
    auto const late = SimTime::at(Duration::fromSeconds(1'234'567.8));
    CHECK(gui::faultLine("kill", "autos", late).contains("at: 1234567.8s"));
    CHECK(gui::flipLine("site -> autos", "disabled", late).contains("at: 1234567.8s"));
    CHECK(gui::faultLine("kill", "autos", SimTime::at(Duration::seconds(5))).contains("at: 5s"));
}
