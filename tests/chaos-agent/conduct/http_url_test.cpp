#include <catch2/catch.hpp>

#include "chaos-agent/conduct/http_url.hpp"

using namespace shakedown::conduct;

namespace {

HttpUrl urlOf(std::string const& text) {
    auto const read = parseHttpUrl(text);
    INFO(text);
    REQUIRE(std::holds_alternative<HttpUrl>(read));
    return std::get<HttpUrl>(read);
}

} // namespace

TEST_CASE("a URL is taken apart", "[agent][conduct][url]") {
    CHECK(urlOf("http://shop.test") == HttpUrl{Scheme::Http, "shop.test", 80, "/"});
    CHECK(urlOf("http://127.0.0.1:8080/page?x=1#top")
          == HttpUrl{Scheme::Http, "127.0.0.1", 8080, "/page?x=1"});
    CHECK(urlOf("https://shop.test?x") == HttpUrl{Scheme::Https, "shop.test", 443, "/?x"});
    CHECK(urlOf("http://[::1]:81/a") == HttpUrl{Scheme::Http, "::1", 81, "/a"});
}

TEST_CASE("the field Host leaves the usual port out", "[agent][conduct][url]") {
    CHECK(urlOf("http://shop.test/").authority() == "shop.test");
    CHECK(urlOf("https://shop.test:443/").authority() == "shop.test");
    CHECK(urlOf("https://shop.test:80/").authority() == "shop.test:80");
    CHECK(urlOf("http://[::1]:81/a").authority() == "[::1]:81");
}

TEST_CASE("what is no URL is refused and says why", "[agent][conduct][url]") {
    auto const text = GENERATE(as<std::string>{}, "", "shop", "ftp://shop", "http://", "http:///x",
                               "http://:80/", "http://a:0/", "http://a:65536/", "http://a:/",
                               "http://a:80x/", "http://[::1/", "http://[::1]x/", "http://u:p@a/",
                               "http://a/b c", "http://a/\r\nX: y", "http://a/\xc3\xa4");
    INFO(text);
    auto const read = parseHttpUrl(text);
    REQUIRE(std::holds_alternative<std::string>(read));
    CHECK(std::get<std::string>(read).size() > 10);
}
