// Where an agent is, as people write it.
#include <catch2/catch.hpp>

#include "chaos-agent/protocol/agent_address.hpp"

using namespace shakedown::protocol;

TEST_CASE("addresses of agents are read", "[protocol][address]") {
    auto const read = [](char const* text) {
        return std::get<AgentAddress>(parseAgentAddress(text));
    };
    REQUIRE(read("unix:/run/shakedown/agent.socket").path == "/run/shakedown/agent.socket");
    auto const http = read("http://127.0.0.1:8475");
    REQUIRE(http.via == AgentAddress::Via::Http);
    REQUIRE(http.host == "127.0.0.1");
    REQUIRE(http.port == 8475);
    REQUIRE(read("http://localhost:1/").port == 1);
    REQUIRE(read("http://[::1]:8475").host == "::1");
    auto const https = read("https://stage.example.com:8476");
    REQUIRE(https.via == AgentAddress::Via::Https);
    REQUIRE(https.host == "stage.example.com");
}

TEST_CASE("what is no address of an agent is refused", "[protocol][address]") {
    for (std::string const& text : std::vector<std::string>{
             "", "unix:", "unix:agent.socket", "unix:/" + std::string(107, 'a'), "127.0.0.1:8475",
             "ftp://127.0.0.1:1", "http://127.0.0.1", "http://127.0.0.1:", "http://127.0.0.1:0",
             "http://127.0.0.1:65536", "http://:8475", "http://::1:8475", "http://me@127.0.0.1:1",
             "https://a b:1", "https://a:1/v1", "https://a:-1", "https://[a]:1"}) {
        INFO(text);
        REQUIRE(std::holds_alternative<std::string>(parseAgentAddress(text)));
    }
}

TEST_CASE("no token goes in the clear to another host", "[protocol][address]") {
    for (char const* text : {"http://192.0.2.1:8475", "http://stage.example.com:8475",
                             "http://0.0.0.0:8475", "http://localhost.example.com:1"}) {
        INFO(text);
        auto const read = parseAgentAddress(text);
        REQUIRE(std::get<std::string>(read).ends_with("take https"));
    }
}
