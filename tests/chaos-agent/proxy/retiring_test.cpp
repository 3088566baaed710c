// Proxies whose time is over.
#include <catch2/catch.hpp>

#include "chaos-agent/proxy/proxy_set.hpp"
#include "tests/chaos-agent/proxy/loop.hpp"
#include "tests/chaos-agent/proxy/peers.hpp"

using namespace shakedown;
using namespace shakedown::literals;
using namespace shakedown::proxy;
using namespace shakedown::tests;

namespace {

// A proxy with a latency far longer than anybody waits here.
class Stand {
public:
    Stand() {
        loop_.on([&] {
            proxies_ = std::make_unique<ProxySet>(loop_.io(), 1);
            auto const refused =
                proxies_->create({"p",
                                  "",
                                  server.address(),
                                  true,
                                  {{"slow", Direction::Upstream, 1, Latency{60_s, Duration()}}}});
            REQUIRE_FALSE(refused);
            port = parseAddress(proxies_->find("p")->listen())->port;
        });
    }
    ~Stand() {
        loop_.on([&] { proxies_.reset(); });
    }
    void retire() {
        loop_.on([&] { REQUIRE_FALSE(proxies_->retire("p")); });
    }
    std::size_t retired() {
        return loop_.on([&] { return proxies_->retiredCount(); });
    }
    bool has() {
        return loop_.on([&] { return proxies_->find("p") != nullptr; });
    }
    bool empties() {
        for (int i = 0; i < 1000 && retired() > 0; ++i) {
            std::this_thread::sleep_for(Milliseconds(10));
        }
        return retired() == 0;
    }

    Server server;
    std::uint16_t port = 0;

private:
    Loop loop_;
    std::unique_ptr<ProxySet> proxies_;
};

} // namespace

TEST_CASE("a retired proxy lets go what it held, and its connections go on", "[proxy][retiring]") {
    Stand stand;
    Peer client = Peer::connectedTo(stand.port);
    Peer server = stand.server.accept();
    client.send("held");
    CHECK(server.read(Milliseconds(100)).empty());
    stand.retire();
    CHECK_FALSE(stand.has());
    CHECK(server.readBytes(4) == "held");
    CHECK(stand.retired() == 1);
    server.send("answer");
    CHECK(client.readBytes(6) == "answer");
    client.close();
    CHECK(server.readToEnd().empty());
    server.close();
    CHECK(stand.empties());
}

TEST_CASE("a retired proxy takes who is on the way, and later nobody", "[proxy][retiring]") {
    Stand stand;
    stand.retire();
    {
        Peer late = Peer::connectedTo(stand.port);
        Peer server = stand.server.accept();
        late.send("late");
        CHECK(server.readBytes(4) == "late");
    }
    CHECK(stand.empties());
    CHECK_THROWS(Peer::connectedTo(stand.port));
}

TEST_CASE("who is not there is not retired", "[proxy][retiring]") {
    asio::io_context io(1);
    ProxySet proxies(io, 1);
    CHECK(proxies.retire("nobody"));
    CHECK(proxies.retiredCount() == 0);
}
