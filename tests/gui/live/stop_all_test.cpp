#include "gui/live/stop_all.hpp"

#include <QAction>

#include "tests/gui/live/live_stand.hpp"

using namespace shakedown;
using gui::StopReport;
using tests::comes;
using tests::LiveStand;
using tests::TwoServices;

TEST_CASE("STOP ALL takes everything back, and says who confirmed", "[gui][live][stop]") {
    LiveStand stand(tests::hangs);
    auto& panel = stand.panel();
    stand.inject();
    REQUIRE(stand.seesFault());
    CHECK(stand.services().atWork() == 1);
    CHECK(panel.agents().table().item(0, 1)->text() == "reachable, 1 fault at work");
    stand.click(panel.stopButton());
    REQUIRE(comes([&] { return !panel.stopAll().isUnderWay(); }, 20'000));
    auto const lines = panel.stopView().lines();
    INFO(tests::text(lines.join("\n")));
    CHECK(panel.stopView().isVisible());
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].startsWith("our run: "));
    CHECK(lines[1] == "here: halted; nothing is at work");
    CHECK(panel.stopView().sentence() == "STOP ALL: all stopped, 2 of 2 confirmed");
    CHECK(stand.services().atWork() == 0);
    CHECK(stand.services().orders().answers());
    CHECK_FALSE(panel.run().isUnderWay());
    CHECK(stand.services().status().find("STOP ALL in the desktop app") != std::string::npos);
    CHECK(
        comes([&] { return panel.agents().table().item(0, 1)->text().startsWith("HALTED by "); }));
    stand.click(panel.agents().releaseButton());
    CHECK(comes([&] { return panel.agents().said() == "here: released"; }));
}

TEST_CASE("STOP ALL has a key, and without anything to stop says so", "[gui][live][stop]") {
    gui::Document document;
    gui::LivePanel panel(tests::program(), document);
    panel.show();
    panel.activateWindow();
    REQUIRE(QTest::qWaitForWindowActive(&panel));
    CHECK(panel.stopButton().isEnabled());
    QTest::keyClick(&panel, Qt::Key_X, Qt::ControlModifier | Qt::ShiftModifier);
    CHECK(panel.stopView().sentence().contains("there is nothing to stop"));
    CHECK(panel.stopView().isVisible());
    CHECK(panel.stopButton().isEnabled());
}

TEST_CASE("an agent that is not reached is not said to have stopped", "[gui][live][stop]") {
    TwoServices services;
    gui::LiveRun run(tests::program());
    gui::AgentFeed feed;
    REQUIRE(feed.add({"gone", "unix:/nobody/here.sock", {}}).isEmpty());
    REQUIRE(feed.add({"here",
                      "unix:" + QString::fromStdString((services.folder() / "agent.sock").string()),
                      {}})
                .isEmpty());
    gui::StopAll stopAll(tests::program(), run, feed);
    stopAll.action()->trigger();
    REQUIRE(comes([&] { return !stopAll.isUnderWay(); }));
    auto const& reports = stopAll.reports();
    REQUIRE(reports.size() == 2);
    INFO(tests::text(reports[0].words));
    CHECK(reports[0].outcome == StopReport::Outcome::NotConfirmed);
    CHECK(reports[0].words.contains("no agent answers at unix:/nobody/here.sock"));
    CHECK(reports[0].words.contains("ends with its lease, 60 s at most"));
    CHECK(reports[1].outcome == StopReport::Outcome::Stopped);
    CHECK(stopAll.sentence() == "STOP ALL: 1 of 2 NOT CONFIRMED");
}

TEST_CASE("an agent that hangs has a limit, and what it held is said to end with its lease",
          "[gui][live][stop]") {
    LiveStand stand(tests::hangs);
    auto& panel = stand.panel();
    stand.inject();
    REQUIRE(stand.seesFault());
    gui::StopAll stopAll(tests::program(), panel.run(), panel.feed(),
                         std::chrono::milliseconds(1000));
    stand.services().agent().signal(SIGSTOP);
    stopAll.pull();
    CHECK(stopAll.reports().size() == 2);
    bool const isOver =
        comes([&] { return stopAll.reports()[1].outcome != StopReport::Outcome::Asked; }, 5000);
    auto const words = stopAll.reports()[1].words;
    stand.services().agent().signal(SIGCONT);
    INFO(tests::text(words));
    CHECK(isOver);
    CHECK(words.startsWith("no answer within 1 s; "));
    CHECK(words.contains("what was at work there ends with its lease, within "));
    CHECK(comes([&] { return !panel.run().isUnderWay(); }, 30'000));
    CHECK(comes([&] { return stand.services().atWork() == 0; }, 15'000));
}

TEST_CASE("an agent that halts and cannot take a fault back is not said to have stopped",
          "[gui][live][stop]") {
    gui::LiveRun run(tests::program());
    gui::AgentFeed feed;
    REQUIRE(feed.add({"here", "unix:/nobody/here.sock", {}}).isEmpty());
    // This suite's own program stands in for `shakedown`.
    gui::StopAll stopAll(QCoreApplication::applicationFilePath(), run, feed);
    stopAll.pull();
    REQUIRE(comes([&] { return !stopAll.isUnderWay(); }));
    auto const& report = stopAll.reports().at(0);
    INFO(tests::text(report.words));
    CHECK(report.outcome == StopReport::Outcome::NotConfirmed);
    CHECK(report.words.startsWith("halted, but 1 could not be taken back (STUCK)"));
}
