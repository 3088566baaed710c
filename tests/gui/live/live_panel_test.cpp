#include "gui/live/live_panel.hpp"

#include <fstream>

#include "tests/gui/live/live_stand.hpp"

using namespace shakedown;
using gui::Phase;
using gui::Stand;
using tests::comes;
using tests::LiveStand;

namespace {

constexpr auto errors =
    "faults:\n  - { at: 1s, for: 1500ms, name: fail, errors: { service: orders } }\n"
    "expect:\n  - errors(visitors) > 90% during fail\n";

bool isOver(LiveStand& stand, int withinMs = 30'000) {
    return comes([&] { return !stand.panel().run().isUnderWay(); }, withinMs);
}

} // namespace

TEST_CASE("a short scenario is injected, and its faults and phases are seen",
          "[gui][live][panel]") {
    LiveStand stand(errors, "4s");
    auto& panel = stand.panel();
    std::vector<SimTime> reaches;
    int endedWith = -2;
    QObject::connect(&panel, &gui::LivePanel::runChanged, &panel, [&](auto const& run) {
        if (reaches.empty() || run->index().reach() > reaches.back())
            reaches.push_back(run->index().reach());
    });
    QObject::connect(&panel, &gui::LivePanel::runEnded, &panel,
                     [&](auto const&, int code) { endedWith = code; });
    stand.click(panel.injectButton());
    REQUIRE(comes([&] { return panel.confirm().isVisible(); }));
    auto const question = panel.confirm().question();
    INFO(tests::text(question));
    CHECK(question.contains("for real, 1 fault:"));
    CHECK(question.contains("fail: errors of orders, by agent here, at most 1.5 s"));
    CHECK(panel.confirm().plans().contains("taken back by:"));
    CHECK_FALSE(panel.confirm().plans().contains("Nothing was done"));
    CHECK(stand.services().atWork() == 0);
    stand.click(panel.confirm().yes());
    CHECK(panel.phases().of(Phase::SteadyBefore) == Stand::UnderWay);
    REQUIRE(stand.seesFault());
    CHECK(panel.phases().of(Phase::SteadyBefore) == Stand::Good);
    CHECK(panel.phases().of(Phase::Method) == Stand::UnderWay);
    CHECK(panel.faults().item(0, 1)->text() == "errors");
    CHECK(panel.faults().item(0, 2)->text() == "orders");
    CHECK(panel.faults().item(0, 3)->text().endsWith(" s"));
    CHECK(panel.state().contains("under way"));
    REQUIRE(isOver(stand));
    INFO(tests::text(panel.text()));
    CHECK(endedWith == 0);
    CHECK(reaches.size() > 8); // it was seen to grow
    for (auto const phase : gui::allPhases) {
        INFO(tests::text(wordOf(phase)));
        CHECK(panel.phases().of(phase) == Stand::Good);
    }
    CHECK(panel.run().run()->index().ended());
    CHECK(panel.text().contains("fail begins"));
    CHECK(panel.text().contains("steady before and after, all expectations met"));
    CHECK(comes([&] { return panel.faults().rowCount() == 0; }));
    CHECK(panel.run().folder().contains("/runs/live-live-"));
}

TEST_CASE("a dry run prints the plans and does nothing", "[gui][live][panel]") {
    LiveStand stand(errors);
    auto& panel = stand.panel();
    stand.click(panel.dryRunButton());
    REQUIRE(comes([&] { return panel.text().contains("Nothing was done."); }));
    CHECK(panel.text().contains("taken back by:"));
    CHECK(panel.confirm().isHidden());
    CHECK_FALSE(panel.run().isUnderWay());
    CHECK(stand.services().status().find("\"faults\": []") != std::string::npos);
}

TEST_CASE("a run that is stopped takes everything back", "[gui][live][panel]") {
    LiveStand stand(tests::hangs);
    auto& panel = stand.panel();
    CHECK_FALSE(panel.stopRunButton().isEnabled());
    stand.inject();
    REQUIRE(stand.seesFault());
    stand.click(panel.stopRunButton());
    REQUIRE(isOver(stand));
    INFO(tests::text(panel.text()));
    CHECK(panel.text().contains("interrupted; all was taken back"));
    CHECK(panel.phases().of(Phase::TakenBack) == Stand::Good);
    CHECK(stand.services().atWork() == 0);
    CHECK(stand.services().orders().answers());
}

