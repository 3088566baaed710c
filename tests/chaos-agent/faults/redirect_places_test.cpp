#include <catch2/catch.hpp>

#include <algorithm>
#include <thread>

#include "chaos-agent/faults/capabilities.hpp"
#include "tests/chaos-agent/faults/redirect_stand.hpp"

// Where a redirect can be put, and where it is refused.
using namespace shakedown;
using namespace shakedown::injectors;
using tests::RedirectStand;
using tests::TestSocket;

namespace {

std::string whyNot(RedirectStand const& stand) {
    auto const got = stand.tried(protocol::Errors{503, 1});
    auto const* failure = std::get_if<system::Failure>(&got);
    return failure == nullptr ? "" : failure->why;
}

bool says(std::string const& text, std::string const& part) {
    INFO(text);
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("SSH and protected ports are not redirected, wherever they are", "[faults][redirect]") {
    RedirectStand stand;
    if (!stand.canRun()) {
        return;
    }
    stand.targets["orders"].address->port = 22;
    CHECK(whyNot(stand) == "port 22 of 'orders' is protected");
    stand.targets["orders"].address->port = 9100;
    CHECK(whyNot(stand).empty());
    stand.spared.ports.insert(9100);
    CHECK(whyNot(stand) == "port 9100 of 'orders' is protected");
}

TEST_CASE("a service on another host is not redirected, and the plan says why",
          "[faults][redirect]") {
    RedirectStand stand;
    if (!stand.canRun()) {
        return;
    }
    stand.targets["orders"].address = proxy::Address{tests::TestNetwork::clientAddress, 8080};
    CHECK(says(whyNot(stand), "10.77.0.1 is no address of net:["));
    CHECK(says(whyNot(stand), "a redirect works where the service is"));
    stand.targets["orders"].address = proxy::Address{"0.0.0.0", 8080};
    CHECK(says(whyNot(stand), "matches one address and port"));
    stand.targets["orders"].address.reset();
    CHECK(says(whyNot(stand), "neither a proxy nor an address"));
}

TEST_CASE("a namespace that is not there is told", "[faults][redirect]") {
    RedirectStand stand;
    if (!stand.canRun()) {
        return;
    }
    stand.targets["orders"].networkNamespace = "nobody-has-this";
    CHECK(says(whyNot(stand), "nobody-has-this"));
}

TEST_CASE("capabilities say by which way connections are disturbed", "[faults][redirect]") {
    RedirectStand stand;
    if (!stand.canRun()) {
        return;
    }
    stand.targets["site"] = stand.targets["orders"];
    stand.targets["site"].name = "site";
    stand.targets["site"].proxy = proxy::Address{"127.0.0.1", 18080};
    stand.targets["far"] = stand.targets["orders"];
    stand.targets["far"].name = "far";
    stand.targets["far"].address = proxy::Address{"10.77.0.99", 80};
    for (auto const& one : capabilitiesOf(stand.targets, stand.spared)) {
        INFO(one.kind << " on " << one.target << ": " << one.why);
        if (one.kind != "latency" && one.kind != "http") {
            continue;
        }
        CHECK(one.possible == (one.target != "far"));
        CHECK(one.why.empty() == one.possible);
        CHECK(one.reach
              == (one.target == "far"      ? ""
                  : one.target == "orders" ? "redirect"
                                           : "addressed"));
    }
}

TEST_CASE("two targets with one address fight over its connections", "[faults][redirect]") {
    RedirectStand stand;
    if (!stand.canRun()) {
        return;
    }
    auto const request = [](std::string const& target) { return *exampleOf("latency", target); };
    stand.targets["site"] = stand.targets["orders"];
    stand.targets["site"].name = "site";
    stand.targets["site"].proxy = proxy::Address{"127.0.0.1", 18080};
    auto const one = planOf(request("orders"), stand.targets, stand.spared);
    auto const two = planOf(request("site"), stand.targets, stand.spared);
    REQUIRE(std::holds_alternative<Plan>(one));
    REQUIRE(std::holds_alternative<Plan>(two));
    auto const& held = std::get<Plan>(one).claims;
    auto const& wanted = std::get<Plan>(two).claims;
    CHECK(held.front() != wanted.front());
    CHECK(std::find_first_of(held.begin(), held.end(), wanted.begin(), wanted.end()) != held.end());
}

TEST_CASE("a service of this host's own namespace is redirected on its loopback address",
          "[faults][redirect]") {
    RedirectStand stand;
    if (!stand.canRun()) {
        return;
    }
    tests::ServiceProcess service(tests::freeAddress());
    auto& target = stand.targets["orders"];
    target.networkNamespace.clear();
    target.address = proxy::parseAddress(service.address());
    auto const asked = [&] {
        TestSocket socket(std::get<system::NetworkNamespace>(system::NetworkNamespace::own()),
                          TestSocket::Kind::Tcp);
        REQUIRE(socket.connectTo(target.address->host, target.address->port) == 0);
        return RedirectStand::asked(socket);
    };
    auto const errors = stand.planned(protocol::Errors{503, 1});
    stand.apply(errors);
    CHECK(asked() == "HTTP/1.1 503 Service Unavailable");
    stand.revert(errors);
    CHECK(asked() == "HTTP/1.1 200 OK");
}

TEST_CASE("a service on an IPv6 address is redirected too", "[faults][redirect]") {
    RedirectStand stand;
    if (!stand.canRun()) {
        return;
    }
    auto const place = stand.network().service();
    TestSocket listener(place, TestSocket::Kind::Tcp6);
    listener.bindTo("::1", 8080);
    listener.listen();
    stand.targets["orders"].address = proxy::Address{"::1", 8080};
    auto const errors = stand.planned(protocol::Errors{503, 1});
    stand.apply(errors);
    TestSocket redirected(place, TestSocket::Kind::Tcp6);
    REQUIRE(redirected.connectTo("::1", 8080) == 0);
    // Passed on to the service, and answered in its place.
    auto behind = listener.accept();
    CHECK(RedirectStand::asked(redirected) == "HTTP/1.1 503 Service Unavailable");
    stand.revert(errors);
    TestSocket straight(place, TestSocket::Kind::Tcp6);
    REQUIRE(straight.connectTo("::1", 8080) == 0);
    auto front = listener.accept();
    std::string bytes;
    CHECK(front.send("hello"));
    CHECK(straight.receive(bytes) == 0);
    CHECK(bytes == "hello");
}
