#include <catch2/catch.hpp>

#include <thread>

#include <linux/capability.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "chaos-agent/system/packet_filter.hpp"
#include "tests/chaos-agent/system/child.hpp"
#include "tests/chaos-agent/system/test_network.hpp"

using namespace shakedown::system;
using shakedown::tests::TestNetwork;

TEST_CASE("our own network namespace is found by what it is", "[system][namespace]") {
    auto const own = NetworkNamespace::own();
    REQUIRE(std::holds_alternative<NetworkNamespace>(own));
    auto const id = std::get<NetworkNamespace>(own).id();
    auto const found = NetworkNamespace::find(id);
    REQUIRE(std::holds_alternative<NetworkNamespace>(found));
    CHECK(std::get<NetworkNamespace>(found).id() == id);
    CHECK(textOf(id) == "net:[" + std::to_string(id.inode) + "]");
}

TEST_CASE("a named network namespace is found, and gone with its name", "[system][namespace]") {
    auto network = TestNetwork::make();
    if (!network) {
        return;
    }
    auto const id = network->service().id();
    CHECK(id != network->client().id());
    CHECK(std::holds_alternative<NetworkNamespace>(NetworkNamespace::find(id)));
    network.reset();
    CHECK(std::holds_alternative<Gone>(NetworkNamespace::find(id)));
}

TEST_CASE("a network namespace is not thought gone for want of a descriptor",
          "[system][namespace]") {
    auto network = TestNetwork::make();
    if (!network) {
        return;
    }
    auto const id = network->service().id();
    shakedown::tests::DescriptorLimit const none;
    CHECK(std::holds_alternative<Failure>(NetworkNamespace::find(id)));
    CHECK(std::holds_alternative<Failure>(NetworkNamespace::find({id.device, 1})));
}

TEST_CASE("a name with a path in it names no network namespace", "[system][namespace]") {
    for (auto const* bad : {"", ".", "..", "../../proc/1/ns/net", "a/b"}) {
        CHECK(std::holds_alternative<Failure>(NetworkNamespace::named(bad)));
    }
    auto const got = NetworkNamespace::named("nobody-has-this");
    REQUIRE(std::holds_alternative<Failure>(got));
    CHECK(std::get<Failure>(got).why.find("/run/netns/nobody-has-this") != std::string::npos);
}

TEST_CASE("what is done inside leaves the caller where it was", "[system][namespace]") {
    auto const network = TestNetwork::make();
    if (!network) {
        return;
    }
    auto const before = std::get<NetworkNamespace>(NetworkNamespace::own()).id();
    NamespaceId there;
    REQUIRE_FALSE(network->service().inside([&] {
        auto const got = NetworkNamespace::ofProcess(gettid());
        there = std::get<NetworkNamespace>(got).id();
    }));
    CHECK(there == network->service().id());
    CHECK(std::get<NetworkNamespace>(NetworkNamespace::own()).id() == before);
}

TEST_CASE("our own network namespace is entered without a privilege", "[system][namespace]") {
    if (geteuid() != 0 || packetFilterProgram().empty()) {
        WARN("skipped: needs to be root, to be less, and nft");
        return;
    }
    auto const own = std::get<NetworkNamespace>(NetworkNamespace::own());
    CHECK(own.isHere());
    bool done = false;
    Failed checked = Failure{"not asked"};
    // Privileges are a thread's own.
    std::thread humble([&] {
        __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
        __user_cap_data_struct sets[2] = {};
        sets[0].effective = sets[0].permitted = 1U << CAP_NET_ADMIN;
        syscall(SYS_capset, &header, sets);
        (void)own.inside([&] { done = true; });
        checked = checkRules(own, "add table inet shakedown_humble\n");
    });
    humble.join();
    CHECK(done);
    CHECK_FALSE(checked);
}
