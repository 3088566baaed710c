// The native API on real sockets against clients that are slow, large, strange or not meant.
#include <catch2/catch.hpp>

#include "tests/chaos-agent/control/http_corpus.hpp"
#include "tests/chaos-agent/control/listener_stand.hpp"

using namespace shakedown;
using namespace shakedown::control;
using namespace shakedown::tests;

namespace {

ListenersWith shortTimes() {
    ListenersWith with;
    with.limits.headerWithin = Milliseconds(300);
    with.limits.requestWithin = Milliseconds(500);
    return with;
}

// Sends the beginning, then a byte at a time, until the server ends it; all that came back.
std::string trickle(Peer peer, std::string const& beginning, std::string const& byte) {
    auto const begin = std::chrono::steady_clock::now();
    std::string answer;
    bool open = peer.send(beginning);
    while (open && since(begin) < Milliseconds(5000)) {
        open = peer.send(byte);
        answer += peer.read(Milliseconds(20));
        open = open && peer.error() == ETIMEDOUT;
    }
    return since(begin) < Milliseconds(5000) ? answer : "never cut";
}

std::string codeIn(std::string const& answer) {
    auto const body = answer.find("\r\n\r\n");
    return body == std::string::npos
               ? ""
               : nlohmann::json::parse(answer.substr(body))["error"]["code"].get<std::string>();
}

} // namespace

TEST_CASE("over loopback every route needs a token", "[control][native][http]") {
    ListenerStand stand;
    for (NativeRoute const& route : nativeRoutes()) {
        std::string const body = bodyFor(route);
        std::string const request =
            head(route.method, targetOf(route)) + "Content-Type: application/json\r\n"
            + (body.empty() ? "" : "Content-Length: " + std::to_string(body.size()) + "\r\n")
            + "Connection: close\r\n\r\n" + body;
        INFO(request);
        std::string const answer = stand.askHttp(request);
        REQUIRE(isStatus(answer, route.needs ? 401 : 200));
        REQUIRE((answer.find("WWW-Authenticate: Bearer\r\n") != std::string::npos)
                == route.needs.has_value());
    }
    REQUIRE(stand.denials() == nativeRoutes().size() - 1);
    REQUIRE(isStatus(stand.askHttp(get("/v1/faults", TestTokens::read)), 200));
}

TEST_CASE("a second Authorization is refused", "[control][native][http]") {
    ListenerStand stand;
    std::string const twice = head("GET", "/v1/faults", "wrong") + "Authorization: Bearer "
                              + TestTokens::read + "\r\n\r\n";
    REQUIRE(isStatus(stand.askHttp(twice), 400));
    REQUIRE(isStatus(stand.askUnix(twice), 400));
}

TEST_CASE("no malformed request of llhttp's corpus is answered with success by the native API",
          "[control][native][corpus]") {
    auto const corpus = malformedRequests();
    if (corpus.empty()) {
        return;
    }
    ListenerStand stand;
    for (auto const& [title, bytes] : corpus) {
        INFO(title);
        for (bool const isUnix : {false, true}) {
            Peer peer = isUnix ? stand.overUnix() : stand.overHttp();
            peer.send(bytes);
            peer.endSending();
            std::string const answer = peer.readToEnd();
            INFO(answer);
            REQUIRE(isRefusedInTheEnd(answer));
        }
        REQUIRE(isStatus(stand.askHttp(get("/v1/halt", TestTokens::read)), 200));
        REQUIRE(isStatus(stand.askUnix(get("/v1/halt")), 200));
    }
    REQUIRE(stand.empties());
}

TEST_CASE("a slow head is cut in time over every transport", "[control][native][http]") {
    ListenerStand stand(shortTimes());
    std::string const beginning = "GET /v1/faults HTTP/1.1\r\nA: ";
    REQUIRE(isStatus(trickle(stand.overHttp(), beginning, "a"), 408));
    REQUIRE(isStatus(trickle(stand.overUnix(), beginning, "a"), 408));
    REQUIRE(stand.empties());
}

TEST_CASE("a slow body is cut in time over every transport", "[control][native][http]") {
    ListenerStand stand(shortTimes());
    std::string const beginning = head("POST", "/v1/faults", TestTokens::inject)
                                  + "Content-Type: application/json\r\n"
                                    "Content-Length: 100000\r\n\r\n";
    REQUIRE(isStatus(trickle(stand.overHttp(), beginning, " "), 408));
    REQUIRE(isStatus(trickle(stand.overUnix(), beginning, " "), 408));
    REQUIRE(stand.empties());
    REQUIRE(stand.loop.on([&] { return stand.keeper.calls.empty(); }));
}

TEST_CASE("of who is not known no body is taken", "[control][native][http]") {
    ListenerStand stand;
    for (auto const* more : {"", "Expect: 100-continue\r\n"}) {
        // The body never comes: who waited for it would answer 408, in half a minute.
        for (auto const& token : {std::string(), std::string("wrong"), TestTokens::expired}) {
            Peer peer = stand.overHttp();
            peer.send(head("POST", "/v1/faults", token) + more
                      + "Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n");
            REQUIRE(isStatus(peer.readToEnd(), 401));
        }
        Peer known = stand.overHttp();
        known.send(head("POST", "/v1/faults", TestTokens::inject)
                   + "Content-Type: application/json\r\nContent-Length: 10\r\n"
                     "Connection: close\r\n\r\n");
        known.send("{\"kind\":1}");
        REQUIRE(isStatus(known.readToEnd(), 400));
    }
    REQUIRE(stand.denials() == 6);
    REQUIRE(stand.empties());
}

