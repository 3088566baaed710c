#include <catch2/catch.hpp>

#include "chaos-agent/system/address_probe.hpp"
#include "chaos-agent/system/packet_filter.hpp"
#include "tests/chaos-agent/system/test_network.hpp"

using namespace shakedown::system;
using shakedown::tests::TestNetwork;

TEST_CASE("an address is of the place that has it, and of no other", "[system][address]") {
    auto const network = TestNetwork::make();
    if (!network) {
        return;
    }
    auto const is = [](NetworkNamespace const& place, char const* address) {
        return std::get<AddressProbe>(probe(place, address));
    };
    CHECK(is(network->service(), TestNetwork::serviceAddress) == AddressProbe::Ours);
    CHECK(is(network->client(), TestNetwork::serviceAddress) == AddressProbe::NotThere);
    CHECK(is(network->client(), "127.0.0.1") == AddressProbe::Ours);
    CHECK(is(network->client(), "::1") == AddressProbe::Ours);
    CHECK(std::holds_alternative<Failure>(probe(network->client(), "localhost")));
}

TEST_CASE("an address where no packet of ours passes is forbidden", "[system][address]") {
    auto const network = TestNetwork::make();
    if (!network) {
        return;
    }
    REQUIRE_FALSE(applyRules(network->service(),
                             "table inet t {\nchain o {\ntype filter hook output priority 0;\n"
                             "ip daddr 10.77.0.2 drop\n}\n}\n"));
    auto const got = probe(network->service(), TestNetwork::serviceAddress);
    CHECK(std::get<AddressProbe>(got) == AddressProbe::Forbidden);
}
