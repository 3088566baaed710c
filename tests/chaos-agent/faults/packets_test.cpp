#include <catch2/catch.hpp>

#include <cmath>

#include "chaos-agent/faults/planner.hpp"
#include "tests/chaos-agent/faults/service_process.hpp"
#include "tests/chaos-agent/system/child.hpp"
#include "tests/chaos-agent/system/test_network.hpp"

// Packet faults do what they say, measured on packets, and nothing of them remains.
using namespace shakedown;
using namespace shakedown::injectors;
using tests::soon;
using tests::TestNetwork;
using tests::TestSocket;

namespace {

constexpr Duration lease = Duration::seconds(30);
constexpr int port = 8080;

struct Stand {
    Stand() : network(TestNetwork::make()) {
        if (!network) {
            return;
        }
        Target service;
        service.name = "orders";
        service.networkNamespace = network->serviceName();
        service.address = proxy::Address{TestNetwork::serviceAddress, port};
        targets["orders"] = service;
        Target client;
        client.name = "site";
        client.address = proxy::Address{TestNetwork::clientAddress, 0};
        targets["site"] = client;
    }
    Operation planned(protocol::FaultKind const& what, protocol::Way way = protocol::Way::Both,
                      std::vector<std::string> peers = {}) {
        protocol::FaultRequest request;
        request.what = what;
        request.target = "orders";
        request.way = way;
        request.peers = std::move(peers);
        request.duration = Duration::seconds(60);
        auto const got = planOf(request, targets, {});
        if (auto const* failure = std::get_if<system::Failure>(&got)) {
            FAIL(failure->why);
        }
        REQUIRE(std::get<Plan>(got).steps.size() == 1);
        return std::get<Plan>(got).steps.front();
    }
    std::unique_ptr<TestNetwork> network;
    Targets targets;
};

// Datagrams between the two ends; `from` is the client's address.
class Datagrams {
public:
    explicit Datagrams(TestNetwork const& network,
                       std::string const& from = TestNetwork::clientAddress, int to = port)
        : client_(network.client(), TestSocket::Kind::Udp),
          service_(network.service(), TestSocket::Kind::Udp) {
        client_.bindTo(from, 9000);
        service_.bindTo(TestNetwork::serviceAddress, to);
        client_.connectTo(TestNetwork::serviceAddress, to);
        service_.connectTo(from, 9000);
    }
    int arrivedIn(int count) { return arrived(client_, service_, count); }
    int arrivedOut(int count) { return arrived(service_, client_, count); }

private:
    static int arrived(TestSocket& from, TestSocket& to, int count) {
        int got = 0;
        std::string bytes;
        constexpr int batch = 50; // what the buffers of a socket hold for sure
        for (int sent = 0; sent < count; sent += batch) {
            for (int i = 0; i < std::min(batch, count - sent); ++i) {
                from.send("x");
            }
            from.send("last");
            // The mark may be lost as well: then the wait ends it.
            while (to.receive(bytes) == 0 && bytes != "last") {
                ++got;
            }
        }
        return got;
    }
    TestSocket client_;
    TestSocket service_;
};

} // namespace

TEST_CASE("a loss of 10 % loses that share of the packets, and none afterwards",
          "[faults][packets]") {
    Stand stand;
    if (!stand.network) {
        return;
    }
    Datagrams datagrams(*stand.network);
    auto const loss = stand.planned(protocol::Loss{0.1}, protocol::Way::In);
    REQUIRE_FALSE(apply(loss, lease, {}));
    constexpr int count = 3000;
    double const lost = count - datagrams.arrivedIn(count);
    // Four standard deviations of the binomial law: one run in 16,000 is beyond.
    CHECK(std::abs(lost - count * 0.1) <= 4 * std::sqrt(count * 0.1 * 0.9));
    CHECK(datagrams.arrivedOut(200) == 200); // the other way is not meant
    REQUIRE_FALSE(revert(loss, {}));
    CHECK(datagrams.arrivedIn(500) == 500);
}

