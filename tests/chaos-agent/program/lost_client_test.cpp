#include <catch2/catch.hpp>

#include <chrono>
#include <csignal>
#include <fstream>
#include <functional>

#include <sys/wait.h>
#include <unistd.h>

#include "tests/chaos-agent/program/native_stand.hpp"
#include "tests/chaos-agent/system/child.hpp"

// Clients that vanish, seen at the whole program.
using namespace shakedown;
using tests::NativeStand;
using tests::soon;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int leaseMs = 1000;

// A process that renews a fault every 200 ms, for a minute at most.
class RenewingClient {
public:
    RenewingClient(NativeStand const& stand, std::string const& id) {
        id_ = fork();
        if (id_ == 0) {
            for (int i = 0; i < 300; ++i) {
                stand.ask("POST", "/v1/faults/" + id + "/lease");
                usleep(200'000);
            }
            _exit(0);
        }
    }
    ~RenewingClient() {
        kill(id_, SIGKILL);
        waitpid(id_, nullptr, 0);
    }
    RenewingClient(RenewingClient const&) = delete;
    RenewingClient& operator=(RenewingClient const&) = delete;
    void signal(int number) const { kill(id_, number); }

private:
    pid_t id_ = -1;
};

// The agent's only child; 0 if it has none.
pid_t watchdogOf(NativeStand& stand) {
    std::string const agent = std::to_string(stand.agent().id());
    std::ifstream in("/proc/" + agent + "/task/" + agent + "/children");
    pid_t child = 0;
    in >> child;
    return child;
}

double secondsUntil(std::function<bool()> const& condition) {
    auto const begin = Clock::now();
    CHECK(soon(condition));
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

} // namespace

TEST_CASE("a fault whose client is killed or stopped is gone within its lease and a second",
          "[agent][lease]") {
    NativeStand stand;
    for (int const number : {SIGKILL, SIGSTOP}) {
        for (auto const* kind : {"hang", "black_hole", "errors"}) {
            INFO(kind << ", signal " << number);
            auto const id = stand.start(kind, leaseMs);
            RenewingClient const client(stand, id);
            std::this_thread::sleep_for(std::chrono::milliseconds(1500));
            CHECK(stand.stateOf(id) == "applied");
            client.signal(number);
            double const seconds = secondsUntil([&] { return stand.stateOf(id) == "reverted"; });
            CHECK(seconds <= leaseMs / 1000.0 + 1);
            CHECK(stand.ask("GET", "/v1/faults/" + id).body.at("reason") == "lease_expired");
            CHECK(stand.service().answers());
        }
    }
}

TEST_CASE("an agent that is told to end takes its faults back first", "[agent][lease]") {
    NativeStand stand;
    stand.start("hang", 10'000);
    CHECK_FALSE(stand.service().answers());
    stand.agent().signal(SIGTERM);
    CHECK(stand.agent().wait() == 0);
    CHECK(stand.service().answers());
}

TEST_CASE("an agent that was killed knows of it when it starts again", "[agent][lease]") {
    NativeStand stand;
    auto const id = stand.start("hang", 10'000);
    stand.agent().signal(SIGKILL);
    CHECK(stand.agent().wait() == 1000 + SIGKILL);
    CHECK(soon([&] { return stand.service().answers(); }));
    stand.startAgent();
    auto const report = stand.ask("GET", "/v1/faults/" + id).body;
    CHECK(report.at("state") == "reverted");
    CHECK(report.at("reason") == "agent_lost");
}

TEST_CASE("what an agent lost of connections is over for the next one at once", "[agent][lease]") {
    NativeStand stand;
    auto const id = stand.start("errors", 10'000);
    kill(watchdogOf(stand), SIGKILL);
    stand.agent().signal(SIGKILL);
    CHECK(stand.agent().wait() == 1000 + SIGKILL);
    auto const begin = Clock::now();
    stand.startAgent();
    CHECK(stand.stateOf(id) == "reverted");
    CHECK(Clock::now() - begin < std::chrono::seconds(2));
}

TEST_CASE("the watchdog holds no socket of the agent's but its line", "[agent][watchdog]") {
    NativeStand stand;
    pid_t const watchdog = watchdogOf(stand);
    REQUIRE(watchdog > 1);
    int sockets = 0;
    for (auto const& entry :
         std::filesystem::directory_iterator("/proc/" + std::to_string(watchdog) + "/fd")) {
        std::error_code gone;
        auto const target = std::filesystem::read_symlink(entry.path(), gone).string();
        sockets += target.starts_with("socket:") ? 1 : 0;
    }
    CHECK(sockets == 1);
}

TEST_CASE("a second agent on the same state is refused", "[agent][lease]") {
    NativeStand stand;
    tests::Agent second({"revert", "--state-directory", stand.state()});
    CHECK(second.wait() == 1);
    CHECK(second.output().find("takes back what it finds there itself") != std::string::npos);
}

TEST_CASE("an agent whose watchdog is killed has another one soon", "[agent][watchdog]") {
    NativeStand stand;
    std::string const mark = "watchdog lost";
    pid_t const first = watchdogOf(stand);
    REQUIRE(first > 1);
    kill(first, SIGKILL);
    CHECK(soon([&] { return watchdogOf(stand) > 1 && watchdogOf(stand) != first; }));
    CHECK(stand.agent().output().find(mark) != std::string::npos);
    CHECK(stand.ask("GET", "/readyz").status == 200);
}
