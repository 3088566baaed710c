#include "reports/formats/base64.hpp"

#include <catch2/catch.hpp>

using shakedown::formats::base64;

TEST_CASE("base64 gives what RFC 4648 says in section 10", "[formats][base64]") {
    CHECK(base64("").empty());
    CHECK(base64("f") == "Zg==");
    CHECK(base64("fo") == "Zm8=");
    CHECK(base64("foo") == "Zm9v");
    CHECK(base64("foob") == "Zm9vYg==");
    CHECK(base64("fooba") == "Zm9vYmE=");
    CHECK(base64("foobar") == "Zm9vYmFy");
}

TEST_CASE("base64 takes any byte", "[formats][base64]") {
    CHECK(base64(std::string_view("\xff\xfe\x00", 3)) == "//4A");
    CHECK(base64("\xfb\xef\xbe") == "++++");
}
