#include <catch2/catch.hpp>

#include <chrono>
#include <csignal>
#include <fstream>
#include <functional>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "chaos-agent/proxy/address.hpp"
#include "tests/chaos-agent/program/native_stand.hpp"
#include "tests/chaos-agent/proxy/peers.hpp"
#include "tests/chaos-agent/system/child.hpp"
#include "tests/environment.hpp"

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

TEST_CASE("who takes all descriptors by the proxy keeps no fault at work", "[agent][lease]") {
    NativeStand stand;
    std::string const fds = "/proc/" + std::to_string(stand.agent().id()) + "/fd";
    auto const used = [&] { return std::distance(std::filesystem::directory_iterator(fds), {}); };
    rlimit const few{static_cast<rlim_t>(used()) + 100, static_cast<rlim_t>(used()) + 164};
    REQUIRE(prlimit(stand.agent().id(), RLIMIT_NOFILE, &few, nullptr) == 0);
    auto const id = stand.start("hang", leaseMs);
    std::vector<tests::Peer> peers;
    auto const port = proxy::parseAddress(stand.proxy())->port;
    for (int i = 0; i < 120; ++i) {
        peers.push_back(tests::Peer::connectedTo(port));
    }
    CHECK(soon([&] { return used() >= static_cast<long>(few.rlim_cur); }));
    CHECK(soon([&] { return stand.service().answers(); }));
    peers.clear();
    CHECK(soon([&] { return stand.stateOf(id) == "reverted"; }));
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
    kill(stand.watchdog(), SIGKILL);
    stand.agent().signal(SIGKILL);
    CHECK(stand.agent().wait() == 1000 + SIGKILL);
    auto const begin = Clock::now();
    stand.startAgent();
    CHECK(stand.stateOf(id) == "reverted");
    CHECK(Clock::now() - begin < std::chrono::seconds(2));
}

TEST_CASE("the watchdog holds no socket of the agent's but its line", "[agent][watchdog]") {
    NativeStand stand;
    pid_t const watchdog = stand.watchdog();
    REQUIRE(watchdog > 1);
    auto const sockets = [&] {
        int count = 0;
        for (auto const& entry :
             std::filesystem::directory_iterator("/proc/" + std::to_string(watchdog) + "/fd")) {
            std::error_code gone;
            auto const target = std::filesystem::read_symlink(entry.path(), gone).string();
            count += target.starts_with("socket:") ? 1 : 0;
        }
        return count;
    };
    // On a busy host it may not be quite itself yet.
    CHECK(soon([&] { return sockets() == 1; }));
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
    pid_t const first = stand.watchdog();
    REQUIRE(first > 1);
    kill(first, SIGKILL);
    CHECK(soon([&] { return stand.watchdog() > 1 && stand.watchdog() != first; }));
    CHECK(stand.agent().output().find(mark) != std::string::npos);
    CHECK(stand.ask("GET", "/readyz").status == 200);
}

TEST_CASE("an agent whose watchdog is stopped has another one soon", "[agent][watchdog]") {
    NativeStand stand;
    pid_t const first = stand.watchdog();
    REQUIRE(first > 1);
    kill(first, SIGSTOP);
    std::string const id = std::to_string(stand.agent().id());
    CHECK(soon([&] {
        std::ifstream in("/proc/" + id + "/task/" + id + "/children");
        int count = 0;
        for (pid_t child = 0; in >> child;) {
            ++count;
        }
        return count == 2;
    }));
    CHECK(stand.ask("GET", "/readyz").status == 200);
    kill(first, SIGKILL);
}

TEST_CASE("a disturbance that died with agent and watchdog is over for the next agent at once",
          "[agent][lease]") {
    NativeStand stand;
    auto const id = stand.start("errors", 10'000);
    stand.killBoth();
    stand.startAgent();
    CHECK(stand.stateOf(id) == "reverted");
    auto const lines = stand.ask("GET", "/v1/audit").body.dump();
    CHECK(lines.find("stuck") == std::string::npos);
}

TEST_CASE("an agent that cannot start takes back all the same", "[agent][lease]") {
    NativeStand stand;
    stand.start("hang", 10'000);
    stand.killBoth();
    CHECK_FALSE(stand.service().answers());
    std::filesystem::remove(stand.state() + "/audit.jsonl");
    std::filesystem::create_directory(stand.state() + "/audit.jsonl");
    tests::Agent next({"--config", (stand.folder() / "agent.json").string()});
    CHECK(next.wait() == 1);
    CHECK(next.output().find("audit.jsonl") != std::string::npos);
    CHECK(stand.service().answers());
}

TEST_CASE("an agent that is given no streams writes its log into no file of its own",
          "[agent][lease]") {
    NativeStand stand;
    stand.agent().signal(SIGTERM);
    CHECK(stand.agent().wait() == 0);
    pid_t const agent = fork();
    if (agent == 0) {
        for (int const stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
            close(stream);
        }
        std::string const program = (tests::binary().parent_path() / "shakedown-agent").string();
        std::string const config = (stand.folder() / "agent.json").string();
        execl(program.c_str(), program.c_str(), "--config", config.c_str(), nullptr);
        _exit(127);
    }
    CHECK(soon([&] { return stand.ask("GET", "/healthz").status == 200; }));
    for (int const stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        std::error_code gone;
        CHECK(std::filesystem::read_symlink(
                  "/proc/" + std::to_string(agent) + "/fd/" + std::to_string(stream), gone)
              == "/dev/null");
    }
    kill(agent, SIGTERM);
    waitpid(agent, nullptr, 0);
}