TEST_CASE("what is too large is refused, and why is said as JSON", "[control][native][http]") {
    ListenerStand stand;
    struct Row {
        std::string request;
        int status;
    };
    std::string fields;
    for (int i = 0; i < 101; ++i) {
        fields += "A: b\r\n";
    }
    std::string const admin = TestTokens::admin;
    for (auto const& [request, status] : {
             Row{head("GET", "/v1/faults", admin) + "A: " + std::string(8192, 'a') + "\r\n\r\n",
                 431},
             Row{head("GET", "/v1/faults", admin) + fields + "\r\n", 431},
             Row{head("GET", "/v1/faults/" + std::string(4096, 'a'), admin) + "\r\n", 414},
             Row{head("POST", "/v1/faults", admin) + "Content-Length: 1048577\r\n\r\n", 413},
             Row{head("POST", "/v1/faults", admin)
                     + "Content-Length: 99999999999999999999999\r\n\r\n",
                 400},
             Row{head("POST", "/v1/faults", admin) + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                 411},
             Row{post("/v1/faults", admin, std::string(1000, '[')), 400},
             Row{post("/v1/faults", admin, "\"" + std::string(1024 * 1024 - 2, 'a') + "\""), 400},
             Row{get("/v1/audit?count=1001", admin), 400},
         }) {
        for (std::string const& answer : {stand.askHttp(request), stand.askUnix(request)}) {
            INFO(request.substr(0, 200) << "\n" << answer);
            REQUIRE(isStatus(answer, status));
            REQUIRE(codeIn(answer) == "bad_request");
        }
    }
    REQUIRE(stand.empties());
    REQUIRE(stand.loop.on([&] { return stand.keeper.calls.empty(); }));
}

TEST_CASE("a web page cannot reach the API, whoever it is shown to", "[control][native][http]") {
    ListenerStand stand;
    for (char const* field : {"Origin: http://127.0.0.1", "Origin: null",
                              "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site"}) {
        INFO(field);
        std::string const request =
            head("GET", "/v1/faults", TestTokens::admin) + field + "\r\n\r\n";
        REQUIRE(isStatus(stand.askHttp(request), 403));
        REQUIRE(isStatus(stand.askUnix(request), 403));
    }
    // What a form can send without asking first.
    for (char const* type : {"text/plain", "application/x-www-form-urlencoded"}) {
        std::string const body = hangRequest().dump();
        REQUIRE(isStatus(stand.askUnix(head("POST", "/v1/faults") + "Content-Type: " + type
                                       + "\r\nContent-Length: " + std::to_string(body.size())
                                       + "\r\nConnection: close\r\n\r\n" + body),
                         415));
    }
}

TEST_CASE("events come as they happen, with heartbeats between", "[control][native][events]") {
    ListenersWith with;
    with.limits.heartbeat = Milliseconds(50);
    ListenerStand stand(with);
    stand.loop.on([&] { stand.keeper.tell("applied", "a"); });
    Peer peer = stand.overUnix();
    peer.send(head("GET", "/v1/events") + "Last-Event-ID: 0\r\n\r\n");
    std::string text;
    auto const readUntil = [&](std::string const& wanted) {
        for (int i = 0; i < 200 && text.find(wanted) == std::string::npos; ++i) {
            text += peer.read(Milliseconds(1000));
        }
        return text.find(wanted) != std::string::npos;
    };
    REQUIRE(readUntil("\"what\":\"applied\""));
    REQUIRE(text.find("Content-Type: text/event-stream\r\n") != std::string::npos);
    REQUIRE(text.find("Content-Length") == std::string::npos);
    REQUIRE(readUntil("\n:\n\n"));
    stand.loop.on([&] { stand.keeper.tell("reverted", "a"); });
    REQUIRE(readUntil("\"what\":\"reverted\""));
    REQUIRE(text.find("id: 1\n") < text.find("id: 2\n"));
    peer.close();
    REQUIRE(stand.empties());
}

TEST_CASE("a reader of events that does not read is cut off", "[control][native][events]") {
    ListenersWith with;
    with.limits.writeWithin = Milliseconds(300);
    ListenerStand stand(with);
    stand.loop.on([&] {
        for (int i = 0; i < 1000; ++i) {
            stand.keeper.tell("applied", "a", std::string(16'000, 'x')); // 16 MB, above any buffer
        }
    });
    Peer peer = stand.overUnix();
    peer.send(head("GET", "/v1/events") + "Last-Event-ID: 0\r\n\r\n");
    REQUIRE(isStatus(peer.readBytes(13), 200)); // and nothing more
    REQUIRE(stand.empties());
    REQUIRE(isStatus(stand.askUnix(get("/healthz")), 200));
}

TEST_CASE("a reader of events that talks on and on is cut off", "[control][native][events]") {
    ListenerStand stand;
    Peer peer = stand.overUnix();
    peer.send(head("GET", "/v1/events") + "\r\n");
    auto const begin = std::chrono::steady_clock::now();
    while (peer.send(std::string(1000, 'a')) && since(begin) < patience) {
    }
    REQUIRE(since(begin) < patience);
    REQUIRE(stand.empties());
}
