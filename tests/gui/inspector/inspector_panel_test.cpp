#include "gui/inspector/inspector_panel.hpp"

#include <QSignalSpy>
#include <QTest>

#include "scenarios/reading/reader.hpp"
#include "tests/gui/session/recorded.hpp"

using namespace shakedown;

namespace {

std::shared_ptr<model::Scenario const> cascade() {
    return std::make_shared<model::Scenario const>(
        *reading::readText(tests::cascade, "cascade.yaml").scenario);
}
SimTime at(double seconds) {
    return SimTime::at(Duration::fromSeconds(seconds));
}

} // namespace

TEST_CASE("the inspector shows what the record says, of both runs", "[gui][inspector]") {
    gui::InspectorPanel panel;
    panel.setScenario(cascade());
    std::shared_ptr<gui::Run const> const run = tests::runOf(tests::recordOf(tests::cascade));
    panel.setRuns(run, nullptr);
    for (double const seconds : {5.0, 14.0, 27.0}) {
        panel.setSpan(at(seconds), at(seconds));
        auto const state = run->index().stateAt(at(seconds));
        panel.setSubject("autos");
        CHECK(panel.factOf("queue") == QString::number(state.services[1].queue));
        CHECK(
            panel.factOf("busy")
            == QString("%1 of %2").arg(state.services[1].inService).arg(state.services[1].workers));
        panel.setSubject("site -> autos");
        CHECK(panel.factOf("under way") == QString::number(state.calls[0].waiting));
    }
    CHECK(panel.factOf("under way", true).isEmpty());
    panel.setRuns(run, run);
    CHECK(panel.factOf("under way", true) == "B " + panel.factOf("under way"));
    panel.setSubject("nobody");
    CHECK(panel.factOf("under way").isEmpty());
}

TEST_CASE("a slider that is moved by keys settles at once", "[gui][inspector]") {
    gui::InspectorPanel panel;
    panel.setScenario(cascade());
    panel.setSubject("autos");
    panel.show();
    QSignalSpy tried(&panel, &gui::InspectorPanel::tried);
    QSignalSpy settled(&panel, &gui::InspectorPanel::settled);
    auto* slider = panel.sliderOf("services.autos.workers");
    REQUIRE(slider != nullptr);
    QTest::keyClick(slider, Qt::Key_PageUp);
    CHECK(tried.isEmpty());
    REQUIRE(settled.size() == 1);
    CHECK(settled[0][0] == "services.autos.workers");
    CHECK(settled[0][1].toString().toInt() > 8);
    CHECK(settled[0][2].toString().startsWith("autos workers "));
    CHECK(panel.fieldOf("services.autos.workers")->text() == settled[0][1]);
}

TEST_CASE("a scenario with an error leaves the sliders as they were", "[gui][inspector]") {
    gui::InspectorPanel panel;
    panel.setScenario(cascade());
    panel.setSubject("autos");
    panel.setScenario(nullptr);
    CHECK(panel.sliderOf("services.autos.workers") != nullptr);
    CHECK(panel.sliderOf("services.site.workers") == nullptr);
}

TEST_CASE("of ten thousand services as many numbers are offered as can be looked through",
          "[gui][inspector]") {
    std::string text = "shakedown: 1\nservices:\n";
    for (int i = 0; i < 10'000; ++i)
        text += "  s" + std::to_string(i) + ": { workers: 8, endpoints: { p: [ work: 2ms ] } }\n";
    auto const read = reading::readText(text, "big.yaml");
    REQUIRE(read.scenario);
    gui::InspectorPanel panel;
    panel.setScenario(std::make_shared<model::Scenario const>(*read.scenario));
    CHECK(panel.findChildren<QSlider*>().size() <= 200);
    auto const labels = [&] {
        auto const all = panel.findChildren<QLabel*>();
        return std::count_if(all.begin(), all.end(), [](QLabel const* label) {
            return label->text().startsWith("There are more");
        });
    };
    CHECK(labels() == 1);
    CHECK(panel.sliderOf("services.s9000.workers") == nullptr);
    panel.setSubject("s9000");
    QTest::qWait(1); // what is replaced goes
    CHECK(panel.sliderOf("services.s9000.workers") != nullptr);
    CHECK(labels() == 0);
    panel.setSubject({});
    CHECK(labels() == 1);
}
