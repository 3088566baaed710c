#include "gui/live/agent_feed.hpp"

#include "tests/gui/live/live_stand.hpp"

using namespace shakedown;
using gui::AgentFeed;
using gui::AgentSight;
using tests::comes;
using tests::TwoServices;

namespace {

gui::AgentPlace placeOf(TwoServices const& services) {
    return {
        "here", "unix:" + QString::fromStdString((services.folder() / "agent.sock").string()), {}};
}

} // namespace

TEST_CASE("an agent that is killed is said to be lost, and found again", "[gui][live][agents]") {
    TwoServices services;
    AgentFeed feed;
    REQUIRE(feed.add(placeOf(services)).isEmpty());
    auto const& sight = feed.agents().front();
    CHECK(sight.state == AgentSight::State::Connecting);
    REQUIRE(comes([&] { return sight.state == AgentSight::State::Reachable; }));
    CHECK(wordsOf(sight) == "reachable, no fault at work");
    services.agent().signal(SIGKILL);
    REQUIRE(comes([&] { return sight.state == AgentSight::State::Lost; }));
    INFO(tests::text(wordsOf(sight)));
    CHECK(wordsOf(sight).startsWith("not reached: no agent answers at unix:"));
    services.startAgent();
    CHECK(comes([&] { return sight.state == AgentSight::State::Reachable; }));
}

TEST_CASE("a fault that others start is seen at once, with its lease and its owner",
          "[gui][live][agents]") {
    TwoServices services;
    AgentFeed feed;
    QSignalSpy told(&feed, &AgentFeed::told);
    REQUIRE(feed.add(placeOf(services)).isEmpty());
    auto const& sight = feed.agents().front();
    REQUIRE(comes([&] { return sight.state == AgentSight::State::Reachable; }));
    QTest::qWait(400); // until it listens
    tests::Program const start({"agent", "--agent", tests::text(placeOf(services).address), "start",
                                "hang", "orders", "--for", "20s", "--lease", "2s"},
                               services.folder().path());
    REQUIRE(comes([&] { return inForce(sight).size() == 1; }));
    auto const fault = inForce(sight).front();
    CHECK(std::string(protocol::nameOf(fault.request.what)) == "hang");
    CHECK(fault.request.target == "orders");
    CHECK(fault.leaseLeft <= Duration::seconds(2));
    CHECK_FALSE(fault.owner.empty());
    REQUIRE(comes([&] { return told.count() > 0; }));
    CHECK(told.first().first().toString().startsWith("here: "));
    start.signal(SIGINT);
    CHECK(comes([&] { return inForce(sight).empty(); }));
}

TEST_CASE("what is no place of an agent is refused in words", "[gui][live][agents]") {
    AgentFeed feed;
    auto const refused = [&](QString const& address, QString const& token, QString const& says) {
        auto const why = feed.add({{}, address, token});
        INFO(tests::text(why));
        CHECK(why.contains(says));
    };
    refused("", "", "Say where the agent listens");
    refused("ftp://example", "", "unix:");
    refused("http://198.51.100.7:80", "", "https");
    refused("unix:/tmp/none.sock", "/there/is/none", "There is no file '/there/is/none'");
    CHECK(feed.agents().empty());
    for (std::size_t i = 0; i < AgentFeed::mostAgents; ++i) {
        CHECK(feed.add({{}, QString("unix:/nobody/%1.sock").arg(i), {}}).isEmpty());
    }
    CHECK(feed.add({{}, "unix:/nobody/more.sock", {}}).contains("32 agents"));
    CHECK(feed.add({{}, "unix:/nobody/0.sock", {}}).isEmpty()); // is looked at already
    feed.remove("unix:/nobody/0.sock");
    CHECK(feed.agents().size() == AgentFeed::mostAgents - 1);
}