TEST_CASE("a window that closes waits until all is taken back", "[gui][live][panel]") {
    LiveStand stand(tests::hangs);
    auto& panel = stand.panel();
    CHECK(panel.prepareToClose());
    stand.inject();
    REQUIRE(stand.seesFault());
    QSignalSpy may(&panel, &gui::LivePanel::mayClose);
    CHECK_FALSE(panel.prepareToClose());
    CHECK(may.wait(20'000));
    CHECK(stand.services().atWork() == 0);
    CHECK(panel.prepareToClose());
}

TEST_CASE("a panel that goes with a run under way takes everything back", "[gui][live][panel]") {
    LiveStand stand(tests::hangs);
    stand.inject();
    REQUIRE(stand.seesFault());
    stand.closePanel();
    CHECK(stand.services().atWork() == 0);
    CHECK(stand.services().orders().answers());
}

TEST_CASE("a run that is killed is not said to have taken anything back", "[gui][live][panel]") {
    LiveStand stand(tests::hangs);
    auto& panel = stand.panel();
    stand.inject("2s");
    REQUIRE(stand.seesFault());
    kill(static_cast<pid_t>(panel.run().childId()), SIGKILL);
    REQUIRE(isOver(stand));
    CHECK(
        panel.text().contains("it was killed, or could not begin; each fault ends with its lease"));
    CHECK(panel.phases().of(Phase::TakenBack) == Stand::Bad);
    CHECK(panel.run().run()->isCut());
    CHECK(comes([&] { return stand.services().atWork() == 0; }, 4000));
}

TEST_CASE("an app that is killed leaves nothing behind, before any lease is over",
          "[gui][live][panel]") {
    tests::TwoServices services;
    auto const file = services.scenario(tests::hangs, "30s");
    QProcess app;
    app.start(QCoreApplication::applicationFilePath(),
              {"--app", QString::fromStdString(file),
               QString::fromStdString((services.folder() / "run").string())});
    REQUIRE(comes([&] { return services.atWork() == 1; }));
    app.kill();
    REQUIRE(app.waitForFinished(5000));
    CHECK(comes([&] { return services.atWork() == 0; }, 5000)); // a lease lasts 10 s
    CHECK(services.orders().answers());
}

TEST_CASE("what stands in the way of a live run is said", "[gui][live][panel]") {
    LiveStand stand(errors);
    auto& panel = stand.panel();
    auto const says = [&](QString const& words) {
        stand.click(panel.injectButton());
        INFO(tests::text(panel.text()));
        CHECK(comes([&] { return panel.text().contains(words); }));
        CHECK(panel.confirm().isHidden());
    };
    auto const whole = stand.document().text();
    panel.setScenario(nullptr);
    says("The scenario has errors");
    auto const shop = gui::checkedText(
        QString::fromUtf8(
            "shakedown: 1\nname: x\nservices: { a: { endpoints: { e: [ work: 1ms ] } } }\n"
            "load: { l: { to: a/e, rate: 1/s } }\n"),
        "x.yaml");
    REQUIRE(shop.scenario);
    panel.setScenario(shop.scenario);
    says("has no section `live`");
    panel.setScenario(gui::checkedText(whole, stand.file()).scenario);
    stand.document().setText(whole + "# changed\n");
    says("Save the scenario first");
    stand.document().undo().undo();
    stand.services().agent().signal(SIGTERM);
    stand.services().agent().wait();
    says("an agent is not there, refused, was halted or was lost");
    CHECK(panel.text().contains("no agent answers at unix:"));
}

TEST_CASE("plans are of the scenario that is injected", "[gui][live][panel]") {
    LiveStand stand(errors);
    auto& panel = stand.panel();
    stand.click(panel.injectButton());
    REQUIRE(comes([&] { return panel.confirm().isVisible(); }));
    stand.document().setText(stand.document().text() + "# another\n");
    REQUIRE_FALSE(stand.document().saveAs(stand.file()));
    stand.click(panel.confirm().yes());
    CHECK(panel.text().contains("another than the one whose plans were shown"));
    CHECK_FALSE(panel.run().isUnderWay());
}

TEST_CASE("an address that is none is refused at the form", "[gui][live][panel]") {
    gui::Document document;
    gui::LivePanel panel(tests::program(), document);
    panel.show();
    QTest::keyClicks(&panel.agents().address(), "orders.example:80");
    QTest::mouseClick(&panel.agents().connectButton(), Qt::LeftButton);
    INFO(tests::text(panel.agents().said()));
    CHECK_FALSE(panel.agents().said().isEmpty());
    CHECK(panel.agents().table().rowCount() == 0);
}
