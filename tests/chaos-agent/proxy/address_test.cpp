#include <catch2/catch.hpp>

#include "chaos-agent/proxy/proxy.hpp"

using namespace shakedown::proxy;

TEST_CASE("addresses are read and written alike", "[proxy][address]") {
    for (char const* text :
         {"127.0.0.1:80", "localhost:65535", "[::1]:0", ":8080", "a-b.example:1"}) {
        INFO(text);
        auto const address = parseAddress(text);
        REQUIRE(address);
        REQUIRE(address->text() == text);
    }
}

TEST_CASE("what is no address is refused", "[proxy][address]") {
    for (char const* text :
         {"", "80", "localhost", "a:", "a:b", "a:65536", "a:-1", "a:+1", "a:1 ", "::1:80", "[::1]",
          "[::1]80", "[a]:80", "a b:80", "http://a:80", "a\r\nb:80", "a:80:90"}) {
        INFO(text);
        REQUIRE_FALSE(parseAddress(text));
    }
    REQUIRE_FALSE(parseAddress(std::string(256, 'a').append(":80")));
}

TEST_CASE("loopback is told from the rest", "[proxy][address]") {
    REQUIRE(isLoopback({"127.0.0.1", 0}));
    REQUIRE(isLoopback({"127.9.9.9", 0}));
    REQUIRE(isLoopback({"::1", 0}));
    REQUIRE(isLoopback({"localhost", 0}));
    for (char const* host : {"", "0.0.0.0", "::", "10.0.0.1", "localhost.example"}) {
        REQUIRE_FALSE(isLoopback({host, 0}));
    }
}

TEST_CASE("a proxy listens at addresses, not at names that would have to be looked up",
          "[proxy][address]") {
    for (char const* listen : {"", ":0", "127.0.0.1:0", "[::1]:80", "localhost:0"}) {
        INFO(listen);
        REQUIRE_FALSE(checkAddresses(listen, "some.name:80"));
    }
    for (char const* listen : {"some.name:0", "127.0.0.1.example:1", "localhost.:1", "127.1.1:1"}) {
        INFO(listen);
        auto const refused = checkAddresses(listen, "some.name:80");
        REQUIRE(refused);
        REQUIRE(refused->reason == Refusal::Reason::BadAddress);
        REQUIRE(refused->message
                == "listen '" + std::string(listen)
                       + "' must have an IP address, localhost or no host");
    }
}
