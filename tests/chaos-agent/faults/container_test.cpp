#include <catch2/catch.hpp>

#include "chaos-agent/faults/capabilities.hpp"
#include "chaos-agent/faults/operation_json.hpp"
#include "tests/chaos-agent/faults/docker_engine.hpp"
#include "tests/chaos-agent/faults/planned.hpp"
#include "tests/chaos-agent/system/child.hpp"

// Faults of containers, on a real engine of the test's own.
using namespace shakedown;
using namespace shakedown::injectors;
using tests::DockerEngine;
using tests::planFor;
using tests::refusalOf;
using tests::soon;

namespace {

constexpr Duration lease = Duration::seconds(30);
constexpr char const* serves = "running, answers";

Target targetOf(DockerEngine const& docker, std::string const& name,
                std::string const& label = "") {
    Target target;
    target.name = "orders";
    target.kinds = {"all"};
    target.container = ContainerName{docker.socket(), name, label};
    target.address = proxy::parseAddress(DockerEngine::serviceAddress);
    return target;
}

bool isDone(Operation const& step) {
    return soon([&] { return isApplied(step, {}).is == Verdict::Is::So; });
}

bool isUndone(Operation const& step) {
    return soon([&] { return isReverted(step, {}).is == Verdict::Is::So; });
}

} // namespace

TEST_CASE("every fault of a container is applied, seen, taken back, and nothing remains",
          "[faults][container][contract]") {
    auto const docker = DockerEngine::make();
    if (!docker) {
        return;
    }
    docker->runs("orders", {"--label=app=orders"});
    struct Row {
        char const* kind;
        char const* during;
    };
    for (auto const& [kind, during] : {Row{"hang", "paused"}, Row{"crash", "exited"},
                                       Row{"stop", "exited"}, Row{"restart", serves}}) {
        INFO(kind);
        auto const target = targetOf(*docker, "orders");
        auto const plan = planFor(exampleOf(kind, "orders")->what, target);
        REQUIRE(plan.steps.size() == 1);
        auto const began = docker->began("orders");

        // Never done: nothing is touched.
        CHECK_FALSE(revert(plan.steps[0], {}));
        CHECK(isUndone(plan.steps[0]));
        CHECK(docker->began("orders") == began);

        // By who only read what was written down.
        auto const written = toJson(plan.steps);
        auto const read = readOperations(nlohmann::json::parse(written.dump()));
        REQUIRE(std::holds_alternative<std::vector<Operation>>(read));
        auto const& step = std::get<std::vector<Operation>>(read).front();
        CHECK(toJson({step}) == written);

        REQUIRE_FALSE(apply(step, lease, {}));
        CHECK(isDone(step));
        CHECK(docker->state("orders") == during);
        for (int times = 0; times < 2; ++times) {
            CHECK_FALSE(revert(step, {}));
            CHECK(isUndone(step));
            CHECK(docker->state("orders") == serves);
        }
        bool const isAnotherLife = std::string(kind) != "hang";
        CHECK((docker->began("orders") != began) == isAnotherLife);
        CHECK(plan.irreversible == isAnotherLife);

        auto const words = wordsOf(step);
        CHECK(words.apply.find("container orders (") != std::string::npos);
        CHECK(words.revert.find("container orders (") != std::string::npos);
        CHECK(plan.claims.front().starts_with("container orders ("));
        auto const now = planFor(protocol::Hang{}, targetOf(*docker, "", "app=orders")).claims;
        CHECK(now.front() == plan.claims.front());
        CHECK((now == plan.claims) == !isAnotherLife); // the process is another
    }

    // For good.
    auto const kill = planFor(protocol::Kill{}, targetOf(*docker, "", "app=orders")).steps[0];
    REQUIRE_FALSE(apply(kill, lease, {}));
    CHECK(isDone(kill));
    CHECK_FALSE(revert(kill, {}));
    CHECK(isUndone(kill));
    CHECK(docker->state("orders") == "exited");
    CHECK(wordsOf(kill).revert == "nothing takes this back");
}

TEST_CASE("what others do to a container meanwhile is respected", "[faults][container]") {
    auto const docker = DockerEngine::make();
    if (!docker) {
        return;
    }
    docker->runs("orders");
    auto const target = targetOf(*docker, "orders");

    // Thawed by somebody else, who froze it for himself then.
    auto const hang = planFor(protocol::Hang{}, target).steps[0];
    REQUIRE_FALSE(apply(hang, lease, {}));
    REQUIRE(isDone(hang));
    docker->docker({"unpause", "orders"});
    CHECK_FALSE(revert(hang, {}));
    CHECK(isUndone(hang));
    CHECK(docker->state("orders") == serves);

    // Started by somebody else.
    auto const crash = planFor(protocol::Crash{}, target).steps[0];
    REQUIRE_FALSE(apply(crash, lease, {}));
    REQUIRE(isDone(crash));
    CHECK(isReverted(crash, {}).is == Verdict::Is::NotYet);
    docker->docker({"start", "orders"});
    auto const began = docker->began("orders");
    CHECK_FALSE(revert(crash, {}));
    CHECK(isUndone(crash));
    CHECK(docker->began("orders") == began);
    // Of an earlier life there is nothing to freeze, and nothing to thaw.
    docker->docker({"pause", "orders"});
    CHECK_FALSE(revert(hang, {}));
    CHECK(isUndone(hang));
    CHECK(docker->state("orders") == "paused");
    docker->docker({"unpause", "orders"});

    // Removed by somebody else.
    auto const again = planFor(protocol::Crash{}, target).steps[0];
    auto const frozen = planFor(protocol::Hang{}, target).steps[0];
    docker->docker({"rm", "--force", "orders"});
    auto const failed = revert(again, {});
    REQUIRE(failed);
    CHECK(failed->why.ends_with("was removed, so it cannot be started again"));
    CHECK(isReverted(again, {}).is == Verdict::Is::NotSo);
    CHECK_FALSE(revert(frozen, {}));
    CHECK(isUndone(frozen));
}

