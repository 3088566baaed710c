#include <catch2/catch.hpp>

#include <atomic>
#include <sstream>
#include <thread>

#include "chaos-agent/conduct/conductor.hpp"
#include "reports/record/record_writer.hpp"
#include "tests/chaos-agent/conduct/document.hpp"
#include "tests/chaos-agent/conduct/fake_agent.hpp"
#include "tests/chaos-agent/proxy/peers.hpp"

using namespace shakedown;
using conduct::Ending;
using tests::FakeAgent;

namespace {

// Answers every request with a status that can be changed, on a connection of its own.
class Web {
public:
    Web() : serving_([this] { serve(); }) {}
    ~Web() {
        isOver_ = true;
        serving_.join();
    }
    std::string url() const { return "http://" + server_.address() + "/"; }
    std::atomic<int> status{200};
    std::atomic<int> requests{0};

private:
    void serve() {
        while (!isOver_) {
            if (!server_.isCalled(std::chrono::milliseconds(20))) {
                continue;
            }
            auto peer = server_.accept();
            std::string head;
            while (head.find("\r\n\r\n") == std::string::npos) {
                auto const more = peer.read(std::chrono::milliseconds(500));
                if (more.empty()) {
                    break;
                }
                head += more;
            }
            ++requests;
            peer.send("HTTP/1.1 " + std::to_string(status)
                      + " X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
    }

    tests::Server server_;
    std::atomic<bool> isOver_{false};
    std::thread serving_;
};

// A run of two seconds: hang of orders from 0.5 s to 1 s.
class Run {
public:
    explicit Run(std::string const& more = "", std::string const& faults = "") {
        auto text = tests::twoServices(
            (faults.empty()
                 ? "faults:\n  - { at: 500ms, for: 500ms, name: stop, hang: { service: orders } }\n"
                 : faults)
                + more,
            "  load: { visitors: \"" + web.url() + "page\" }\n", "2s");
        auto const probe = text.find("http://127.0.0.1:8080/");
        text.replace(probe, 22, web.url());
        scenario_ = tests::document(text);
    }

    conduct::LiveOutcome play() {
        record::RecordWriter writer(record_);
        conduct::ConductOrders orders;
        orders.runKey = "key";
        orders.stop = &stop;
        orders.failFast = failFast;
        orders.onSight = [this](conduct::Sight const& sight) {
            if (!sight.what.empty()) {
                seen.push_back(sight.what);
                if (onSeen) {
                    onSeen(sight.what);
                }
            }
        };
        conduct::ProgrammeOptions options;
        options.lease = Duration::seconds(1);
        auto const programme = conduct::programmeOf(scenario_, options);
        REQUIRE(programme);
        return conduct::conduct(scenario_, programme.value(), {&agent}, writer, orders);
    }
    std::string record() const { return record_.str(); }

    Web web;
    FakeAgent agent;
    std::atomic<bool> stop{false};
    conduct::FailFast failFast = conduct::FailFast::No;
    std::vector<std::string> seen;
    std::function<void(std::string const&)> onSeen;

private:
    model::Scenario scenario_;
    std::ostringstream record_;
};

} // namespace

TEST_CASE("a live run is steady, disturbs, takes back and is steady again",
          "[agent][conduct][conductor]") {
    Run run("expect:\n  - errors(visitors) < 1%\n");
    auto const outcome = run.play();
    CHECK(outcome.ending == Ending::Played);
    CHECK(run.agent.log() == std::vector<std::string>{"start orders", "stop orders"});
    CHECK(run.seen == std::vector<std::string>{"stop begins", "stop ends"});
    REQUIRE(outcome.steadiness.size() == 2);
    CHECK(outcome.steadiness[0].held == verdict::Held::Yes);
    CHECK(outcome.steadiness[1].held == verdict::Held::Yes);
    REQUIRE(outcome.expectations.size() == 1);
    CHECK(outcome.expectations[0].held == verdict::Held::Yes);
    CHECK(outcome.measured == 1);
    REQUIRE(outcome.evidence);
    CHECK(outcome.evidence->whole.at(0).offered > 150);
    CHECK(outcome.evidence->eventSpans.size() == 1);
    int kinds[11] = {};
    for (auto const& moment : tests::momentsOf(run.record())) {
        ++kinds[moment.what.index()];
    }
    CHECK(kinds[0] == 1);  // EventBegan
    CHECK(kinds[1] == 1);  // EventEnded
    CHECK(kinds[2] == 2);  // ReplicaChanged
    CHECK(kinds[8] >= 18); // Interval
    CHECK(kinds[9] > 150); // Request
    CHECK(kinds[10] == 1); // RunEnded
}

TEST_CASE("without the steady state nothing is injected", "[agent][conduct][conductor]") {
    Run run;
    run.web.status = 500;
    auto const outcome = run.play();
    CHECK(outcome.ending == Ending::NotSteadyBefore);
    CHECK(outcome.why.find("health: 500 instead of 200") != std::string::npos);
    CHECK(run.agent.log().empty());
    CHECK_FALSE(outcome.evidence);
    CHECK(run.record().empty());
}

TEST_CASE("an agent that cannot plan its part refuses the run", "[agent][conduct][conductor]") {
    Run run;
    auto const mood = GENERATE(FakeAgent::Mood::RefusesPlan, FakeAgent::Mood::Silent);
    run.agent.set(mood);
    auto const outcome = run.play();
    CHECK(outcome.ending == Ending::Refused);
    CHECK(run.web.requests == 0);
    CHECK(outcome.why.find("agent here") == 0);
}

TEST_CASE("a broken abort condition ends the run and all is taken back",
          "[agent][conduct][conductor]") {
    Run run("abort:\n  - errors(visitors) < 20%\n",
            "faults:\n  - { at: 300ms, name: stop, hang: { service: orders } }\n");
    run.onSeen = [&](std::string const& what) {
        run.web.status = what == "stop begins" ? 500 : 200;
    };
    auto const outcome = run.play();
    CHECK(outcome.ending == Ending::Aborted);
    CHECK(outcome.why.find("errors(visitors) < 20%: it is ") != std::string::npos);
    CHECK(run.agent.log() == std::vector<std::string>{"start orders", "stop orders"});
    CHECK(outcome.evidence->ended < SimTime::at(Duration::milliseconds(1900)));
    CHECK(outcome.steadiness.at(1).held == verdict::Held::Yes);
}

TEST_CASE("who fails fast ends with the first deviation", "[agent][conduct][conductor]") {
    Run run("", "faults:\n  - { at: 100ms, name: stop, hang: { service: orders } }\n");
    run.failFast = conduct::FailFast::Yes;
    run.onSeen = [&](std::string const& what) {
        run.web.status = what == "stop begins" ? 500 : 200;
    };
    auto const outcome = run.play();
    CHECK(outcome.ending == Ending::FailedFast);
    CHECK(outcome.why == "probes fail: health");
    CHECK(outcome.evidence->ended < SimTime::at(Duration::milliseconds(1900)));
}

TEST_CASE("an interrupted run is taken back", "[agent][conduct][conductor]") {
    Run run;
    run.onSeen = [&](std::string const&) { run.stop = true; };
    auto const outcome = run.play();
    CHECK(outcome.ending == Ending::Interrupted);
    CHECK(run.agent.log() == std::vector<std::string>{"start orders", "stop orders"});
    CHECK(outcome.steadiness.at(1).held == verdict::Held::Unknown);
}

TEST_CASE("a fault that is refused under way ends the run", "[agent][conduct][conductor]") {
    Run run("", "faults:\n  - { at: 200ms, name: one, hang: { service: orders } }\n"
                "  - { at: 600ms, name: two, hang: { service: front } }\n");
    run.onSeen = [&](std::string const& what) {
        if (what == "one begins") {
            run.agent.set(FakeAgent::Mood::RefusesStart);
        }
    };
    auto const outcome = run.play();
    CHECK(outcome.ending == Ending::AgentLost);
    CHECK(outcome.why.find("does not start hang of front: conflict") != std::string::npos);
    CHECK(run.agent.log() == std::vector<std::string>{"start orders", "stop orders"});
}

TEST_CASE("what cannot be taken back is told", "[agent][conduct][conductor]") {
    Run run;
    run.onSeen = [&](std::string const& what) {
        if (what == "stop begins") {
            run.agent.set(FakeAgent::Mood::Stuck);
        }
    };
    auto const outcome = run.play();
    REQUIRE(outcome.leftBehind.size() == 1);
    CHECK(outcome.leftBehind[0].find("the rule does not go") != std::string::npos);
}

TEST_CASE("a service that stays broken fails the run at its end", "[agent][conduct][conductor]") {
    Run run;
    run.onSeen = [&](std::string const&) { run.web.status = 500; };
    auto const outcome = run.play();
    CHECK(outcome.ending == Ending::Played);
    CHECK(outcome.steadiness.at(1).held == verdict::Held::No);
    CHECK(outcome.steadiness.at(1).note.find("500 instead of 200") != std::string::npos);
}
