// The gate in front of HTTP faults: what is understood for certain, and nothing else.
#include <catch2/catch.hpp>

#include "chaos-agent/proxy/http_head.hpp"

using namespace shakedown::proxy;

namespace {

std::optional<RequestHead> request(std::string const& fields) {
    return readRequestHead("POST /a HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n");
}

std::optional<AnswerHead> answer(std::string const& lines) {
    return readAnswerHead(lines + "\r\n");
}

} // namespace

TEST_CASE("a head is read: method, path without query, what follows", "[proxy][http]") {
    auto const head = readRequestHead("GET /a%20b?c=d HTTP/1.1\r\nhOST: h\r\nA:\t b \r\n\r\n");
    REQUIRE(head);
    REQUIRE(head->method == "GET");
    REQUIRE(head->path == "/a%20b");
    REQUIRE(head->body.isEmpty());
    REQUIRE_FALSE(head->isLast);
    REQUIRE(request("Connection: TE, Close\r\n")->isLast);
    REQUIRE(readRequestHead("GET / HTTP/1.0\r\n\r\n")->isLast);
    REQUIRE_FALSE(readRequestHead("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")->isLast);
    REQUIRE(readRequestHead("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n")->path == "*");
}

TEST_CASE("heads that could mean two things, or another protocol, do not pass", "[proxy][http]") {
    for (char const* fields :
         {"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
          "Content-Length: 1\r\nContent-Length: 1\r\n", "Content-Length: 1, 1\r\n",
          "Content-Length: +1\r\n", "Content-Length:\r\n", "Content-Length: 0x1\r\n",
          "Content-Length: 1234567890123456789\r\n", "Transfer-Encoding: xchunked\r\n",
          "Transfer-Encoding: gzip, chunked\r\n",
          "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "Upgrade: websocket\r\n",
          "Connection: keep-alive, Upgrade\r\n", "A: b\r\n c\r\n", "A : b\r\n", ": b\r\n",
          "no colon\r\n", "Host: i\r\n"}) {
        INFO(fields);
        REQUIRE_FALSE(request(fields));
    }
    for (char const* line : {"GET  / HTTP/1.1", "get / HTTP/1.1", "GET a HTTP/1.1",
                             "GET http://a/ HTTP/1.1", "CONNECT a:1 HTTP/1.1", "GET / HTTP/2.0",
                             "PRI * HTTP/2.0", "GET /#a HTTP/1.1", "GET /\x80 HTTP/1.1", "GET /"}) {
        INFO(line);
        REQUIRE_FALSE(readRequestHead(std::string(line) + "\r\nHost: h\r\n\r\n"));
        REQUIRE_FALSE(mayBeginRequest(std::string(line) + "\r\n"));
    }
    REQUIRE_FALSE(readRequestHead("GET / HTTP/1.1\r\n\r\n")); // no Host
    REQUIRE_FALSE(readRequestHead("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"));
}

TEST_CASE("other protocols are told before their first line ends", "[proxy][http]") {
    REQUIRE(mayBeginRequest("G"));
    REQUIRE(mayBeginRequest("GET"));
    REQUIRE(mayBeginRequest("GET "));
    REQUIRE(mayBeginRequest("GET /x HT"));
    for (char const* bytes : {"\x16\x03\x01", "*1\r\n$4\r\n", "PING\r\n", "hello", " GET", "HELO x",
                              "GET x", "SSH-2.0-OpenSSH", "ABCDEFGHIJKLMNOPQRSTUVWXY"}) {
        INFO(bytes);
        REQUIRE_FALSE(mayBeginRequest(bytes));
    }
}

TEST_CASE("where a head ends is known at its empty line, its flaws at once", "[proxy][http]") {
    std::string const head = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    for (std::size_t length = 0; length < head.size(); ++length) {
        REQUIRE(std::get<std::size_t>(findHeadEnd(head.substr(0, length), 100)) == 0);
    }
    REQUIRE(std::get<std::size_t>(findHeadEnd(head + "body", 100)) == head.size());
    REQUIRE(std::get<HeadFlaw>(findHeadEnd("GET / HTTP/1.1\n", 100)) == HeadFlaw::LineEnd);
    REQUIRE(std::get<HeadFlaw>(findHeadEnd("A\rB", 100)) == HeadFlaw::LineEnd);
    REQUIRE(std::get<HeadFlaw>(findHeadEnd("\x16\x03", 100)) == HeadFlaw::ControlCharacter);
    REQUIRE(std::get<HeadFlaw>(findHeadEnd(std::string(100, 'a'), 100)) == HeadFlaw::TooLong);
}

TEST_CASE("the head of an answer says how it ends", "[proxy][http]") {
    REQUIRE(answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n")->body.isEmpty());
    REQUIRE(answer("HTTP/1.1 204\r\n")->status == 204);
    REQUIRE_FALSE(answer("HTTP/1.1 200 OK\r\n")->body.isEmpty());
    for (char const* bad :
         {"HTTP/1.1 2000 OK\r\n", "HTTP/1.1 20 OK\r\n", "HTTP/1.1 600 OK\r\n",
          "HTTP/2.0 200 OK\r\n", "HTTP/1.1  200 OK\r\n", "220 mail ready\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n"}) {
        INFO(bad);
        REQUIRE_FALSE(answer(bad));
    }
}

TEST_CASE("a chunked body ends where its form says, however it is cut", "[proxy][http]") {
    std::string const body = "5;a=\"b\"\r\nhello\r\n00A\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n";
    for (std::size_t piece = 1; piece <= body.size() + 3; ++piece) {
        INFO("pieces of " << piece);
        auto machine = HttpBody::chunked();
        std::string const shown = body + "GET";
        std::size_t at = 0;
        auto progress = HttpBody::Progress::More;
        while (progress == HttpBody::Progress::More && at < shown.size()) {
            auto const step = machine.follow(std::string_view(shown).substr(at, piece));
            at += step.bytes;
            progress = step.progress;
        }
        REQUIRE(progress == HttpBody::Progress::Done);
        REQUIRE(at == body.size());
    }
    for (char const* bad : {"\r\n", "g\r\n", "-1\r\n", " 1\r\n", "1 \r\n", "1\n", "1\r\nab",
                            "1\r\na\n", "0\r\n x: y\r\n\r\n", "0\r\nno colon\r\n\r\n",
                            "0\r\n: y\r\n", "0\r\n\rx", "1234567890123456\r\n", "1;\x01\r\n"}) {
        INFO(bad);
        auto machine = HttpBody::chunked();
        REQUIRE(machine.follow(bad).progress == HttpBody::Progress::Odd);
    }
    auto endless = HttpBody::chunked();
    REQUIRE(endless.follow("0\r\n" + std::string(20'000, 'a')).progress == HttpBody::Progress::Odd);
}
