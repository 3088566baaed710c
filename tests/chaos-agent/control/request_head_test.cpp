// The gate in front of every API, one head at a time.
#include <catch2/catch.hpp>

#include "chaos-agent/control/request_head.hpp"

using namespace shakedown::control;

namespace {

HttpLimits const limits;

std::variant<RequestHead, HttpRefusal> read(std::string const& head) {
    auto const end = findHeadEnd(head, limits);
    if (auto const* refusal = std::get_if<HttpRefusal>(&end)) {
        return *refusal;
    }
    if (std::get<std::size_t>(end) == 0) {
        return HttpRefusal{0, "more is needed"};
    }
    return readHead(std::string_view(head).substr(0, std::get<std::size_t>(end)), limits);
}

unsigned statusOf(std::string const& head) {
    auto const result = read(head);
    auto const* refusal = std::get_if<HttpRefusal>(&result);
    return refusal == nullptr ? 200 : refusal->status;
}

// A request with these fields beside Host.
std::string with(std::string const& fields) {
    return "POST /x HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

} // namespace

TEST_CASE("a plain head is read whole", "[control][gate]") {
    auto const result = read("PATCH /proxies/a%20b?x=1 HTTP/1.1\r\nHost: localhost:8474\r\n"
                             "content-length: 12\r\nUser-Agent: test/1\r\n"
                             "Content-Type: application/json\r\nExpect: 100-Continue\r\n\r\nbody");
    auto const& head = std::get<RequestHead>(result);
    REQUIRE(head.method == "PATCH");
    REQUIRE(head.path == "/proxies/a%20b");
    REQUIRE(head.contentLength == 12);
    REQUIRE(head.userAgent == "test/1");
    REQUIRE(head.contentType == "application/json");
    REQUIRE(head.keepAlive);
    REQUIRE(head.expectsContinue);
}

TEST_CASE("connections are kept as the peer wants", "[control][gate]") {
    REQUIRE(std::get<RequestHead>(read(with(""))).keepAlive);
    REQUIRE_FALSE(std::get<RequestHead>(read(with("Connection: close\r\n"))).keepAlive);
    REQUIRE_FALSE(std::get<RequestHead>(read("GET / HTTP/1.0\r\nHost: a\r\n\r\n")).keepAlive);
}

TEST_CASE("a head that has not come whole is waited for", "[control][gate]") {
    std::string const whole = with("A: b\r\n");
    for (std::size_t length = 0; length < whole.size(); ++length) {
        REQUIRE(statusOf(whole.substr(0, length)) == 0);
    }
    REQUIRE(statusOf(whole) == 200);
}

TEST_CASE("what frames a body is taken in one way only", "[control][gate]") {
    REQUIRE(statusOf(with("Content-Length: 5\r\n")) == 200);
    REQUIRE(statusOf(with("Content-Length: 1048576\r\n")) == 200);
    REQUIRE(statusOf(with("Content-Length: 1048577\r\n")) == 413);
    for (char const* bad :
         {"", "-1", "+1", "0x10", "1 2", "5, 5", "5,5", "1e3", "abc", "99999999999999999999999"}) {
        INFO(bad);
        auto const status = statusOf(with("Content-Length: " + std::string(bad) + "\r\n"));
        REQUIRE((status == 400 || status == 413));
    }
    REQUIRE(statusOf(with("Content-Length: 5\r\nContent-Length: 5\r\n")) == 400);
    REQUIRE(statusOf(with("Content-Length: 5\r\ncontent-length: 6\r\n")) == 400);
    for (char const* coding : {"chunked", "xchunked", "identity", "gzip, chunked", ""}) {
        INFO(coding);
        REQUIRE(statusOf(with("Transfer-Encoding: " + std::string(coding) + "\r\n")) == 411);
    }
    auto const both = statusOf(with("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"));
    REQUIRE((both == 400 || both == 411));
    auto const reversed = statusOf(with("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"));
    REQUIRE((reversed == 400 || reversed == 411));
}

TEST_CASE("there is exactly one Host", "[control][gate]") {
    REQUIRE(statusOf("GET / HTTP/1.1\r\n\r\n") == 400);
    REQUIRE(statusOf("GET / HTTP/1.0\r\n\r\n") == 400);
    REQUIRE(statusOf(with("Host: a\r\n")) == 400);
    REQUIRE(statusOf("GET / HTTP/1.1\r\nHost:\r\n\r\n") == 400);
    REQUIRE(statusOf("GET / HTTP/1.1\r\nHost: a b\r\n\r\n") == 400);
    REQUIRE(statusOf("GET / HTTP/1.1\r\nHost: a@b\r\n\r\n") == 400);
    REQUIRE(statusOf("GET / HTTP/1.1\r\nHost: [::1]:8474\r\n\r\n") == 200);
}

TEST_CASE("lines are whole and not folded", "[control][gate]") {
    REQUIRE(statusOf(with("A: b\r\n c\r\n")) == 400);
    REQUIRE(statusOf(with("A: b\r\n\tc\r\n")) == 400);
    REQUIRE(statusOf("GET / HTTP/1.1\r\n Host: a\r\n\r\n") == 400);
    REQUIRE(statusOf("GET / HTTP/1.1\nHost: a\n\n") == 400);
    REQUIRE(statusOf(with("A: b\nC: d\r\n")) == 400);
    REQUIRE(statusOf(with("A: b\rC: d\r\n")) == 400);
    REQUIRE(statusOf(with(std::string("A: b\0c\r\n", 8))) == 400);
    REQUIRE(statusOf(with("A: b\x01\r\n")) == 400);
    REQUIRE(statusOf(with("A : b\r\n")) == 400);
    REQUIRE(statusOf(with(": b\r\n")) == 400);
    REQUIRE(statusOf(with("no colon\r\n")) == 400);
    REQUIRE(statusOf(with("A b: c\r\n")) == 400);
}

TEST_CASE("the request line is method, path and a version that is spoken", "[control][gate]") {
    auto const line = [](std::string const& text) {
        return statusOf(text + "\r\nHost: a\r\n\r\n");
    };
    REQUIRE(line("GET / HTTP/1.1") == 200);
    REQUIRE(line("BREW / HTTP/1.1") == 200); // the router refuses it
    for (char const* bad :
         {"GET", "GET /", "GET  / HTTP/1.1", " GET / HTTP/1.1", "GET / HTTP/1.1 ",
          "GET / HTTP/1.1 x", "G(T / HTTP/1.1", "GET * HTTP/1.1", "GET http://a/ HTTP/1.1",
          "CONNECT a:80 HTTP/1.1", "GET /\x80 HTTP/1.1", "GET /#a HTTP/1.1", "GET / HTTP/1",
          "GET / http/1.1", "GET / HTTP/1.10", "GET / HTPP/1.1", "/ HTTP/1.1", ""}) {
        INFO(bad);
        auto const status = line(bad);
        REQUIRE((status == 400 || status == 505));
    }
    REQUIRE(line("GET / HTTP/2.0") >= 400);
    REQUIRE(line("GET / HTTP/0.9") >= 400);
}

TEST_CASE("heads, targets and fields have their limits", "[control][gate]") {
    std::string const longest(4096 - 1, 'a');
    REQUIRE(statusOf("GET /" + longest + " HTTP/1.1\r\nHost: a\r\n\r\n") == 200);
    REQUIRE(statusOf("GET /a" + longest + " HTTP/1.1\r\nHost: a\r\n\r\n") == 414);
    std::string fields;
    for (int i = 0; i < 99; ++i) {
        fields += "A" + std::to_string(i) + ": b\r\n";
    }
    REQUIRE(statusOf(with(fields)) == 200);
    REQUIRE(statusOf(with(fields + "One: more\r\n")) == 431);
    std::string const rest = with("A: \r\n");
    REQUIRE(statusOf(with("A: " + std::string(8192 - rest.size(), 'b') + "\r\n")) == 200);
    REQUIRE(statusOf(with("A: " + std::string(8193 - rest.size(), 'b') + "\r\n")) == 431);
}

TEST_CASE("what a browser sends for a page is refused", "[control][gate]") {
    REQUIRE(statusOf(with("Origin: http://evil.example\r\n")) == 403);
    REQUIRE(statusOf(with("Origin: null\r\n")) == 403);
    REQUIRE(statusOf(with("Sec-Fetch-Site: cross-site\r\n")) == 403);
    REQUIRE(statusOf(with("sec-fetch-site: same-site\r\n")) == 403);
    REQUIRE(statusOf(with("Sec-Fetch-Site: none\r\n")) == 200);
    REQUIRE(statusOf(with("Expect: magic\r\n")) == 417);
}
