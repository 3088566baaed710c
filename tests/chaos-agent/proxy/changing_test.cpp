// What changes while connections live.
#include <catch2/catch.hpp>

#include <atomic>

#include "tests/chaos-agent/proxy/stand.hpp"

using namespace shakedown;
using namespace shakedown::literals;
using namespace shakedown::proxy;
using namespace shakedown::tests;

TEST_CASE("a thousand toxics come and go under load, and no byte is lost", "[proxy][changing]") {
    Stand stand;
    auto pair = stand.connect();
    std::atomic<bool> over{false};
    std::uint64_t sent = 0;
    std::thread sending([&] {
        std::string block(10'000, '\0');
        while (!over) {
            for (char& byte : block) {
                byte = static_cast<char>(sent++ % 251);
            }
            pair.server.send(block);
        }
        pair.server.endSending();
    });
    std::atomic<std::uint64_t> seen{0};
    bool inOrder = true;
    std::thread reading([&] {
        for (std::string bytes = pair.client.read(); !bytes.empty(); bytes = pair.client.read()) {
            for (char const byte : bytes) {
                inOrder = inOrder && byte == static_cast<char>(seen++ % 251);
            }
        }
    });
    Disturbance const kinds[] = {Latency{20_ms, 20_ms}, BandwidthLimit{Bytes::of(100)},
                                 BandwidthLimit{}, Slicer{Bytes::of(100), Bytes::of(50), 10_us},
                                 SlowClose{10_s}};
    while (seen < 1'000'000) { // the load has begun
        std::this_thread::sleep_for(Milliseconds(1));
    }
    auto const begin = std::chrono::steady_clock::now();
    for (int i = 0; i < 1000; ++i) {
        // Two at a time, the older one removed first.
        stand.add({"t" + std::to_string(i), Direction::Downstream, 1, kinds[i % 5]});
        if (i > 0) {
            stand.remove("t" + std::to_string(i - 1));
        }
    }
    stand.remove("t999");
    CHECK(since(begin) < Milliseconds(20'000));
    over = true;
    sending.join();
    reading.join();
    REQUIRE(pair.client.error() == 0);
    REQUIRE(seen == sent);
    REQUIRE(inOrder);
    REQUIRE(sent > 0);
}

TEST_CASE("an update takes effect on what waits already", "[proxy][changing]") {
    Stand stand({downstream(Latency{100_s, 0_ms})});
    auto pair = stand.connect();
    pair.server.send("x");
    REQUIRE(pair.client.read(Milliseconds(50)) == "");
    stand.on([](Proxy& p) { REQUIRE_FALSE(p.update(downstream(Latency{1_ms, 0_ms}))); });
    REQUIRE(pair.client.readBytes(1) == "x");
}

TEST_CASE("less toxicity frees connections, more befalls them", "[proxy][changing]") {
    Stand stand({downstream(BandwidthLimit{}, 0)});
    auto pair = stand.connect();
    pair.server.send("1");
    REQUIRE(pair.client.readBytes(1) == "1");
    stand.on([](Proxy& p) { p.update(downstream(BandwidthLimit{}, 1)); });
    pair.server.send("2");
    REQUIRE(pair.client.read(Milliseconds(50)) == "");
    stand.on([](Proxy& p) { p.update(downstream(BandwidthLimit{}, 0)); });
    REQUIRE(pair.client.readBytes(1) == "2");
}

TEST_CASE("toxics are refused twice, unknown ones are not found", "[proxy][changing]") {
    Stand stand({downstream(Latency{})});
    stand.on([](Proxy& p) {
        REQUIRE(p.add(downstream(Timeout{}))->reason == Refusal::Reason::ToxicExists);
        REQUIRE(p.remove("other")->reason == Refusal::Reason::ToxicNotFound);
        REQUIRE(p.update(upstream(Latency{}))->reason == Refusal::Reason::ToxicNotFound);
        REQUIRE(p.toxics().size() == 1);
    });
}

TEST_CASE("disabling closes connections and the port, enabling takes it again",
          "[proxy][changing]") {
    Stand stand;
    auto pair = stand.connect();
    stand.on([](Proxy& p) { p.disable(); });
    REQUIRE(pair.client.read() == "");
    REQUIRE(pair.client.error() != ETIMEDOUT);
    REQUIRE_THROWS(Peer::connectedTo(stand.port()));
    stand.on([](Proxy& p) { REQUIRE_FALSE(p.enable()); });
    auto again = stand.connect();
    again.client.send("x");
    REQUIRE(again.server.readBytes(1) == "x");
}

TEST_CASE("a proxy moves to another server and keeps its toxics", "[proxy][changing]") {
    Stand stand({downstream(BandwidthLimit{})});
    auto old = stand.connect();
    Server other;
    stand.on([&](Proxy& p) { REQUIRE_FALSE(p.move(p.listen(), other.address(), true)); });
    REQUIRE(old.client.read() == "");
    Peer client = Peer::connectedTo(stand.port());
    Peer server = other.accept();
    client.send("x");
    REQUIRE(server.readBytes(1) == "x");
    server.send("y");
    REQUIRE(client.read(Milliseconds(50)) == "");
    REQUIRE(client.error() == ETIMEDOUT);
}

TEST_CASE("a move to a port that is taken changes nothing", "[proxy][changing]") {
    Stand stand;
    auto pair = stand.connect();
    stand.on([&](Proxy& p) {
        std::string const listen = p.listen();
        auto const refused = p.move(stand.server.address(), stand.server.address(), true);
        REQUIRE(refused->reason == Refusal::Reason::CannotListen);
        REQUIRE(refused->message
                == "listen tcp " + stand.server.address() + ": bind: address already in use");
        REQUIRE(p.listen() == listen);
        REQUIRE(p.isEnabled());
    });
    pair.client.send("x");
    REQUIRE(pair.server.readBytes(1) == "x");
}
