// An agent that plays the life of one fault and dies where it is told to: it starts it, renews it,
// takes it back and ends, beating to a real watchdog all the while.
//
//   test-dying-agent AGENT STATE KIND TARGET-JSON DIES-AT
//
// AGENT is the program shakedown-agent, whose watchdog is used. At the point DIES-AT, counted from
// 1, it is killed with SIGKILL; with 0 it lives to the end. Each point is a line on stdout. With -1
// it goes on with the fault at work until it is killed, thirty seconds at most.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "chaos-agent/faults/capabilities.hpp"
#include "chaos-agent/faults/posted_connections.hpp"
#include "chaos-agent/faults/proxy_connections.hpp"
#include "chaos-agent/faults/threaded_queues.hpp"
#include "chaos-agent/safety/host_keeper.hpp"
#include "chaos-agent/safety/tenure.hpp"
#include "chaos-agent/safety/watchman.hpp"
#include "chaos-agent/system/boot.hpp"
#include "tests/chaos-agent/proxy/loop.hpp"

using namespace shakedown;

namespace {

// Proxies in a thread of their own, which end with this process.
class OwnProxies {
public:
    explicit OwnProxies(injectors::Target const& target) {
        loop_.on([&] {
            if (target.proxy) {
                proxies_->create(
                    {target.name, target.proxy->text(), target.address->text(), true, {}});
            }
        });
    }
    ~OwnProxies() {
        loop_.on([&] { proxies_.reset(); });
    }
    OwnProxies(OwnProxies const&) = delete;
    OwnProxies& operator=(OwnProxies const&) = delete;
    injectors::Connections& connections() { return posted_; }

private:
    tests::Loop loop_;
    std::unique_ptr<proxy::ProxySet> proxies_ = std::make_unique<proxy::ProxySet>(loop_.io(), 1);
    injectors::ProxyConnections direct_{*proxies_};
    injectors::PostedConnections posted_{loop_.io(), direct_};
};

injectors::Target targetOf(nlohmann::json const& value) {
    injectors::Target target;
    target.name = "orders";
    target.kinds = {"all"};
    target.address = proxy::parseAddress(value.at("address").get<std::string>());
    target.proxy = proxy::parseAddress(value.value("proxy", ""));
    target.pidFile = value.value("pid_file", "");
    target.networkNamespace = value.value("network_namespace", "");
    target.start = value.value("start", system::Words());
    target.restart = value.value("restart", system::Words());
    constexpr std::int64_t most = 1L << 30;
    if (value.contains("disk")) {
        target.disk = {value["disk"].get<std::string>(), Bytes::of(most), Bytes()};
    }
    if (value.contains("container")) {
        target.container = {value.at("socket").get<std::string>(),
                            value["container"].get<std::string>(), ""};
    }
    return target;
}

[[noreturn]] void give(std::string const& why) {
    std::fprintf(stderr, "test-dying-agent: %s\n", why.c_str());
    std::exit(1);
}

template <class T, class U>
T orGiveUp(U got) {
    if (auto const* failure = std::get_if<system::Failure>(&got)) {
        give(failure->why);
    }
    return std::get<T>(std::move(got));
}

void tickFor(safety::HostKeeper& keeper, safety::Watchman const& watchman, int times) {
    for (int i = 0; i < times; ++i) {
        watchman.beat();
        keeper.tick(system::sinceBoot());
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 6) {
        give("five arguments are needed");
    }
    std::string const program = argv[1];
    std::string const state = argv[2];
    std::string const kind = argv[3];
    long const diesAt = std::strtol(argv[5], nullptr, 10);
    constexpr unsigned endsAfterSeconds = 60;
    alarm(endsAfterSeconds);

    auto const tenure = orGiveUp<safety::Tenure>(safety::Tenure::take(state, Duration::seconds(5)));
    auto const files = safety::filesIn(state);
    auto journal = orGiveUp<safety::Journal>(safety::Journal::open(files.journal));
    auto audit = orGiveUp<safety::AuditLog>(safety::AuditLog::open(files.audit));
    auto const watchman = orGiveUp<safety::Watchman>(safety::Watchman::start(program, state));

    safety::KeeperSettings settings;
    settings.targets["orders"] = targetOf(nlohmann::json::parse(argv[4]));
    OwnProxies proxies(settings.targets["orders"]);
    settings.tools.connections = &proxies.connections();
    system::Companions companions;
    settings.tools.companions = &companions;
    injectors::ThreadedQueues queues(1);
    settings.tools.queues = &queues;
    long points = 0;
    settings.onPoint = [&](safety::Point point) {
        ++points;
        std::printf("%ld %s\n", points, nameOf(point));
        std::fflush(stdout);
        if (points == diesAt) {
            raise(SIGKILL);
        }
    };
    auto const keeper = orGiveUp<std::unique_ptr<safety::HostKeeper>>(safety::HostKeeper::open(
        std::move(settings), std::move(journal), std::move(audit), system::sinceBoot()));
    auto const request = injectors::exampleOf(kind, "orders");
    if (!request) {
        give("no kind of fault is called " + kind);
    }
    safety::Caller const caller{"test", safety::Role::Admin};
    auto const started = keeper->start(*request, caller, "");
    if (auto const* refusal = std::get_if<safety::Refusal>(&started)) {
        give(refusal->message);
    }
    auto const id = std::get<protocol::FaultReport>(started).id;
    tickFor(*keeper, watchman, 5);
    std::printf("at work\n");
    std::fflush(stdout);
    if (diesAt < 0) {
        tickFor(*keeper, watchman, 3000);
    }
    keeper->renew(id, caller);
    keeper->stop(id, caller);
    for (int i = 0; i < 500 && keeper->liveCount() > 0; ++i) {
        tickFor(*keeper, watchman, 1);
    }
    return keeper->liveCount() == 0 ? 0 : 6;
}
