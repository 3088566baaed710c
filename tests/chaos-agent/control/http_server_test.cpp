// The server of the APIs on real sockets: limits, times, and what is not HTTP.
#include <catch2/catch.hpp>

#include <new>
#include <system_error>

#include "chaos-agent/control/http_server.hpp"
#include "chaos-agent/control/toxiproxy_api.hpp"
#include "tests/chaos-agent/control/http_corpus.hpp"
#include "tests/chaos-agent/proxy/loop.hpp"
#include "tests/chaos-agent/proxy/peers.hpp"

using namespace shakedown;
using namespace shakedown::control;
using namespace shakedown::tests;

namespace {

class ServerStand {
public:
    explicit ServerStand(HttpLimits limits = {}) {
        loop_.on([&] {
            proxies_ = std::make_unique<proxy::ProxySet>(loop_.io(), 1);
            api_ = std::make_unique<ToxiproxyApi>(*proxies_);
            server_ = std::make_unique<HttpServer>(
                loop_.io(), [this](Request const& request) { return api_->answer(request); },
                limits);
            if (server_->open({"127.0.0.1", 0})) {
                throw std::runtime_error("cannot listen");
            }
            port_ = server_->address().port;
        });
    }
    ~ServerStand() {
        loop_.on([&] {
            server_.reset();
            proxies_.reset();
        });
    }

