// HTTP faults as machines, with time stepped.
#include <catch2/catch.hpp>

#include "chaos-agent/proxy/http_stage.hpp"

using namespace shakedown;
using namespace shakedown::literals;
using namespace shakedown::proxy;

namespace {

Instant const start = Instant() + std::chrono::hours(1);

std::string get(std::string const& path) {
    return "GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n";
}
std::string const plainAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

// One connection: what a client sends goes through the faults, what the server sends is followed.
struct Client {
    explicit Client(std::vector<HttpFault> const& wanted, chance::Key number = 0,
                    HttpExchange::Sight sight = HttpExchange::Sight::Whole)
        : exchange(sight, HttpExchange::Side::Client),
          stage(exchange, faults, counts, chance::Stream(7, 0, "http"), number) {
        for (auto const& fault : wanted) {
            REQUIRE_FALSE(faults.add(fault));
        }
    }
    // What has gone on to the server by then.
    std::string passed(Duration when = 0_ms) {
        std::string bytes;
        while (auto const chunk = stage.next(later(start, when))) {
            bytes += chunk->view();
        }
        return bytes;
    }
    std::string send(std::string_view bytes, Duration when = 0_ms) {
        stage.take(Chunk(bytes), later(start, when));
        return passed(when);
    }
    std::string ending() {
        auto const ending = exchange.takeEnding();
        return ending ? ending->answer : "none";
    }

    HttpFaults faults;
    HttpCounts counts;
    HttpExchange exchange;
    HttpStage stage;
};

HttpFault aborting(std::string path, int status = 503) {
    HttpFault fault;
    fault.name = "abort";
    fault.abort = status;
    fault.path = std::move(path);
    return fault;
}
HttpFault delaying(Duration delay, std::string path = "") {
    HttpFault fault;
    fault.name = "delay";
    fault.delay = delay;
    fault.path = std::move(path);
    return fault;
}

} // namespace