TEST_CASE("a partition is total, both ways, and over at its end", "[faults][packets]") {
    Stand stand;
    if (!stand.network) {
        return;
    }
    Datagrams datagrams(*stand.network);
    auto const partition = stand.planned(protocol::Partition{});
    REQUIRE_FALSE(apply(partition, lease, {}));
    CHECK(datagrams.arrivedIn(100) == 0);
    CHECK(datagrams.arrivedOut(100) == 0);
    REQUIRE_FALSE(revert(partition, {}));
    CHECK(datagrams.arrivedIn(100) == 100);
    CHECK(datagrams.arrivedOut(100) == 100);
}

TEST_CASE("a partition from a peer leaves others alone", "[faults][packets]") {
    Stand stand;
    if (!stand.network) {
        return;
    }
    auto const partition = stand.planned(protocol::Partition{}, protocol::Way::Both, {"site"});
    REQUIRE_FALSE(apply(partition, lease, {}));
    {
        Datagrams datagrams(*stand.network);
        CHECK(datagrams.arrivedIn(50) == 0);
        CHECK(datagrams.arrivedOut(50) == 0);
    }
    Datagrams stranger(*stand.network, TestNetwork::strangerAddress);
    CHECK(stranger.arrivedIn(50) == 50);
    CHECK(stranger.arrivedOut(50) == 50);
}

TEST_CASE("a reject refuses new connections and resets live ones", "[faults][packets]") {
    Stand stand;
    if (!stand.network) {
        return;
    }
    TestSocket listener(stand.network->service(), TestSocket::Kind::Tcp);
    listener.bindTo(TestNetwork::serviceAddress, port);
    listener.listen();
    TestSocket live(stand.network->client(), TestSocket::Kind::Tcp);
    REQUIRE(live.connectTo(TestNetwork::serviceAddress, port) == 0);
    auto const other = listener.accept();
    auto const reject = stand.planned(protocol::Reject{});
    REQUIRE_FALSE(apply(reject, lease, {}));
    std::string bytes;
    CHECK(live.send("is anybody there"));
    CHECK(live.receive(bytes) == ECONNRESET);
    TestSocket refused(stand.network->client(), TestSocket::Kind::Tcp);
    CHECK(refused.connectTo(TestNetwork::serviceAddress, port) == ECONNREFUSED);
    REQUIRE_FALSE(revert(reject, {}));
    TestSocket welcome(stand.network->client(), TestSocket::Kind::Tcp);
    CHECK(welcome.connectTo(TestNetwork::serviceAddress, port) == 0);
}

TEST_CASE("a black hole answers nobody, and lets go", "[faults][packets]") {
    Stand stand;
    if (!stand.network) {
        return;
    }
    TestSocket listener(stand.network->service(), TestSocket::Kind::Tcp);
    listener.bindTo(TestNetwork::serviceAddress, port);
    listener.listen();
    auto const hole = stand.planned(protocol::BlackHole{});
    REQUIRE_FALSE(apply(hole, lease, {}));
    TestSocket lost(stand.network->client(), TestSocket::Kind::Tcp);
    CHECK(lost.connectTo(TestNetwork::serviceAddress, port) == ETIMEDOUT);
    REQUIRE_FALSE(revert(hole, {}));
    TestSocket welcome(stand.network->client(), TestSocket::Kind::Tcp);
    CHECK(welcome.connectTo(TestNetwork::serviceAddress, port) == 0);
}

TEST_CASE("SSH is in no partition", "[faults][packets]") {
    Stand stand;
    if (!stand.network) {
        return;
    }
    TestSocket listener(stand.network->service(), TestSocket::Kind::Tcp);
    listener.bindTo(TestNetwork::serviceAddress, 22);
    listener.listen();
    REQUIRE_FALSE(apply(stand.planned(protocol::Partition{}), lease, {}));
    TestSocket rescue(stand.network->client(), TestSocket::Kind::Tcp);
    REQUIRE(rescue.connectTo(TestNetwork::serviceAddress, 22) == 0);
    auto other = listener.accept();
    std::string bytes;
    CHECK(other.send("hello"));
    CHECK(rescue.receive(bytes) == 0);
}