    Peer connect() const { return Peer::connectedTo(port_); }
    // All that comes back for these bytes, after which the client sends no more.
    std::string ask(std::string const& bytes) const {
        Peer peer = connect();
        peer.send(bytes);
        peer.endSending();
        return peer.readToEnd();
    }
    std::size_t connectionCount() {
        return loop_.on([&] { return server_->connectionCount(); });
    }
    bool empties() {
        for (int tries = 0; tries < 1000 && connectionCount() > 0; ++tries) {
            std::this_thread::sleep_for(Milliseconds(10));
        }
        return connectionCount() == 0;
    }

private:
    Loop loop_;
    std::unique_ptr<proxy::ProxySet> proxies_;
    std::unique_ptr<ToxiproxyApi> api_;
    std::unique_ptr<HttpServer> server_;
    std::uint16_t port_ = 0;
};

std::string const versionRequest = "GET /version HTTP/1.1\r\nHost: a\r\n\r\n";

bool isStatus(std::string const& answer, int status) {
    return answer.starts_with("HTTP/1.1 " + std::to_string(status) + " ");
}

std::string post(std::string const& path, std::string const& body, std::string const& more = "") {
    return "POST " + path + " HTTP/1.1\r\nHost: a\r\n" + more
           + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// One answer with its body, of a connection that stays open.
std::string readAnswer(Peer& peer) {
    std::string answer;
    for (;;) {
        std::string const byte = peer.readBytes(1);
        if (byte.empty()) {
            return answer;
        }
        answer += byte;
        auto const end = answer.find("\r\n\r\n");
        if (end == std::string::npos) {
            continue;
        }
        auto const length = answer.find("Content-Length: ");
        std::size_t const wanted = length > end ? 0 : std::stoul(answer.substr(length + 16));
        return answer + peer.readBytes(wanted);
    }
}

} // namespace

TEST_CASE("requests are answered one after the other on one connection", "[control][http]") {
    ServerStand stand;
    Peer peer = stand.connect();
    for (int i = 0; i < 3; ++i) {
        peer.send(versionRequest);
        std::string const answer = readAnswer(peer);
        REQUIRE(isStatus(answer, 200));
        REQUIRE(answer.ends_with("{\"version\":\"2.12.0\"}"));
    }
    peer.send(versionRequest + "\r\n" + versionRequest
              + "GET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    REQUIRE(isStatus(readAnswer(peer), 200));
    REQUIRE(isStatus(readAnswer(peer), 200));
    std::string const last = peer.readToEnd();
    REQUIRE(isStatus(last, 404));
    REQUIRE(last.find("Connection: close\r\n") != std::string::npos);
}

TEST_CASE("a request may come byte by byte", "[control][http]") {
    ServerStand stand;
    Peer peer = stand.connect();
    for (char const c : post("/proxies", R"({"name":"p","upstream":"a:1"})")) {
        peer.send(std::string(1, c));
    }
    REQUIRE(isStatus(readAnswer(peer), 201));
}

TEST_CASE("a client that asks before it sends its body is told to go on", "[control][http]") {
    ServerStand stand;
    Peer peer = stand.connect();
    std::string const request = post("/reset", "{}", "Expect: 100-continue\r\n");
    peer.send(request.substr(0, request.size() - 2));
    REQUIRE(readAnswer(peer) == "HTTP/1.1 100 Continue\r\n\r\n");
    peer.send("{}");
    std::string const answer = readAnswer(peer);
    REQUIRE(isStatus(answer, 204));
    REQUIRE(answer.find("Content-Length") == std::string::npos);
}

TEST_CASE("an answer without a body says so", "[control][http]") {
    ServerStand stand;
    std::string const answer = stand.ask("PUT /proxies HTTP/1.1\r\nHost: a\r\n\r\n");
    REQUIRE(isStatus(answer, 405));
    REQUIRE(answer.find("Content-Length: 0\r\n") != std::string::npos);
    REQUIRE(answer.ends_with("\r\n\r\n"));
}

TEST_CASE("the largest body is read and a larger one refused", "[control][http]") {
    ServerStand stand;
    std::string const largest = "\"" + std::string(1024 * 1024 - 2, 'x') + "\"";
    REQUIRE(isStatus(stand.ask(post("/reset", largest)), 204));
    std::string const answer = stand.ask(post("/reset", largest + " "));
    REQUIRE(isStatus(answer, 413));
    REQUIRE(answer.find("Connection: close\r\n") != std::string::npos);
}

TEST_CASE("a slow head is cut in time, however it trickles", "[control][http]") {
    HttpLimits limits;
    limits.headerWithin = Milliseconds(300);
    ServerStand stand(limits);
    Peer peer = stand.connect();
    auto const begin = std::chrono::steady_clock::now();
    bool open = true;
    std::string answer;
    peer.send("GET /version HTTP/1.1\r\nA: ");
    while (open && since(begin) < patience) {
        open = peer.send("a");
        answer += peer.read(Milliseconds(20));
        open = open && peer.error() == ETIMEDOUT;
    }
    REQUIRE(isStatus(answer, 408));
    REQUIRE(since(begin) >= Milliseconds(300));
    REQUIRE(since(begin) < Milliseconds(5000));
    REQUIRE(stand.empties());
}

TEST_CASE("a slow body is cut in time", "[control][http]") {
    HttpLimits limits;
    limits.requestWithin = Milliseconds(200);
    ServerStand stand(limits);
    Peer peer = stand.connect();
    std::string const request = post("/reset", std::string(100, ' '));
    peer.send(request.substr(0, request.size() - 50));
    REQUIRE(isStatus(peer.readToEnd(), 408));
    REQUIRE(stand.empties());
}

TEST_CASE("a slow head is told so after requests that were served too", "[control][http]") {
    HttpLimits limits;
    limits.headerWithin = Milliseconds(200);
    ServerStand stand(limits);
    Peer peer = stand.connect();
    peer.send(versionRequest + "GET /ver");
    REQUIRE(isStatus(readAnswer(peer), 200));
    REQUIRE(isStatus(peer.readToEnd(), 408));
    REQUIRE(stand.empties());
}

TEST_CASE("an idle connection is closed in time", "[control][http]") {
    HttpLimits limits;
    limits.idle = Milliseconds(200);
    ServerStand stand(limits);
    Peer silent = stand.connect();
    Peer served = stand.connect();
    served.send(versionRequest);
    REQUIRE(isStatus(readAnswer(served), 200));
    REQUIRE(silent.read() == "");
    REQUIRE(silent.error() == 0);
    REQUIRE(served.read() == "");
    REQUIRE(served.error() == 0);
    REQUIRE(stand.empties());
}

TEST_CASE("a peer gets no more than its share of connections", "[control][http]") {
    ServerStand stand;
    std::vector<Peer> peers;
    for (int i = 0; i < 32; ++i) {
        peers.push_back(stand.connect());
        peers.back().send(versionRequest);
        REQUIRE(isStatus(readAnswer(peers.back()), 200));
    }
    Peer above = stand.connect();
    REQUIRE(isStatus(above.readToEnd(), 503));
    peers.clear();
    REQUIRE(stand.empties());
    REQUIRE(isStatus(stand.ask(versionRequest), 200));
}

TEST_CASE("there are no more connections than the limit in all", "[control][http]") {
    HttpLimits limits;
    limits.connections = 2;
    ServerStand stand(limits);
    Peer one = stand.connect();
    Peer two = stand.connect();
    Peer three = stand.connect();
    REQUIRE(isStatus(three.readToEnd(), 503));
}

TEST_CASE("what is not HTTP gets no success, and the server lives on", "[control][http]") {
    ServerStand stand;
    std::string binary(3000, '\0');
    for (std::size_t i = 0; i < binary.size(); ++i) {
        binary[i] = static_cast<char>(i * 7919 % 256);
    }
    for (std::string const& bytes :
         {std::string("\x16\x03\x01\x02\x00\x01", 6), binary, std::string("\r\n\r\n\r\n\r\n"),
          std::string("GET"), std::string(100'000, 'a'), std::string("\n\n")}) {
        std::string const answer = stand.ask(bytes);
        REQUIRE((answer.empty() || answer.starts_with("HTTP/1.1 4")));
    }
    REQUIRE(isStatus(stand.ask(versionRequest), 200));
}

TEST_CASE("no malformed request of llhttp's corpus is answered with success",
          "[control][http][corpus]") {
    auto const corpus = malformedRequests();
    if (corpus.empty()) {
        return;
    }
    ServerStand stand;
    for (auto const& [title, bytes] : corpus) {
        std::string const answer = stand.ask(bytes);
        INFO(title << "\n" << answer);
        REQUIRE(isRefusedInTheEnd(answer));
        REQUIRE(isStatus(stand.ask(versionRequest), 200));
    }
    REQUIRE(stand.empties());
}

TEST_CASE("a handler that fails costs its client an answer, and nobody else anything",
          "[control][http]") {
    Loop loop;
    std::unique_ptr<HttpServer> server;
    auto const port = loop.on([&] {
        server = std::make_unique<HttpServer>(loop.io(), [](Request const& request) -> Response {
            if (request.path == "/threads") {
                throw std::system_error(
                    std::make_error_code(std::errc::resource_unavailable_try_again));
            }
            if (request.path == "/memory") {
                throw std::bad_alloc();
            }
            return {200, "text/plain", "fine", {}};
        });
        REQUIRE_FALSE(server->open({"127.0.0.1", 0}));
        return server->address().port;
    });
    auto const ask = [&](std::string const& requests) {
        Peer peer = Peer::connectedTo(port);
        peer.send(requests);
        peer.endSending();
        return peer.readToEnd();
    };
    auto const get = [](std::string const& path) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
    };
    REQUIRE(ask(get("/threads")).starts_with("HTTP/1.1 500 "));
    // Also behind another request, where nobody reads any more.
    REQUIRE(ask(get("/fine") + get("/threads")).find("HTTP/1.1 500 ") != std::string::npos);
    REQUIRE(ask(get("/fine") + get("/memory")).starts_with("HTTP/1.1 200 "));
    REQUIRE(ask(get("/fine")).starts_with("HTTP/1.1 200 "));
    loop.on([&] { server.reset(); });
}
