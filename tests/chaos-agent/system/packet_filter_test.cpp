#include <catch2/catch.hpp>

#include "chaos-agent/system/packet_filter.hpp"
#include "tests/chaos-agent/system/test_network.hpp"

using namespace shakedown::system;
using shakedown::tests::TestNetwork;

namespace {

std::string listed(NetworkNamespace const& place, std::string const& table) {
    auto const got = listTable(place, table);
    REQUIRE(std::holds_alternative<std::string>(got));
    return std::get<std::string>(got);
}

} // namespace

TEST_CASE("rules are applied in the namespace they are meant for", "[system][packets]") {
    auto const network = TestNetwork::make();
    if (!network) {
        return;
    }
    REQUIRE_FALSE(applyRules(network->service(), "add table inet shakedown_t\n"));
    CHECK(listed(network->service(), "shakedown_t").find("table inet shakedown_t") == 0);
    CHECK(listed(network->client(), "shakedown_t").empty());
}

TEST_CASE("a text with an error in its last line applies nothing", "[system][packets]") {
    auto const network = TestNetwork::make();
    if (!network) {
        return;
    }
    auto const failed =
        applyRules(network->service(), "add table inet shakedown_t\nadd chain inet nobody x\n");
    REQUIRE(failed);
    CHECK(failed->why.find("nft in net:[") == 0);
    CHECK(listed(network->service(), "shakedown_t").empty());
}

TEST_CASE("tables are listed by how they begin", "[system][packets]") {
    auto const network = TestNetwork::make();
    if (!network) {
        return;
    }
    REQUIRE_FALSE(applyRules(network->service(), "add table inet shakedown_a\n"
                                                 "add table inet other\n"
                                                 "add table ip shakedown_b\n"));
    auto const got = tablesLike(network->service(), "shakedown_");
    REQUIRE(std::holds_alternative<std::vector<std::string>>(got));
    CHECK(std::get<std::vector<std::string>>(got) == std::vector<std::string>{"shakedown_a"});
}
