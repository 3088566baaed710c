#include <catch2/catch.hpp>

#include <map>
#include <set>

#include "chaos-agent/faults/capabilities.hpp"
#include "chaos-agent/faults/operation_json.hpp"
#include "chaos-agent/faults/threaded_queues.hpp"
#include "chaos-agent/system/packet_filter.hpp"
#include "tests/chaos-agent/faults/own_groups.hpp"
#include "tests/chaos-agent/faults/service_process.hpp"
#include "tests/chaos-agent/faults/target_group.hpp"
#include "tests/chaos-agent/safety/keeper_stand.hpp"
#include "tests/chaos-agent/system/child.hpp"
#include "tests/chaos-agent/system/small_disk.hpp"
#include "tests/chaos-agent/system/test_network.hpp"

// What every kind of fault promises, tried on every kind there is, those of connections on a proxy
// that callers address and on one that they are redirected to. A restart needs an action that
// ends the old process, which test-service has not, and a stop needs a container; they have tests
// of their own (process_faults_test, container_test).
using namespace shakedown;
using namespace shakedown::injectors;
using tests::soon;

namespace {

constexpr Duration lease = Duration::seconds(5);

// A service in a network namespace, behind a pretended proxy, or with one put in its way.
struct Stand {
    enum class Proxies { Addressed, Redirected };
    explicit Stand(Proxies proxies)
        : network(tests::TestNetwork::make()), disk(tests::SmallDisk::make()),
          group(tests::TargetGroup::make()) {
        if (!canRun()) {
            return;
        }
        auto const place = network->service();
        service = std::make_unique<tests::ServiceProcess>(
            std::string(tests::TestNetwork::serviceAddress) + ":8080", &place);
        auto target = service->target("orders");
        // What is started again is started here, in our namespace, on the same address: no good.
        if (proxies == Proxies::Addressed) {
            target.proxy = proxy::Address{"127.0.0.1", 1};
        }
        target.start = {"/usr/sbin/ip", "netns", "exec", network->serviceName()};
        for (auto const& word : service->words()) {
            target.start.push_back(word);
        }
        target.disk = disk->room();
        targets["orders"] = target;
        tools.connections = &connections;
        tools.companions = &companions;
        tools.queues = &queues;
    }

    // False where this host does not let us; that was warned of.
    bool canRun() const { return network && disk; }
    Plan planned(std::string const& kind) {
        // Who was started again is not where he was.
        if (auto const process = service->process()) {
            if (group) {
                group->take(process->id().number);
            }
        }
        auto const request = exampleOf(kind, "orders");
        REQUIRE(request);
        auto const got = planOf(*request, targets, spared);
        if (auto const* failure = std::get_if<system::Failure>(&got)) {
            FAIL(kind << ": " << failure->why);
        }
        return std::get<Plan>(got);
    }
    void revert(Plan const& plan) {
        for (auto step = plan.steps.rbegin(); step != plan.steps.rend(); ++step) {
            CHECK_FALSE(injectors::revert(*step, tools));
        }
        CHECK(soon([&] {
            return std::all_of(plan.steps.begin(), plan.steps.end(), [&](auto const& step) {
                return isReverted(step, tools).is == Verdict::Is::So;
            });
        }));
    }
    // Everything that a fault could have changed.
    std::string state() {
        auto const rules = system::tablesLike(network->service(), "");
        std::string text;
        for (auto const& table : std::get<std::vector<std::string>>(rules)) {
            text += table + " ";
        }
        auto const process = service->process();
        text += !process ? "gone" : process->isStopped() ? "stopped" : "running";
        for (auto const& one : connections.disturbed) {
            text += " " + one;
        }
        for (auto const& one : connections.opened) {
            text += " open " + one;
        }
        text += " " + disk->state() + tests::ownGroupsState(targets.at("orders"))
                + (group ? group->state() : "");
        if (service->hasFewDescriptors()) {
            text += " few descriptors";
        }
        return text;
    }

    std::unique_ptr<tests::TestNetwork> network;
    std::unique_ptr<tests::SmallDisk> disk;
    std::unique_ptr<tests::TargetGroup> group;
    std::unique_ptr<tests::ServiceProcess> service;
    Targets targets;
    Protected spared;
    tests::FakeConnections connections;
    system::Companions companions;
    ThreadedQueues queues{1};
    Tools tools;
};

std::vector<std::string> kinds() {
    std::vector<std::string> names;
    for (auto const& name : protocol::faultNames()) {
        if (name != "restart" && name != "stop" && tests::hasGroupsFor(name)) {
            names.push_back(name);
        }
    }
    return names;
}

} // namespace

