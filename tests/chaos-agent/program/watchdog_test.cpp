#include <catch2/catch.hpp>

#include <chrono>
#include <csignal>
#include <fstream>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "chaos-agent/safety/tenure.hpp"
#include "chaos-agent/safety/watchdog.hpp"
#include "chaos-agent/system/file_text.hpp"
#include "tests/chaos-agent/faults/own_groups.hpp"
#include "tests/chaos-agent/program/dying_stand.hpp"
#include "tests/chaos-agent/system/child.hpp"
#include "tests/environment.hpp"

// Agents and watchdogs that are stopped, killed one by one and together, with a fault at work.
using namespace shakedown;
using tests::DyingStand;
using tests::soon;

namespace {

// test-dying-agent as our child, with a fault at work until it is killed.
class LivingAgent {
public:
    LivingAgent(DyingStand const& stand, std::string const& kind, system::Words const& before = {})
        : before_(stand.state()), stand_(stand) {
        auto words = stand.words(kind, -1);
        words.insert(words.begin(), before.begin(), before.end());
        std::vector<char*> argv;
        for (auto& word : words) {
            argv.push_back(word.data());
        }
        argv.push_back(nullptr);
        id_ = fork();
        if (id_ == 0) {
            int const nothing = open("/dev/null", O_RDWR);
            dup2(nothing, STDOUT_FILENO);
            execv(argv.front(), argv.data());
            _exit(127);
        }
        REQUIRE(soon([&] { return stand.state() != before_; }));
        // Until the watchdog has been told that the agent lives.
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
    }
    ~LivingAgent() {
        kill(id_, SIGKILL);
        waitpid(id_, nullptr, 0);
    }
    LivingAgent(LivingAgent const&) = delete;
    LivingAgent& operator=(LivingAgent const&) = delete;

    void signal(int number) const { kill(id_, number); }
    // The child of the agent that is a watchdog; 0 if there is none.
    pid_t watchdog() const {
        std::string const tasks = "/proc/" + std::to_string(id_) + "/task/" + std::to_string(id_);
        auto const read = system::readFile(tasks + "/children");
        auto const* text = std::get_if<std::string>(&read);
        return text == nullptr ? 0 : static_cast<pid_t>(std::strtol(text->c_str(), nullptr, 10));
    }
    bool isUndone() const { return stand_.isCalm() && stand_.state() == before_; }
    std::string const& before() const { return before_; }
    // How it ended, within five seconds; 0 if it has not.
    int endedBy() const {
        int status = 0;
        soon([&] { return waitpid(id_, &status, WNOHANG) == id_; });
        return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    }

private:
    std::string before_;
    DyingStand const& stand_;
    pid_t id_ = -1;
};

} // namespace

TEST_CASE("an agent that is stopped is ended by its watchdog, and its fault taken back",
          "[agent][watchdog]") {
    DyingStand stand;
    if (!stand.canRun()) {
        return;
    }
    for (auto const* kind : {"hang", "partition", "errors", "delay", "cpu"}) {
        if (!tests::hasGroupsFor(kind)) {
            continue;
        }
        INFO(kind);
        LivingAgent const agent(stand, kind);
        agent.signal(SIGSTOP);
        CHECK(soon([&] { return agent.isUndone(); }));
        CHECK(agent.endedBy() == SIGKILL);
        CHECK(stand.answers());
    }
}

TEST_CASE("an agent that is stopped for a moment goes on", "[agent][watchdog]") {
    DyingStand stand;
    if (!stand.canRun()) {
        return;
    }
    LivingAgent const agent(stand, "hang");
    agent.signal(SIGSTOP);
    std::this_thread::sleep_for(std::chrono::milliseconds(700));
    agent.signal(SIGCONT);
    std::this_thread::sleep_for(std::chrono::milliseconds(3500));
    CHECK_FALSE(agent.isUndone());
}

