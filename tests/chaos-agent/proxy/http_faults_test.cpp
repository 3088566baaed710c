// HTTP faults on real sockets.
#include <catch2/catch.hpp>

#include <atomic>
#include <fstream>

#include <nlohmann/json.hpp>

#include "tests/chaos-agent/proxy/stand.hpp"
#include "tests/environment.hpp"

using namespace shakedown;
using namespace shakedown::literals;
using namespace shakedown::proxy;
using namespace shakedown::tests;

namespace {

std::string get(std::string const& path) {
    return "GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n";
}
std::string const plainAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

HttpFault aborting(std::string path) {
    HttpFault fault;
    fault.name = "abort";
    fault.abort = 503;
    fault.path = std::move(path);
    return fault;
}

void addTo(Stand& stand, HttpFault const& fault) {
    stand.on([&](Proxy& p) { REQUIRE_FALSE(p.addHttpFault(fault)); });
}

HttpCounts countsOf(Stand& stand) {
    return stand.on([](Proxy& p) { return p.httpCounts(); });
}

// Bytes of base64 (RFC 4648) without spaces.
std::string decoded(std::string const& text) {
    std::string bytes;
    unsigned bits = 0;
    int count = 0;
    for (char const c : text) {
        static std::string const digits =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        auto const digit = digits.find(c);
        if (digit == std::string::npos) {
            break;
        }
        bits = (bits << 6) | static_cast<unsigned>(digit);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes += static_cast<char>((bits >> count) & 0xff);
        }
    }
    return bytes;
}

// Messages from the tests of an HTTP parser, good and bad; empty where the samples are absent.
std::vector<std::string> sampleMessages() {
    std::ifstream in(samples() / "corpora/http1-llhttp.jsonl");
    std::vector<std::string> messages;
    for (std::string line; std::getline(in, line);) {
        messages.push_back(decoded(nlohmann::json::parse(line).at("b64")));
    }
    if (messages.empty()) {
        WARN("skipped: no corpora/http1-llhttp.jsonl in " << samples());
    }
    return messages;
}

} // namespace