TEST_CASE("the kernel ends a packet fault by itself when its lease is over", "[faults][packets]") {
    Stand stand;
    if (!stand.network) {
        return;
    }
    Datagrams datagrams(*stand.network);
    auto const partition = stand.planned(protocol::Partition{});
    REQUIRE_FALSE(apply(partition, Duration::milliseconds(800), {}));
    CHECK(datagrams.arrivedIn(10) == 0);
    CHECK(soon([&] { return datagrams.arrivedIn(10) == 10; }));
}

TEST_CASE("a renewed lease keeps a packet fault, before and after it was over",
          "[faults][packets]") {
    Stand stand;
    if (!stand.network) {
        return;
    }
    Datagrams datagrams(*stand.network);
    auto const partition = stand.planned(protocol::Partition{});
    REQUIRE_FALSE(apply(partition, Duration::milliseconds(500), {}));
    REQUIRE_FALSE(renew(partition, lease, {}));
    std::this_thread::sleep_for(std::chrono::milliseconds(700));
    CHECK(datagrams.arrivedIn(10) == 0);
    REQUIRE_FALSE(renew(partition, Duration::milliseconds(1), {}));
    CHECK(soon([&] { return datagrams.arrivedIn(10) == 10; }));
    REQUIRE_FALSE(renew(partition, lease, {}));
    CHECK(datagrams.arrivedIn(10) == 0);
}

TEST_CASE("a target without a namespace of its own is known by its address", "[faults][packets]") {
    auto const network = TestNetwork::make();
    if (!network) {
        return;
    }
    Targets targets;
    Target target;
    target.name = "orders";
    targets["orders"] = target;
    protocol::FaultRequest request;
    request.what = protocol::Partition{};
    request.target = "orders";
    request.duration = Duration::seconds(10);
    auto const refused = planOf(request, targets, {});
    REQUIRE(std::holds_alternative<system::Failure>(refused));
    CHECK(std::get<system::Failure>(refused).why.find("has no network namespace of its own")
          != std::string::npos);

    tests::ServiceProcess one(tests::freeAddress("127.0.0.1"));
    tests::ServiceProcess two(tests::freeAddress("127.0.0.1"));
    targets["orders"].address = proxy::parseAddress(one.address());
    auto const planned = planOf(request, targets, {});
    REQUIRE(std::holds_alternative<Plan>(planned));
    auto const& step = std::get<Plan>(planned).steps.front();
    REQUIRE_FALSE(apply(step, lease, {}));
    CHECK_FALSE(one.answers());
    CHECK(two.answers());
    REQUIRE_FALSE(revert(step, {}));
    CHECK(one.answers());
}

TEST_CASE("a protected port of this host is refused", "[faults][packets]") {
    auto const network = TestNetwork::make();
    if (!network) {
        return;
    }
    Targets targets;
    targets["orders"].name = "orders";
    targets["orders"].address = proxy::Address{"127.0.0.1", 22};
    protocol::FaultRequest request;
    request.what = protocol::Partition{};
    request.target = "orders";
    request.duration = Duration::seconds(10);
    auto const refused = planOf(request, targets, {});
    REQUIRE(std::holds_alternative<system::Failure>(refused));
    CHECK(std::get<system::Failure>(refused).why == "port 22 of 'orders' is protected");
}

TEST_CASE("a table that is there already is not touched", "[faults][packets]") {
    Stand stand;
    if (!stand.network) {
        return;
    }
    REQUIRE_FALSE(apply(stand.planned(protocol::Partition{}), lease, {}));
    protocol::FaultRequest request;
    request.what = protocol::Partition{};
    request.target = "orders";
    request.duration = Duration::seconds(60);
    auto const refused = planOf(request, stand.targets, {});
    REQUIRE(std::holds_alternative<system::Failure>(refused));
    CHECK(std::get<system::Failure>(refused).why.find("was left by an agent") != std::string::npos);
}