TEST_CASE("an agent that is killed is cleaned up after", "[agent][watchdog]") {
    DyingStand stand;
    if (!stand.canRun()) {
        return;
    }
    LivingAgent const agent(stand, "hang");
    agent.signal(SIGKILL);
    CHECK(soon([&] { return agent.isUndone(); }));
    CHECK(stand.answers());
}

TEST_CASE("a watchdog does not end before its agent", "[agent][watchdog]") {
    DyingStand stand;
    if (!stand.canRun()) {
        return;
    }
    LivingAgent const agent(stand, "hang");
    REQUIRE(agent.watchdog() > 1);
    for (int const number : {SIGTERM, SIGINT, SIGHUP}) {
        kill(agent.watchdog(), number);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    CHECK(agent.watchdog() > 1);
    agent.signal(SIGKILL);
    CHECK(soon([&] { return agent.isUndone(); }));
}

TEST_CASE("with agent and watchdog dead at once, a load ends with them", "[agent][watchdog]") {
    DyingStand stand;
    if (!stand.canRun()) {
        return;
    }
    if (!tests::hasGroupsFor("cpu")) {
        return;
    }
    LivingAgent const agent(stand, "cpu");
    CHECK(stand.loads() > 0);
    kill(agent.watchdog(), SIGKILL);
    agent.signal(SIGKILL);
    CHECK(soon([&] { return stand.loads() == 0; }));
    CHECK_FALSE(stand.isCalm());
    // Its empty control groups are left for who starts next.
    REQUIRE(safety::takeBack(stand.folder().string(), Duration::seconds(10)) == 0);
    CHECK(agent.isUndone());
}

TEST_CASE("with agent and watchdog dead at once, the kernel ends a packet fault",
          "[agent][watchdog]") {
    DyingStand stand;
    if (!stand.canRun()) {
        return;
    }
    for (auto const* kind : {"partition", "black_hole"}) {
        INFO(kind);
        LivingAgent const agent(stand, kind);
        CHECK_FALSE(stand.isReached());
        kill(agent.watchdog(), SIGKILL);
        agent.signal(SIGKILL);
        std::this_thread::sleep_for(std::chrono::seconds(1));
        CHECK_FALSE(stand.isReached());
        CHECK_FALSE(stand.isCalm());
        // The lease is of ten seconds.
        std::this_thread::sleep_for(std::chrono::seconds(10));
        CHECK(stand.isReached());
        // What is left, rules that match nothing any more, goes with the next start, or by hand.
        CHECK(safety::takeBack(stand.folder().string(), Duration::seconds(5)) == 0);
        CHECK(agent.isUndone());
    }
}

TEST_CASE("with agent and watchdog dead at once, queued packets go on their way at once",
          "[agent][watchdog]") {
    DyingStand stand;
    if (!stand.canRun()) {
        return;
    }
    auto const took = [&] {
        auto const begin = std::chrono::steady_clock::now();
        CHECK(stand.isReached());
        return std::chrono::steady_clock::now() - begin;
    };
    constexpr std::chrono::milliseconds delay(100);
    LivingAgent const agent(stand, "delay");
    CHECK(took() >= delay);
    kill(agent.watchdog(), SIGKILL);
    agent.signal(SIGKILL);
    CHECK(agent.endedBy() == SIGKILL);
    CHECK(stand.state() != agent.before()); // the rules are there, and nobody reads the queue
    CHECK(took() < delay);
    CHECK(safety::takeBack(stand.folder().string(), Duration::seconds(5)) == 0);
    CHECK(agent.isUndone());
}

TEST_CASE("with watchdog dead and agent stopped, packets are queued until the lease is over",
          "[agent][watchdog]") {
    DyingStand stand;
    if (!stand.canRun()) {
        return;
    }
    LivingAgent const agent(stand, "delay");
    kill(agent.watchdog(), SIGKILL);
    agent.signal(SIGSTOP);
    CHECK_FALSE(stand.isReached());
    // The lease is of ten seconds, and was begun before the agent was stopped.
    std::this_thread::sleep_for(std::chrono::seconds(10));
    CHECK(stand.isReached());
    agent.signal(SIGKILL);
    CHECK(agent.endedBy() == SIGKILL);
    CHECK(safety::takeBack(stand.folder().string(), Duration::seconds(5)) == 0);
    CHECK(agent.isUndone());
}

TEST_CASE("with agent and watchdog dead at once, redirected connections go straight at once",
          "[agent][watchdog]") {
    DyingStand stand;
    if (!stand.canRun()) {
        return;
    }
    LivingAgent const agent(stand, "errors");
    CHECK(stand.status() == 503);
    kill(agent.watchdog(), SIGKILL);
    agent.signal(SIGKILL);
    CHECK(agent.endedBy() == SIGKILL);
    CHECK(stand.state() != agent.before()); // the rule is there, and nobody behind it
    CHECK(stand.status() == 200);
    CHECK(safety::takeBack(stand.folder().string(), Duration::seconds(5)) == 0);
    CHECK(agent.isUndone());
    CHECK(stand.status() == 200);
}

TEST_CASE("new connections of a killed agent's target go straight within a second",
          "[agent][watchdog]") {
    DyingStand stand;
    if (!stand.canRun()) {
        return;
    }
    LivingAgent const agent(stand, "errors");
    CHECK(stand.status() == 503);
    auto const begin = std::chrono::steady_clock::now();
    agent.signal(SIGKILL);
    CHECK(agent.endedBy() == SIGKILL);
    CHECK(stand.status() == 200);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(1));
    CHECK(soon([&] { return agent.isUndone(); }));
}