TEST_CASE("an abort answers in the server's place", "[proxy][http]") {
    Client client({aborting("/x")});
    REQUIRE(client.send(get("/x") + get("/y")) == "");
    REQUIRE(client.send(get("/z")) == "");
    REQUIRE(
        client.ending()
        == "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    REQUIRE(client.ending() == "none"); // told once
}

TEST_CASE("an abort waits until earlier answers are through", "[proxy][http]") {
    Client client({aborting("/x")});
    REQUIRE(client.send(get("/a") + get("/b") + get("/x")) == get("/a") + get("/b"));
    REQUIRE(client.ending() == "none");
    client.exchange.onServerBytes("HTTP/1.1 100 Continue\r\n\r\n" + plainAnswer);
    REQUIRE(client.ending() == "none");
    for (char const byte : plainAnswer) {
        REQUIRE(client.ending() == "none");
        client.exchange.onServerBytes({&byte, 1});
    }
    REQUIRE(client.ending().starts_with("HTTP/1.1 503 "));
}

TEST_CASE("answers of every form are followed to their end", "[proxy][http]") {
    for (std::string const form :
         {"HTTP/1.1 204 No Content\r\n\r\n",
          "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"}) {
        INFO(form);
        Client client({aborting("/x")});
        client.send(get("/a") + get("/x"));
        client.exchange.onServerBytes(form.substr(0, form.size() - 1));
        REQUIRE(client.ending() == "none");
        client.exchange.onServerBytes(form.substr(form.size() - 1));
        REQUIRE(client.ending().starts_with("HTTP/1.1 503 "));
    }
    Client client({aborting("/x")});
    client.send("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n" + get("/x"));
    client.exchange.onServerBytes("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
    REQUIRE(client.ending().starts_with("HTTP/1.1 503 "));
    Client other({aborting("/x")});
    other.send(get("/a") + get("/x"));
    other.exchange.onServerBytes("HTTP/1.1 200 OK\r\n\r\nlasts to the end");
    REQUIRE(other.ending() == "none");
}

TEST_CASE("where answers cannot be followed, none is made up", "[proxy][http]") {
    for (std::string const odd :
         {"HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\n", "HTTP/1.1 101 Switching\r\n\r\n",
          "220 ready\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"}) {
        INFO(odd);
        Client client({aborting("/x")});
        client.send(get("/a") + get("/x"));
        client.exchange.onServerBytes(odd);
        REQUIRE(client.ending() == "");
    }
    Client unasked({aborting("/x")});
    unasked.exchange.onServerBytes("welcome");
    unasked.send(get("/x"));
    REQUIRE(unasked.ending() == "");
}

TEST_CASE("a delay holds a request and what is behind it, exactly so long", "[proxy][http]") {
    Client client({delaying(20_ms, "/slow")});
    REQUIRE(client.send(get("/fast"), 1_ms) == get("/fast"));
    REQUIRE(client.send(get("/slow") + get("/fast"), 2_ms) == "");
    REQUIRE(client.stage.wakeAt() == later(start, 22_ms));
    REQUIRE(client.passed(22_ms - 1_ns) == "");
    REQUIRE(client.passed(22_ms) == get("/slow") + get("/fast"));
    REQUIRE(client.stage.wakeAt() == never);
    REQUIRE(client.counts.delayed == 1);
    REQUIRE(client.counts.examined == 3);
}

TEST_CASE("what waits follows an update and a removal", "[proxy][http]") {
    Client client({delaying(100_s)});
    REQUIRE(client.send(get("/a")) == "");
    REQUIRE_FALSE(client.faults.update(delaying(5_ms)));
    REQUIRE(client.stage.wakeAt() == later(start, 5_ms));
    REQUIRE_FALSE(client.faults.remove("delay"));
    REQUIRE(client.passed(0_ms) == get("/a"));
}

TEST_CASE("delays add up, and an abort comes after its delay", "[proxy][http]") {
    auto late = aborting("", 404);
    late.delay = 10_ms;
    Client client({delaying(5_ms), late});
    client.send(get("/a"));
    client.passed(15_ms - 1_ns);
    REQUIRE(client.ending() == "none");
    client.passed(15_ms);
    REQUIRE(client.ending().starts_with("HTTP/1.1 404 "));
}

TEST_CASE("faults are chosen by method, path and beginning of a path", "[proxy][http]") {
    auto fault = aborting("/api/*");
    fault.method = "PUT";
    for (auto const& [head, isAborted] :
         std::vector<std::pair<std::string, bool>>{{"PUT /api/x", true},
                                                   {"PUT /api/", true},
                                                   {"PUT /api/x?q=/y", true},
                                                   {"PUT /api", false},
                                                   {"PUT /other?x=/api/", false},
                                                   {"GET /api/x", false}}) {
        INFO(head);
        Client client({fault});
        client.send(head + " HTTP/1.1\r\nHost: h\r\n\r\n");
        REQUIRE(client.exchange.isAborted() == isAborted);
    }
}

TEST_CASE("only the first so many are befallen, and an update does not begin anew",
          "[proxy][http]") {
    auto fault = delaying(1_s);
    fault.first = 2;
    Client client({fault});
    REQUIRE(client.send(get("/a")) == "");
    REQUIRE(client.passed(1_s) == get("/a"));
    REQUIRE(client.send(get("/b"), 1_s) == "");
    REQUIRE(client.passed(2_s) == get("/b"));
    REQUIRE_FALSE(client.faults.update(fault));
    REQUIRE(client.send(get("/c"), 2_s) == get("/c"));
    REQUIRE(client.faults.befallen("delay") == 2);
}

TEST_CASE("a share is a pure function of connection and request", "[proxy][http]") {
    auto fault = delaying(1_s);
    fault.share = 0.25;
    auto const drawn = [&](chance::Key connection) {
        Client client({fault}, connection);
        std::vector<bool> befallen;
        for (int i = 0; i < 20; ++i) {
            befallen.push_back(client.send(get("/a"), Duration::seconds(10 * i)).empty());
            client.passed(Duration::seconds(10 * i + 5));
        }
        return befallen;
    };
    REQUIRE(drawn(3) == drawn(3));
    REQUIRE(drawn(3) != drawn(4));
    int befallen = 0;
    for (chance::Key connection = 0; connection < 100; ++connection) {
        for (bool const each : drawn(connection)) {
            befallen += each ? 1 : 0;
        }
    }
    REQUIRE(befallen == Approx(500).margin(90)); // 4.6 standard errors of 2,000 draws
}

TEST_CASE("bodies pass and are not examined", "[proxy][http]") {
    Client client({aborting("/x")});
    std::string const inside = get("/x");
    std::string const post = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: "
                             + std::to_string(inside.size()) + "\r\n\r\n" + inside;
    std::string const chunked = "POST /b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                                "1c\r\nGET /x HTTP/1.1\r\nHost: h\r\n\r\n\r\n0\r\n\r\n";
    std::string const all = post + chunked + get("/c");
    std::string passed;
    for (char const byte : all) {
        passed += client.send({&byte, 1});
    }
    REQUIRE(passed == all);
    REQUIRE(client.counts.examined == 3);
    REQUIRE(client.counts.passedAsBytes == 0);
    client.send(get("/x"));
    REQUIRE(client.exchange.isAborted());
}

TEST_CASE("what is odd passes from there on, and is counted once", "[proxy][http]") {
    for (std::string const& odd :
         {std::string("\x16\x03\x01"), std::string("PING\r\n"), std::string("GET / HTTP/1.1\n"),
          "GET /x HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n"
              + get("/x"),
          "POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n"
              + get("/x"),
          "POST /b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nz" + get("/x"),
          "GET /b HTTP/1.1\r\nHost: h\r\nA: " + std::string(17'000, 'a')}) {
        INFO(odd.substr(0, 100));
        Client client({aborting("/x")});
        REQUIRE(client.send(get("/a")) == get("/a"));
        REQUIRE(client.send(odd) == odd);
        REQUIRE(client.send(get("/x")) == get("/x"));
        REQUIRE(client.counts.passedAsBytes == 1);
    }
}

TEST_CASE("a head that never ends passes when the stream does, or after ten seconds",
          "[proxy][http]") {
    Client client({aborting("/x")});
    REQUIRE(client.send("GET /x HTTP/1.1\r\n") == "");
    REQUIRE(client.stage.wakeAt() == later(start, 10_s));
    REQUIRE(client.passed(10_s - 1_ns) == "");
    REQUIRE(client.passed(10_s) == "GET /x HTTP/1.1\r\n");
    Client ending({aborting("/x")});
    ending.send("GET /x HT");
    ending.stage.noteEnd();
    REQUIRE(ending.passed() == "GET /x HT");
}

TEST_CASE("who joins late begins where the client speaks after the server", "[proxy][http]") {
    Client client({aborting("/x")}, 0, HttpExchange::Sight::Late);
    REQUIRE(client.send(get("/x")) == get("/x")); // perhaps within a body
    client.exchange.onServerBytes("anything");
    REQUIRE(client.send("not a request") == "not a request");
    REQUIRE(client.counts.passedAsBytes == 0);
    client.exchange.onServerBytes("anything");
    REQUIRE(client.send(get("/a")) == get("/a"));
    REQUIRE(client.send(get("/x")) == "");
    REQUIRE(client.ending() == ""); // closed: what was asked before is not known
}

TEST_CASE("behind the last request of a connection nothing is examined", "[proxy][http]") {
    Client client({aborting("/x")});
    std::string const all = "GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n" + get("/x");
    REQUIRE(client.send(all) == all);
    REQUIRE_FALSE(client.exchange.isAborted());
}

TEST_CASE("HTTP faults that cannot be are refused in words", "[proxy][http]") {
    HttpFaults faults;
    auto const why = [&](auto change) {
        auto fault = aborting("/x");
        change(fault);
        auto const refused = faults.add(fault);
        REQUIRE(refused);
        REQUIRE(refused->reason == Refusal::Reason::BadHttpFault);
        return refused->message;
    };
    REQUIRE(why([](HttpFault& f) { f.abort.reset(); })
            == "an HTTP fault needs a status to abort with, a delay, a header or a body");
    REQUIRE(why([](HttpFault& f) { f.abort = 199; })
            == "abort must be a status from 200 to 599, not 199");
    REQUIRE(why([](HttpFault& f) { f.delay = -1_ms; }) == "delay must be at least 0");
    REQUIRE(why([](HttpFault& f) { f.share = 1.1; }) == "share must be from 0 to 1");
    REQUIRE(why([](HttpFault& f) { f.first = 0; }) == "first must be at least 1");
    REQUIRE(why([](HttpFault& f) { f.method = "get"; })
            == "method must be upper case, such as GET, not 'get'");
    REQUIRE(why([](HttpFault& f) { f.path = "x"; }) == "path must begin with '/', not 'x'");
    REQUIRE(why([](HttpFault& f) { f.name = ""; }) == "an HTTP fault needs a name");
    REQUIRE_FALSE(faults.add(aborting("/x")));
    REQUIRE(faults.add(aborting("/x"))->reason == Refusal::Reason::HttpFaultExists);
    REQUIRE(faults.remove("y")->reason == Refusal::Reason::HttpFaultNotFound);
    REQUIRE(faults.update(delaying(1_ms))->reason == Refusal::Reason::HttpFaultNotFound);
    REQUIRE(faults.list().size() == 1);
}
