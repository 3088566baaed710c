#include <catch2/catch.hpp>

#include <functional>
#include <future>
#include <thread>

#include <boost/asio/io_context.hpp>

#include "chaos-agent/conduct/http_client.hpp"
#include "tests/chaos-agent/proxy/peers.hpp"

using namespace shakedown;
using conduct::HttpClient;
using conduct::Reply;
using conduct::ReplyEnd;
using tests::Peer;
using tests::Server;

namespace {

constexpr char const* good = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

std::string readHead(Peer& peer) {
    std::string head;
    while (head.find("\r\n\r\n") == std::string::npos) {
        std::string const more = peer.read();
        if (more.empty()) {
            break;
        }
        head += more;
    }
    return head;
}

// A client of a server that does as it is told, on a thread of its own.
class Talk {
public:
    explicit Talk(std::function<void(Server&)> serve)
        : client_(io_, {conduct::Scheme::Http, "127.0.0.1", server_.port(), "/page"}),
          serving_([this, serve = std::move(serve)] { serve(server_); }) {}
    ~Talk() { serving_.join(); }

    Reply ask(Duration within = Duration::seconds(5)) {
        Reply got;
        int replies = 0;
        client_.get(within, [&](Reply const& reply) {
            got = reply;
            ++replies;
        });
        io_.restart();
        io_.run();
        CHECK(replies == 1);
        return got;
    }

private:
    boost::asio::io_context io_;
    Server server_;
    HttpClient client_;
    std::thread serving_;
};

} // namespace

TEST_CASE("a client keeps its connection for the next request", "[agent][conduct][http]") {
    Talk talk([](Server& server) {
        Peer peer = server.accept();
        for (int i = 0; i < 3; ++i) {
            CHECK(readHead(peer).starts_with("GET /page HTTP/1.1\r\nHost: 127.0.0.1:"));
            peer.send(good);
        }
    });
    for (int i = 0; i < 3; ++i) {
        CHECK(talk.ask().status == 200);
    }
}

TEST_CASE("a kept connection that was closed is replaced", "[agent][conduct][http]") {
    Talk talk([](Server& server) {
        for (int i = 0; i < 2; ++i) {
            Peer peer = server.accept();
            readHead(peer);
            peer.send(good);
            peer.reset();
        }
    });
    CHECK(talk.ask().end == ReplyEnd::Answered);
    CHECK(talk.ask().end == ReplyEnd::Answered);
}

TEST_CASE("a connection that breaks within its answer is a failure", "[agent][conduct][http]") {
    Talk talk([](Server& server) {
        for (auto const* text : {"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", ""}) {
            Peer peer = server.accept();
            readHead(peer);
            peer.send(text);
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            peer.reset();
        }
    });
    CHECK(talk.ask().end == ReplyEnd::Reset);
    CHECK(talk.ask().end == ReplyEnd::Reset);
}

TEST_CASE("a client waits no longer than told", "[agent][conduct][http]") {
    std::promise<void> over;
    Talk talk([done = over.get_future().share()](Server& server) {
        Peer peer = server.accept();
        peer.send("HTTP/1.1 200 OK\r\n"); // and no more
        done.wait();
    });
    auto const begin = std::chrono::steady_clock::now();
    CHECK(talk.ask(Duration::milliseconds(200)).end == ReplyEnd::TimedOut);
    CHECK(tests::since(begin) < std::chrono::milliseconds(2000));
    over.set_value();
}

TEST_CASE("nobody who listens is a refusal, and no host unreachable", "[agent][conduct][http]") {
    boost::asio::io_context io;
    std::uint16_t port = 0;
    {
        Server const gone;
        port = gone.port();
    }
    HttpClient refused(io, {conduct::Scheme::Http, "127.0.0.1", port, "/"});
    HttpClient nowhere(io, {conduct::Scheme::Http, "no such host", 80, "/"});
    std::vector<ReplyEnd> ends;
    refused.get(Duration::seconds(5), [&](Reply const& reply) { ends.push_back(reply.end); });
    io.run();
    nowhere.get(Duration::seconds(9), [&](Reply const& reply) {
        ends.push_back(reply.end);
        CHECK(reply.why.find("no such host") != std::string::npos);
    });
    io.restart();
    io.run();
    CHECK(ends == std::vector{ReplyEnd::Refused, ReplyEnd::Unreachable});
}

TEST_CASE("a client that is closed replies to nobody", "[agent][conduct][http]") {
    boost::asio::io_context io;
    Server server;
    bool isTold = false;
    HttpClient client(io, {conduct::Scheme::Http, "127.0.0.1", server.port(), "/"});
    client.get(Duration::seconds(5), [&](Reply const&) { isTold = true; });
    client.close();
    io.run();
    CHECK_FALSE(isTold);
}

TEST_CASE("who speaks no TLS is not reached by https", "[agent][conduct][http]") {
    boost::asio::io_context io;
    Server server;
    std::thread serving([&] {
        Peer peer = server.accept();
        peer.read();
        peer.send(good);
        peer.close();
    });
    HttpClient client(io, {conduct::Scheme::Https, "127.0.0.1", server.port(), "/"});
    Reply got;
    client.get(Duration::seconds(5), [&](Reply const& reply) { got = reply; });
    io.run();
    CHECK(got.end == ReplyEnd::Unreachable);
    CHECK(got.why.find("TLS") != std::string::npos);
    serving.join();
}
