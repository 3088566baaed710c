#include <catch2/catch.hpp>

#include <csignal>
#include <fstream>
#include <thread>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "tests/chaos-agent/system/child.hpp"
#include "tests/live/two_services.hpp"

// `shakedown inject` as its users run it: two services, an agent, and what can go wrong.
using namespace shakedown::tests;
using Json = nlohmann::json;

namespace {

bool contains(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

Json summaryOf(TwoServices const& stand) {
    return Json::parse(contentOf(stand.folder() / "run/summary.json"));
}

constexpr auto errors =
    "faults:\n  - { at: 2s, for: 2s, name: fail, errors: { service: orders } }\n"
    "expect:\n"
    "  - errors(visitors) < 1% from 0s to 2s\n"
    "  - errors(visitors) > 90% during fail\n"
    "  - errors(visitors) < 2% after fail\n";

// Hangs to the end of the run, unless it is taken back.
constexpr auto hang = "faults:\n  - { at: 500ms, name: stop, hang: { service: orders } }\n";

} // namespace

TEST_CASE("a scenario is done for real: steady, fault, deviation, reverted, steady",
          "[live][inject]") {
    TwoServices stand;
    auto const outcome = stand.inject(stand.scenario(errors));
    INFO(outcome.out << outcome.err);
    REQUIRE(outcome.code == 0);
    CHECK(contains(outcome.out, "PASS  steady state before"));
    CHECK(contains(outcome.out, "PASS  steady state after"));
    CHECK(contains(outcome.out, "5 of 5 expectations held."));
    CHECK(contains(outcome.out, "Top cause: fault fail (errors), "));
    CHECK(contains(outcome.err, "fail begins"));
    CHECK(contains(outcome.err, "fail ends"));
    auto const summary = summaryOf(stand);
    CHECK(summary["platform"] == "live");
    CHECK(summary["loads"]["visitors"]["offered"] > 250);
    CHECK(summary["loads"].contains("probe:front"));
    for (auto const* file : {"report.html", "junit.xml", "record.ndjson", "series.csv"}) {
        CHECK(std::filesystem::file_size(stand.folder() / "run" / file) > 200);
    }
    CHECK(stand.atWork() == 0);
    CHECK(stand.orders().answers());
}

TEST_CASE("a live run stands beside the simulated one", "[live][inject]") {
    TwoServices stand;
    auto const file = stand.scenario(errors);
    REQUIRE(stand.inject(file).code == 0);
    auto const compared =
        shakedown::tests::shakedown({"compare", file, "run", "--json"}, stand.folder().path());
    INFO(compared.out << compared.err);
    REQUIRE(compared.code == 0);
    auto const json = Json::parse(compared.out);
    // The same arrivals, and the same fault at the same time.
    auto const goodput = json["loads"]["visitors"]["goodput"];
    CHECK(std::abs(goodput["difference"].get<double>()) < 2);
    auto const why = shakedown::tests::shakedown({"why", "run"}, stand.folder().path());
    CHECK(why.code == 0);
    CHECK(contains(why.out, "fault fail (errors)"));
}

TEST_CASE("a dry run prints the real plan and does nothing", "[live][inject]") {
    TwoServices stand;
    auto const file = stand.scenario(errors);
    auto const outcome = stand.inject(file, {"--dry-run"});
    INFO(outcome.out << outcome.err);
    CHECK(outcome.code == 0);
    CHECK(contains(outcome.out, "fail: errors of orders, by agent here, at most 2 s; plan "));
    CHECK(contains(outcome.out, "  taken back by:\n    "));
    CHECK(contains(stand.status(), "\"faults\": []"));
    CHECK_FALSE(std::filesystem::exists(stand.folder() / "run"));
    auto const json = stand.inject(file, {"--dry-run", "--json"});
    CHECK(Json::parse(json.out)["faults"].size() == 1);
}

TEST_CASE("an expectation that fails is exit code 1, and all is taken back", "[live][inject]") {
    TwoServices stand;
    auto const outcome = stand.inject(
        stand.scenario("faults:\n  - { at: 1s, for: 1s, name: fail, errors: { service: orders } }\n"
                       "expect:\n  - errors(visitors) < 1%\n",
                       "3s"));
    INFO(outcome.out << outcome.err);
    CHECK(outcome.code == 1);
    CHECK(contains(outcome.out, "FAIL  errors(visitors) < 1%"));
    CHECK(stand.atWork() == 0);
}

TEST_CASE("what is not steady before is left alone: exit code 9", "[live][inject]") {
    TwoServices stand;
    auto const file = stand.scenario(errors);
    REQUIRE(stand.orders().process());
    stand.orders().process()->signal(SIGSTOP);
    auto const outcome = stand.inject(file);
    stand.orders().process()->signal(SIGCONT);
    INFO(outcome.out << outcome.err);
    CHECK(outcome.code == 9);
    CHECK(contains(outcome.err, "not steady, so nothing was injected: front: "));
    CHECK(contains(stand.status(), "\"faults\": []"));
    CHECK_FALSE(std::filesystem::exists(stand.folder() / "run"));
}

TEST_CASE("an abort condition ends the run with exit code 5", "[live][inject]") {
    TwoServices stand;
    auto const outcome =
        stand.inject(stand.scenario(std::string(hang) + "abort:\n  - errors(visitors) < 20%\n"));
    INFO(outcome.out << outcome.err);
    CHECK(outcome.code == 5);
    CHECK(contains(outcome.err, "taken back: aborted by errors(visitors) < 20%: it is "));
    CHECK(stand.atWork() == 0);
    CHECK(stand.orders().answers());
}

TEST_CASE("without its agent a run does nothing: exit code 7", "[live][inject]") {
    TwoServices stand;
    auto const file = stand.scenario(errors);
    stand.agent().signal(SIGTERM);
    CHECK(stand.agent().wait() == 0);
    auto const outcome = stand.inject(file);
    CHECK(outcome.code == 7);
    CHECK(contains(outcome.err, "nothing was injected: agent here: no agent answers at unix:"));
}

TEST_CASE("a lever that is pulled under way ends the run: exit code 7", "[live][inject]") {
    TwoServices stand;
    Program run(stand.words(stand.scenario(hang)), stand.folder().path());
    REQUIRE(soon([&] { return stand.atWork() == 1; }));
    auto const halted = shakedown::tests::shakedown(
        {"agent", "--agent", "unix:" + (stand.folder() / "agent.sock").string(), "halt", "enough"},
        stand.folder().path());
    CHECK(halted.code == 0);
    auto const outcome = run.wait();
    INFO(outcome.out << outcome.err);
    CHECK(outcome.code == 7);
    CHECK(contains(outcome.err, "ended early: agent here ended hang of orders: halted"));
    CHECK(stand.orders().answers());
}

// The situations in which Chaos Toolkit 1.x leaves its fault behind.

TEST_CASE("a probe that fails after the method leaves nothing behind", "[live][inject][five]") {
    TwoServices stand;
    auto const file = stand.scenario(
        "faults:\n  - { at: 500ms, for: 1s, name: stop, hang: { service: orders } }\n", "2s");
    Program run(stand.words(file), stand.folder().path());
    REQUIRE(soon([&] { return stand.atWork() == 1; }));
    // The probe cannot be answered any more, before, at and after the end of the fault.
    stand.front().process()->signal(SIGKILL);
    auto const outcome = run.wait();
    INFO(outcome.out << outcome.err);
    CHECK(outcome.code == 1);
    CHECK(contains(outcome.out, "FAIL  steady state after"));
    CHECK(stand.atWork() == 0);
    CHECK(stand.orders().answers());
}

TEST_CASE("failing fast leaves nothing behind", "[live][inject][five]") {
    TwoServices stand;
    auto const outcome = stand.inject(stand.scenario(hang, "30s"), {"--fail-fast"});
    INFO(outcome.out << outcome.err);
    CHECK(outcome.code == 1);
    CHECK(contains(outcome.err, "ended early, and taken back: probes fail: front"));
    CHECK(stand.atWork() == 0);
    CHECK(stand.orders().answers());
}

TEST_CASE("a signal that ends the run leaves nothing behind", "[live][inject][five]") {
    TwoServices stand;
    auto const file = stand.scenario(hang, "30s");
    for (int const number : {SIGTERM, SIGUSR1, SIGINT, SIGHUP}) {
        INFO("signal " << number);
        Program run(stand.words(file), stand.folder().path());
        REQUIRE(soon([&] { return stand.atWork() == 1; }));
        run.signal(number);
        auto const outcome = run.wait();
        INFO(outcome.out << outcome.err);
        CHECK(outcome.code == 130);
        CHECK(contains(outcome.err, "ended early, and taken back: it was interrupted"));
        CHECK(stand.atWork() == 0);
        CHECK(stand.orders().answers());
        CHECK(summaryOf(stand)["ended"] == "interrupted");
    }
}

TEST_CASE("a run that is killed leaves nothing behind once its lease is over",
          "[live][inject][five]") {
    TwoServices stand;
    auto const file = stand.scenario(hang, "30s");
    for (int const number : {SIGKILL, SIGSTOP}) {
        INFO("signal " << number);
        Program run(stand.words(file), stand.folder().path());
        REQUIRE(soon([&] { return stand.atWork() == 1; }));
        auto const begin = std::chrono::steady_clock::now();
        run.signal(number);
        CHECK(soon([&] { return stand.atWork() == 0; }));
        // Its lease of a second, and a second.
        CHECK(std::chrono::steady_clock::now() - begin < std::chrono::milliseconds(2300));
        CHECK(stand.orders().answers());
    }
}

TEST_CASE("an agent that is killed under way is lost, and that is said", "[live][inject]") {
    TwoServices stand;
    Program run(stand.words(stand.scenario(hang, "30s")), stand.folder().path());
    REQUIRE(soon([&] { return stand.atWork() == 1; }));
    stand.agent().signal(SIGKILL);
    auto const outcome = run.wait();
    INFO(outcome.out << outcome.err);
    CHECK(outcome.code == 6);
    CHECK(contains(outcome.err, "agent here is lost"));
    CHECK(contains(outcome.err, "NOT TAKEN BACK: agent here does not say what became of"));
    // Its watchdog did.
    CHECK(soon([&] { return stand.orders().answers(); }));
}

TEST_CASE("a loaded host is told of, and loaded no more", "[live][inject]") {
    if (access("/usr/bin/stress-ng", X_OK) != 0) {
        WARN("skipped: no stress-ng on this host");
        return;
    }
    TwoServices stand;
    auto const outcome = stand.inject(stand.scenario(
        "faults:\n  - { at: 500ms, for: 1s, name: busy, cpu: { service: orders, steal: 20% } }\n"
        "  - { at: 500ms, for: 1s, name: short, file_descriptors: { service: orders, leave: 50 } "
        "}\n",
        "2s"));
    INFO(outcome.out << outcome.err);
    if (contains(outcome.err, "control group")) {
        WARN("skipped: this host lets us make no control groups");
        return;
    }
    REQUIRE(outcome.code == 0);
    CHECK(contains(outcome.err, "busy ends"));
    CHECK(contains(outcome.out, "once applied: "));
    CHECK(contains(outcome.out, "before the end: "));
    CHECK(stand.atWork() == 0);
    CHECK(stand.orders().answers());
}

TEST_CASE("what `inject` cannot do is said before anything starts", "[live][inject]") {
    TwoServices stand;
    auto const refused = [&](std::string const& more, Arguments const& flags, int code,
                             std::string const& says) {
        auto const outcome = stand.inject(stand.scenario(more), flags);
        INFO(outcome.out << outcome.err);
        CHECK(outcome.code == code);
        CHECK(contains(outcome.err, says));
        CHECK(contains(stand.status(), "\"faults\": []"));
    };
    refused("faults:\n  - { at: 1s, name: x, leak: { service: orders } }\n", {}, 3,
            "'x' cannot be done live");
    refused(errors, {"--lease", "61s"}, 2, "--lease takes 1s to 60s, not '61s'");
    refused(errors, {"--skip", "fial"}, 3, "did you mean 'fail'?");
    refused(errors, {"--until", "0s"}, 2, "--until takes a duration longer than 0s");
    refused(errors, {"--set", "live.limits.max_duration=1s"}, 3, "max_duration is 1s");
    refused("faults:\n  - { at: 1s, for: 1s, loss: { service: front, share: 10% } }\n", {}, 3,
            "`live` does not say where the service 'front' is found");
}