TEST_CASE("an aborted request is answered, the connection ends, the server sees nothing",
          "[proxy][http]") {
    Stand stand;
    addTo(stand, aborting("/x"));
    auto pair = stand.connect();
    pair.client.send(get("/x"));
    REQUIRE(
        pair.client.readToEnd()
        == "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    REQUIRE(pair.client.error() == 0);
    REQUIRE(pair.server.readToEnd() == "");
    REQUIRE(countsOf(stand).aborted == 1);
    REQUIRE(stand.empties());
}

TEST_CASE("an answer gets another header and another body, and its connection goes on",
          "[proxy][http]") {
    Stand stand;
    HttpFault fault;
    fault.name = "change";
    fault.path = "/x";
    fault.change = {{{"Retry-After", "120"}}, "maintenance"};
    addTo(stand, fault);
    auto pair = stand.connect();
    for (int times = 0; times < 2; ++times) {
        pair.client.send(get("/x"));
        REQUIRE(pair.server.readBytes(get("/x").size()) == get("/x"));
        pair.server.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nretry-after: 1\r\n"
                         "Content-Type: text/plain\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
        std::string const changed = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
                                    "Retry-After: 120\r\nContent-Length: 11\r\n\r\nmaintenance";
        REQUIRE(pair.client.readBytes(changed.size()) == changed);
        pair.client.send(get("/y"));
        REQUIRE(pair.server.readBytes(get("/y").size()) == get("/y"));
        pair.server.send(plainAnswer);
        REQUIRE(pair.client.readBytes(plainAnswer.size()) == plainAnswer);
    }
    REQUIRE(countsOf(stand).changed == 2);
    REQUIRE(countsOf(stand).unchanged == 0);
}

TEST_CASE("a change that goes in the middle of an answer is seen through", "[proxy][http]") {
    Stand stand;
    HttpFault fault;
    fault.name = "change";
    fault.change.body = "no";
    addTo(stand, fault);
    auto pair = stand.connect();
    pair.client.send(get("/a"));
    REQUIRE(pair.server.readBytes(get("/a").size()) == get("/a"));
    pair.server.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234");
    std::string const changed = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno";
    REQUIRE(pair.client.readBytes(changed.size()) == changed);
    stand.on([](Proxy& p) { REQUIRE_FALSE(p.removeHttpFault("change")); });
    pair.server.send("56789" + plainAnswer);
    REQUIRE(pair.client.readBytes(plainAnswer.size()) == plainAnswer);
    // A head that is held goes on when the stream ends.
    addTo(stand, fault);
    auto other = stand.connect();
    other.client.send(get("/a"));
    REQUIRE(other.server.readBytes(get("/a").size()) == get("/a"));
    other.server.send("HTTP/1.1 200 OK\r\nContent-Le");
    REQUIRE(other.client.read(Milliseconds(50)) == "");
    other.server.endSending();
    REQUIRE(other.client.readToEnd() == "HTTP/1.1 200 OK\r\nContent-Le");
}

TEST_CASE("an upgraded connection passes as it is", "[proxy][http]") {
    Stand stand;
    HttpFault fault;
    fault.name = "change";
    fault.change = {{{"X", "1"}}, "no"};
    addTo(stand, fault);
    auto pair = stand.connect();
    std::string const asks = "GET /chat HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\n"
                             "Upgrade: websocket\r\n\r\n";
    std::string const agrees = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
                               "Upgrade: websocket\r\n\r\n\x81\x02hi";
    pair.client.send(asks);
    REQUIRE(pair.server.readBytes(asks.size()) == asks);
    pair.server.send(agrees);
    REQUIRE(pair.client.readBytes(agrees.size()) == agrees);
    REQUIRE(countsOf(stand).passedAsBytes == 1);
}

TEST_CASE("on an older connection answers are not changed, and that is counted", "[proxy][http]") {
    Stand stand;
    auto pair = stand.connect();
    pair.client.send(get("/a"));
    REQUIRE(pair.server.readBytes(get("/a").size()) == get("/a"));
    pair.server.send(plainAnswer);
    REQUIRE(pair.client.readBytes(plainAnswer.size()) == plainAnswer);
    HttpFault fault;
    fault.name = "change";
    fault.change.body = "no";
    addTo(stand, fault);
    pair.client.send(get("/a"));
    REQUIRE(pair.server.readBytes(get("/a").size()) == get("/a"));
    pair.server.send(plainAnswer);
    REQUIRE(pair.client.readBytes(plainAnswer.size()) == plainAnswer);
    REQUIRE(countsOf(stand).unchanged == 1);
}

TEST_CASE("an abort may have a header and a body", "[proxy][http]") {
    Stand stand;
    auto fault = aborting("/x");
    fault.change = {{{"Content-Type", "application/json"}}, R"({"error":"maintenance"})"};
    addTo(stand, fault);
    auto pair = stand.connect();
    pair.client.send(get("/x"));
    REQUIRE(pair.client.readToEnd()
            == "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n"
               "Content-Type: application/json\r\nContent-Length: 23\r\n\r\n"
               R"({"error":"maintenance"})");
}

TEST_CASE("an abort behind pipelined requests comes after their answers", "[proxy][http]") {
    Stand stand;
    addTo(stand, aborting("/x"));
    auto pair = stand.connect();
    pair.client.send(get("/a") + get("/b") + get("/x") + get("/c"));
    std::string const passed = get("/a") + get("/b");
    REQUIRE(pair.server.readBytes(passed.size()) == passed);
    pair.server.send(plainAnswer + plainAnswer.substr(0, plainAnswer.size() - 1));
    std::string const early = pair.client.readBytes(2 * plainAnswer.size() - 1);
    REQUIRE(pair.client.read(Milliseconds(50)) == "");
    REQUIRE(pair.client.error() == ETIMEDOUT);
    pair.server.send("k");
    std::string const all = early + pair.client.readToEnd();
    REQUIRE(all.starts_with(plainAnswer + plainAnswer + "HTTP/1.1 503 "));
    REQUIRE(all.ends_with("Connection: close\r\n\r\n"));
    REQUIRE(pair.client.error() == 0);
    REQUIRE(stand.empties());
}

TEST_CASE("an aborted upload does not lose its answer to a reset", "[proxy][http]") {
    Stand stand;
    addTo(stand, aborting("/x"));
    auto pair = stand.connect();
    pair.client.send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 300000\r\n\r\n"
                     + std::string(300'000, 'x'));
    REQUIRE(pair.client.readToEnd().starts_with("HTTP/1.1 503 "));
    REQUIRE(pair.client.error() == 0);
}

TEST_CASE("toxics disturb what an abort answers, as they would the server's answer",
          "[proxy][http]") {
    Stand stand({downstream(BandwidthLimit{})});
    addTo(stand, aborting("/x"));
    auto pair = stand.connect();
    pair.client.send(get("/x"));
    REQUIRE(pair.client.read(Milliseconds(50)) == "");
    REQUIRE(pair.client.error() == ETIMEDOUT);
    stand.remove("down");
    REQUIRE(pair.client.readToEnd().starts_with("HTTP/1.1 503 "));
}

TEST_CASE("HTTP faults come and go on live connections", "[proxy][http]") {
    Stand stand;
    auto pair = stand.connect();
    auto const asks = [&](std::string const& path) {
        pair.client.send(get(path));
        REQUIRE(pair.server.readBytes(get(path).size()) == get(path));
        pair.server.send(plainAnswer);
        REQUIRE(pair.client.readBytes(plainAnswer.size()) == plainAnswer);
    };
    asks("/slow");
    HttpFault slow;
    slow.name = "slow";
    slow.delay = 100_s;
    addTo(stand, slow);
    pair.client.send(get("/slow"));
    REQUIRE(pair.server.read(Milliseconds(50)) == "");
    REQUIRE(pair.server.error() == ETIMEDOUT);
    slow.delay = 1_ms;
    stand.on([&](Proxy& p) { REQUIRE_FALSE(p.updateHttpFault(slow)); });
    REQUIRE(pair.server.readBytes(get("/slow").size()) == get("/slow"));
    pair.server.send(plainAnswer);
    REQUIRE(pair.client.readBytes(plainAnswer.size()) == plainAnswer);
    stand.on([](Proxy& p) { REQUIRE_FALSE(p.removeHttpFault("slow")); });
    asks("/slow");
    REQUIRE(countsOf(stand).delayed == 1);
}

TEST_CASE("an abort on a connection older than the fault closes it", "[proxy][http]") {
    Stand stand;
    auto pair = stand.connect();
    pair.client.send(get("/a"));
    REQUIRE(pair.server.readBytes(get("/a").size()) == get("/a"));
    pair.server.send(plainAnswer);
    REQUIRE(pair.client.readBytes(plainAnswer.size()) == plainAnswer);
    addTo(stand, aborting("/x"));
    pair.client.send(get("/x"));
    REQUIRE(pair.client.readToEnd() == "");
    REQUIRE(pair.client.error() == 0);
    REQUIRE(countsOf(stand).closed == 1);
    auto next = stand.connect();
    next.client.send(get("/x"));
    REQUIRE(next.client.readToEnd().starts_with("HTTP/1.1 503 "));
}

TEST_CASE("an abort that waits stays decided when its fault goes", "[proxy][http]") {
    Stand stand;
    addTo(stand, aborting("/x"));
    auto pair = stand.connect();
    pair.client.send(get("/a") + get("/x") + get("/b"));
    REQUIRE(pair.server.readBytes(get("/a").size()) == get("/a"));
    while (countsOf(stand).examined < 2) {
        std::this_thread::sleep_for(Milliseconds(1));
    }
    stand.on([](Proxy& p) { REQUIRE_FALSE(p.removeHttpFault("abort")); });
    pair.server.send(plainAnswer);
    REQUIRE(pair.client.readToEnd().starts_with(plainAnswer + "HTTP/1.1 503 "));
    REQUIRE(pair.server.readToEnd() == "");
}

TEST_CASE("a thousand HTTP faults come and go under load, and no byte is lost", "[proxy][http]") {
    Stand stand;
    auto pair = stand.connect();
    std::atomic<bool> over{false};
    std::atomic<int> asked{0};
    bool inOrder = true;
    std::thread load([&] {
        while (!over && inOrder) {
            std::string const request = get("/" + std::to_string(asked++));
            pair.client.send(request);
            inOrder = pair.server.readBytes(request.size()) == request
                      && pair.server.send(plainAnswer)
                      && pair.client.readBytes(plainAnswer.size()) == plainAnswer;
        }
    });
    auto const begin = std::chrono::steady_clock::now();
    HttpFault fault;
    for (int i = 0; i < 1000; ++i) {
        fault.name = "f" + std::to_string(i);
        fault.delay = Duration::milliseconds(i % 2 == 0 ? 0 : 100'000);
        addTo(stand, fault);
        stand.on([&](Proxy& p) { REQUIRE_FALSE(p.removeHttpFault(fault.name)); });
    }
    CHECK(since(begin) < Milliseconds(20'000));
    int const before = asked;
    while (asked < before + 10 && since(begin) < Milliseconds(30'000)) {
        std::this_thread::sleep_for(Milliseconds(1));
    }
    over = true;
    load.join();
    REQUIRE(inOrder);
    REQUIRE(asked >= before + 10);
    REQUIRE(countsOf(stand).examined > 0);
    REQUIRE(countsOf(stand).passedAsBytes == 0);
}

TEST_CASE("messages good and bad pass unchanged by faults that match nothing", "[proxy][http]") {
    Stand stand;
    addTo(stand, aborting("/nowhere/at/all"));
    for (std::string const& message : sampleMessages()) {
        INFO(message);
        auto pair = stand.connect();
        pair.client.send(message);
        pair.client.endSending();
        REQUIRE(pair.server.readToEnd() == message);
        REQUIRE(pair.server.error() == 0);
        pair.server.send(message);
        pair.server.endSending();
        REQUIRE(pair.client.readToEnd() == message);
        REQUIRE(pair.client.error() == 0);
    }
    REQUIRE(stand.empties());
}

TEST_CASE("messages good and bad, byte by byte, end well where all is aborted", "[proxy][http]") {
    Stand stand;
    addTo(stand, aborting(""));
    for (std::string const& message : sampleMessages()) {
        INFO(message);
        auto pair = stand.connect();
        for (char const byte : message) {
            if (!pair.client.send({&byte, 1})) {
                break;
            }
        }
        pair.client.endSending();
        std::string const seen = pair.server.readToEnd();
        REQUIRE(message.ends_with(seen)); // nothing, or all of what is no request
        pair.server.endSending();
        std::string const answer = pair.client.readToEnd();
        REQUIRE((answer.empty() || answer.starts_with("HTTP/1.1 503 ")));
        REQUIRE(answer.empty() == !seen.empty());
    }
    REQUIRE(stand.empties());
    if (auto const counts = countsOf(stand); counts.examined > 0) {
        REQUIRE(counts.aborted > 20);
        REQUIRE(counts.passedAsBytes > 20);
    }
}