TEST_CASE("what agent and watchdog left when both died is taken back by hand",
          "[agent][watchdog]") {
    DyingStand stand;
    if (!stand.canRun()) {
        return;
    }
    LivingAgent const agent(stand, "hang");
    kill(agent.watchdog(), SIGKILL);
    agent.signal(SIGKILL);
    CHECK(agent.endedBy() == SIGKILL);
    CHECK_FALSE(stand.answers());
    auto const got = system::run({(tests::binary().parent_path() / "shakedown-agent").string(),
                                  "revert", "--state-directory", stand.folder().string()},
                                 "", Duration::seconds(30));
    REQUIRE(std::holds_alternative<system::Finished>(got));
    CHECK(std::get<system::Finished>(got).status == 0);
    CHECK(agent.isUndone());
    CHECK(stand.answers());
}

TEST_CASE("a wall clock that is set a day ahead moves no lease", "[agent][watchdog]") {
#ifdef __SANITIZE_ADDRESS__
    WARN("skipped: the sanitizer and libfaketime both want to be loaded first");
    return;
#endif
    std::string const library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";
    if (access(library.c_str(), R_OK) != 0) {
        WARN("skipped: no libfaketime on this host");
        return;
    }
    DyingStand stand;
    if (!stand.canRun()) {
        return;
    }
    auto const clock = tests::freshPath("clock");
    std::ofstream(clock) << "+0\n";
    LivingAgent const agent(stand, "hang",
                            {"/usr/bin/env", "LD_PRELOAD=" + library, "FAKETIME_NO_CACHE=1",
                             "FAKETIME_DONT_FAKE_MONOTONIC=1",
                             "FAKETIME_TIMESTAMP_FILE=" + clock.string()});
    std::ofstream(clock) << "+1d\n";
    std::this_thread::sleep_for(std::chrono::seconds(1));
    CHECK_FALSE(agent.isUndone());
    agent.signal(SIGKILL);
    CHECK(soon([&] { return agent.isUndone(); }));
    // It was set indeed: the watchdog wrote down when.
    auto const read = system::readFile(safety::filesIn(stand.folder().string()).audit);
    std::string const audit = std::get<std::string>(read);
    auto const begun = audit.find("\"time\":\"");
    auto const ended = audit.rfind("\"time\":\"");
    constexpr std::size_t day = 18; // "time":"2026-01-31
    CHECK(audit.substr(begun, day) != audit.substr(ended, day));
    std::filesystem::remove(clock);
}
