// Answers that are changed on their way, in pieces of every size.
#include <catch2/catch.hpp>

#include "chaos-agent/proxy/http_exchange.hpp"
#include "chaos-agent/proxy/http_fault.hpp"

using namespace shakedown::proxy;

namespace {

using Side = HttpExchange::Side;

// What the client gets of a stream that comes in pieces of `size`.
std::string passed(std::vector<std::pair<std::string, HttpChange>> const& requests,
                   std::string const& stream, std::size_t size) {
    HttpExchange exchange(HttpExchange::Sight::Whole, Side::Client);
    for (auto const& [method, change] : requests) {
        exchange.expectAnswer(method, change);
    }
    std::string all;
    for (std::size_t at = 0; at < stream.size(); at += size) {
        auto const piece = stream.substr(at, size);
        all += exchange.onServerBytes(piece).value_or(piece);
    }
    return all + exchange.onServerEnd();
}

HttpChange const body{{}, "new"};
HttpChange const field{{{"X", "1"}}, {}};
std::string const ok = "HTTP/1.1 200 OK\r\n";

} // namespace

TEST_CASE("answers are changed alike in pieces of every size", "[proxy][http]") {
    struct Row {
        std::vector<std::pair<std::string, HttpChange>> requests;
        std::string sent;
        std::string got;
    };
    std::vector<Row> const rows{
        // A length, chunks, to the end of the stream.
        {{{"GET", body}},
         ok + "Content-Length: 5\r\n\r\nhello",
         ok + "Content-Length: 3\r\n\r\nnew"},
        {{{"GET", body}, {"GET", {}}},
         ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n" + ok
             + "Content-Length: 2\r\n\r\nok",
         ok + "Content-Length: 3\r\n\r\nnew" + ok + "Content-Length: 2\r\n\r\nok"},
        {{{"GET", body}}, ok + "\r\nto the end", ok + "Content-Length: 3\r\n\r\nnew"},
        // What speaks of the old body goes.
        {{{"GET", body}},
         ok + "ETag: \"a\"\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\nDate: x\r\n\r\n?",
         ok + "Date: x\r\nContent-Length: 3\r\n\r\nnew"},
        // An empty body is replaced too.
        {{{"GET", body}}, ok + "Content-Length: 0\r\n\r\n", ok + "Content-Length: 3\r\n\r\nnew"},
        // A field is set, whatever its case; the body passes.
        {{{"GET", field}},
         ok + "x: 0\r\nContent-Length: 2\r\nX: 2\r\n\r\nok",
         ok + "Content-Length: 2\r\nX: 1\r\n\r\nok"},
        // No body where there can be none.
        {{{"HEAD", {{{"X", "1"}}, "new"}}},
         ok + "Content-Length: 5\r\n\r\n",
         ok + "Content-Length: 5\r\nX: 1\r\n\r\n"},
        {{{"GET", {{{"X", "1"}}, "new"}}},
         "HTTP/1.1 204 No Content\r\n\r\n",
         "HTTP/1.1 204 No Content\r\nX: 1\r\n\r\n"},
        // What announces an answer passes; the answer is changed.
        {{{"GET", body}},
         "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n" + ok + "Content-Length: 1\r\n\r\n?",
         "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n" + ok + "Content-Length: 3\r\n\r\nnew"},
        // The one behind it only.
        {{{"GET", {}}, {"GET", body}},
         ok + "Content-Length: 1\r\n\r\na" + ok + "Content-Length: 1\r\n\r\nb",
         ok + "Content-Length: 1\r\n\r\na" + ok + "Content-Length: 3\r\n\r\nnew"},
        // Odd heads pass as they are.
        {{{"GET", body}}, "HTTP/1.1 OK\r\n\r\nx", "HTTP/1.1 OK\r\n\r\nx"},
        {{{"GET", body}}, "SSH-2.0-x\r\n", "SSH-2.0-x\r\n"},
        {{{"GET", body}}, ok + "X y\r\n\r\nx", ok + "X y\r\n\r\nx"},
        {{{"GET", body}}, ok + "X: y\n\nx", ok + "X: y\n\nx"},
        {{{"GET", body}}, ok + "Content-Le", ok + "Content-Le"},
        // Nothing comes behind a new body when the old one cannot be followed.
        {{{"GET", body}},
         ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nhello",
         ok + "Content-Length: 3\r\n\r\nnew"},
    };
    for (auto const& row : rows) {
        for (std::size_t size = 1; size <= row.sent.size(); ++size) {
            INFO(row.sent << "\nin pieces of " << size);
            REQUIRE(passed(row.requests, row.sent, size) == row.got);
        }
    }
}

TEST_CASE("changes that have not begun can be forgotten", "[proxy][http]") {
    HttpExchange exchange(HttpExchange::Sight::Whole, Side::Client);
    CHECK(exchange.expectAnswer("GET", body));
    CHECK(exchange.expectAnswer("GET", body));
    CHECK_FALSE(exchange.isChanging());
    CHECK(exchange.onServerBytes("HTTP/1.1 2") == "");
    CHECK(exchange.isChanging());
    exchange.forgetChanges();
    CHECK(exchange.onServerBytes("00 OK\r\nContent-Length: 4\r\n\r\nol")
          == ok + "Content-Length: 3\r\n\r\nnew");
    CHECK(exchange.isChanging());
    CHECK(exchange.onServerBytes("d.") == "");
    CHECK_FALSE(exchange.isChanging());
    CHECK(exchange.takeChanged() == 1);
    CHECK_FALSE(exchange.onServerBytes(ok + "Content-Length: 4\r\n\r\nold."));
    CHECK(exchange.takeChanged() == 0);

    HttpExchange late(HttpExchange::Sight::Late, Side::Server);
    CHECK_FALSE(late.expectAnswer("GET", body));
    CHECK(late.expectAnswer("GET"));
}

TEST_CASE("fields that frame a message, or are none, are not set", "[proxy][http]") {
    CHECK(flawOfField("Retry-After", "120").empty());
    CHECK(flawOfField("X-Empty", "").empty());
    CHECK(flawOfField("", "x") == "'' is no name of a header");
    CHECK(flawOfField("A b", "x") == "'A b' is no name of a header");
    CHECK(flawOfField("content-length", "3")
          == "content-length says how a message is framed, and is not changed");
    CHECK(flawOfField("X", "a\r\nSet-Cookie: b")
          == "the value of X must be one line of at most 4096"
             " bytes");
    HttpFaults faults;
    HttpFault fault;
    fault.name = "f";
    CHECK(faults.add(fault)->message
          == "an HTTP fault needs a status to abort with, a delay, a header or a body");
    fault.change.body = std::string(changedBodyAtMost + 1, 'x');
    CHECK(faults.add(fault)->message == "body must have at most 16384 bytes");
    fault.change.body = "x";
    fault.change.fields = {{"Connection", "x"}};
    CHECK(faults.add(fault)->message
          == "Connection says how a message is framed, and is not changed");
    fault.change.fields.clear();
    CHECK_FALSE(faults.add(fault));
}