TEST_CASE("every kind of fault is applied, seen, taken back, and nothing remains",
          "[faults][contract]") {
    auto const proxies = GENERATE(Stand::Proxies::Addressed, Stand::Proxies::Redirected);
    Stand stand(proxies);
    if (!stand.canRun()) {
        return;
    }
    for (auto const& kind : kinds()) {
        INFO(kind);
        std::string const before = stand.state();
        auto const plan = stand.planned(kind);
        CHECK(stand.state() == before);
        for (auto const& step : plan.steps) {
            REQUIRE_FALSE(apply(step, lease, stand.tools));
        }
        CHECK(soon([&] {
            return std::all_of(plan.steps.begin(), plan.steps.end(), [&](auto const& step) {
                return isApplied(step, stand.tools).is == Verdict::Is::So;
            });
        }));
        CHECK(stand.state() != before);
        stand.revert(plan);
        CHECK(soon([&] { return stand.service->answers(); }));
        CHECK(stand.state() == before);
    }
}

TEST_CASE("every kind of fault is taken back again without harm, and when it was never done",
          "[faults][contract]") {
    auto const proxies = GENERATE(Stand::Proxies::Addressed, Stand::Proxies::Redirected);
    Stand stand(proxies);
    if (!stand.canRun()) {
        return;
    }
    for (auto const& kind : kinds()) {
        INFO(kind);
        std::string const before = stand.state();
        auto const plan = stand.planned(kind);
        stand.revert(plan);
        CHECK(stand.state() == before);
        for (auto const& step : plan.steps) {
            REQUIRE_FALSE(apply(step, lease, stand.tools));
        }
        stand.revert(plan);
        stand.revert(plan);
        CHECK(soon([&] { return stand.service->answers(); }));
        CHECK(stand.state() == before);
    }
}

TEST_CASE("every kind of fault can be taken back by who only read what was written down",
          "[faults][contract]") {
    auto const proxies = GENERATE(Stand::Proxies::Addressed, Stand::Proxies::Redirected);
    Stand stand(proxies);
    if (!stand.canRun()) {
        return;
    }
    for (auto const& kind : kinds()) {
        INFO(kind);
        std::string const before = stand.state();
        Plan plan = stand.planned(kind);
        std::string const written = toJson(plan.steps).dump();
        for (auto const& step : plan.steps) {
            REQUIRE_FALSE(apply(step, lease, stand.tools));
        }
        auto const read = readOperations(nlohmann::json::parse(written));
        REQUIRE(std::holds_alternative<std::vector<Operation>>(read));
        plan.steps = std::get<std::vector<Operation>>(read);
        CHECK(toJson(plan.steps).dump() == written);
        stand.revert(plan);
        CHECK(soon([&] { return stand.service->answers(); }));
        CHECK(stand.state() == before);
    }
}

TEST_CASE("every kind of fault says what it does, what takes it back, and what it holds",
          "[faults][contract]") {
    auto const proxies = GENERATE(Stand::Proxies::Addressed, Stand::Proxies::Redirected);
    Stand stand(proxies);
    if (!stand.canRun()) {
        return;
    }
    for (auto const& kind : kinds()) {
        INFO(kind);
        auto const plan = stand.planned(kind);
        auto const again = stand.planned(kind);
        CHECK_FALSE(plan.claims.empty());
        CHECK(hashOf(plan) == hashOf(again));
        auto const report = reportOf(plan);
        REQUIRE(report.steps.size() == plan.steps.size());
        for (auto const& step : report.steps) {
            CHECK_FALSE(step.apply.empty());
            CHECK_FALSE(step.revert.empty());
        }
        CHECK(report.irreversible == (kind == "kill" || kind == "crash"));
    }
}

TEST_CASE("kinds that touch the same thing have a claim in common, others have none",
          "[faults][contract]") {
    auto const proxies = GENERATE(Stand::Proxies::Addressed, Stand::Proxies::Redirected);
    Stand stand(proxies);
    if (!stand.canRun()) {
        return;
    }
    std::set<std::string> const packets{"loss",      "partition", "reject",  "black_hole", "delay",
                                        "duplicate", "reorder",   "corrupt", "rate"};
    std::set<std::string> const process{"hang", "crash", "kill"};
    std::set<std::string> const others{"cpu",       "memory",           "disk",
                                       "cpu_quota", "file_descriptors", "processes"};
    auto const family = [&](std::string const& kind) -> std::string {
        if (kind == "io") {
            return "disk"; // on one filesystem
        }
        return packets.contains(kind)   ? "packets"
               : process.contains(kind) ? "process"
               : others.contains(kind)  ? kind
                                        : "connections";
    };
    std::map<std::string, std::vector<std::string>> claims;
    for (auto const& kind : kinds()) {
        claims[kind] = stand.planned(kind).claims;
    }
    for (auto const& [one, a] : claims) {
        for (auto const& [other, b] : claims) {
            INFO(one << " and " << other);
            bool const fight = std::any_of(a.begin(), a.end(), [&](std::string const& claim) {
                return std::find(b.begin(), b.end(), claim) != b.end();
            });
            CHECK(fight == (family(one) == family(other)));
        }
    }
}