TEST_CASE("a container that takes its time to stop is back all the same", "[faults][container]") {
    auto const docker = DockerEngine::make();
    if (!docker) {
        return;
    }
    constexpr int slowly = 4;
    docker->runs("orders", {}, DockerEngine::service(slowly));
    auto const stop =
        planFor(protocol::Stop{Duration::seconds(30)}, targetOf(*docker, "orders")).steps[0];
    // The engine is asked and not awaited; who asked may be gone before it has ended.
    REQUIRE_FALSE(apply(stop, lease, {}));
    CHECK(isApplied(stop, {}).is == Verdict::Is::NotYet);
    CHECK(isReverted(stop, {}).is == Verdict::Is::NotYet);
    auto const began = docker->began("orders");
    CHECK_FALSE(revert(stop, {}));
    CHECK(isUndone(stop));
    auto const after = docker->began("orders");
    CHECK(after != began);
    std::this_thread::sleep_for(std::chrono::seconds(slowly));
    CHECK(docker->began("orders") == after);
    CHECK(docker->state("orders") == serves);
}

TEST_CASE("faults of packets befall a container in its own network", "[faults][container]") {
    auto const network = tests::TestNetwork::make();
    auto const docker = network ? DockerEngine::make() : nullptr;
    if (!docker) {
        return;
    }
    docker->runs("orders");
    docker->wire("orders", *network);
    auto target = targetOf(*docker, "orders");
    target.address = proxy::Address{DockerEngine::wiredAddress, 8080};
    auto const connected = [&] {
        tests::TestSocket socket(network->client(), tests::TestSocket::Kind::Tcp);
        return socket.connectTo(DockerEngine::wiredAddress, 8080);
    };
    REQUIRE(soon([&] { return connected() == 0; }));
    for (auto const& [kind, error] :
         {std::pair{"reject", ECONNREFUSED}, {"black_hole", ETIMEDOUT}}) {
        INFO(kind);
        auto const plan = planFor(exampleOf(kind, "orders")->what, target);
        for (auto const& step : plan.steps) {
            REQUIRE_FALSE(apply(step, lease, {}));
        }
        CHECK(connected() == error);
        for (auto const& step : plan.steps) {
            CHECK_FALSE(revert(step, {}));
            CHECK(isUndone(step));
        }
        CHECK(soon([&] { return connected() == 0; }));
    }
}

TEST_CASE("a container is refused that is not as it should be", "[faults][container]") {
    auto const docker = DockerEngine::make();
    if (!docker) {
        return;
    }
    docker->runs("one", {"--label=app=shop", "--rm"});
    docker->runs("two", {"--label=app=shop"});
    using protocol::Crash;
    using protocol::Hang;
    CHECK(refusalOf(Hang{}, targetOf(*docker, "", "app=shop"))
          == "the label app=shop of 'orders' is carried by one, two; it must be one");
    CHECK(refusalOf(Hang{}, targetOf(*docker, "", "app"))
          == "the label app of 'orders' is carried by one, two; it must be one");
    CHECK(refusalOf(Hang{}, targetOf(*docker, "", "app=none"))
          == "the label app=none of 'orders' is carried by no running container; it must be one");
    CHECK(refusalOf(Hang{}, targetOf(*docker, "three"))
          == "there is no container three of 'orders'");
    CHECK(refusalOf(Crash{}, targetOf(*docker, "one"))
          == "container one of 'orders' is removed when it ends, so it could not come back from a"
             " crash; a fault 'kill' is for good");
    docker->docker({"pause", "two"});
    CHECK(refusalOf(Hang{}, targetOf(*docker, "two"))
          == "container two of 'orders' is paused already, and not by us");
    docker->docker({"unpause", "two"});

    auto const process = processOf(targetOf(*docker, "two"));
    REQUIRE(std::holds_alternative<system::Process>(process));
    Protected spared;
    spared.processes.push_back(std::get<system::Process>(process).id());
    CHECK(refusalOf(Hang{}, targetOf(*docker, "two"), spared)
          == "container two of 'orders' is protected");

    docker->docker({"stop", "--time=0", "two"});
    CHECK(refusalOf(Hang{}, targetOf(*docker, "two")) == "container two of 'orders' does not run");

    auto nobody = targetOf(*docker, "two");
    nobody.container->socket = "/nobody/here.sock";
    CHECK(refusalOf(Hang{}, nobody)
          == "no container engine answers at unix:/nobody/here.sock: connecting: No such file or"
             " directory");
    Target other;
    other.name = "orders";
    CHECK(refusalOf(protocol::Stop{}, other)
          == "'orders' is no container; a process is stopped for a time by 'hang', and ended by"
             " 'crash' or 'kill'");
}
