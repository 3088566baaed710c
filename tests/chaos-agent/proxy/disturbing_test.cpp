// What each disturbance does to connections on real sockets. Lower bounds are exact; upper ones
// leave room for a busy machine.
#include <catch2/catch.hpp>

#include "tests/chaos-agent/proxy/stand.hpp"

using namespace shakedown;
using namespace shakedown::literals;
using namespace shakedown::proxy;
using namespace shakedown::tests;

namespace {

using Clock = std::chrono::steady_clock;

double seconds(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

// Until the server's byte reaches the client.
double delayOf(Stand::Pair& pair) {
    auto const begin = Clock::now();
    pair.server.send("x");
    REQUIRE(pair.client.readBytes(1) == "x");
    return seconds(begin);
}

} // namespace

TEST_CASE("latency delays a live connection, and no longer once removed", "[proxy][disturbing]") {
    Stand stand;
    auto pair = stand.connect();
    REQUIRE(delayOf(pair) < 0.15);
    stand.add(downstream(Latency{200_ms, 0_ms}));
    double least = 1;
    for (int i = 0; i < 5; ++i) {
        double const delay = delayOf(pair);
        REQUIRE(delay >= 0.2);
        least = std::min(least, delay);
    }
    REQUIRE(least < 0.21); // a busy machine is late at times, but not always
    stand.remove("down");
    REQUIRE(delayOf(pair) < 0.15);
}

TEST_CASE("latency of one direction spares the other", "[proxy][disturbing]") {
    Stand stand({downstream(Latency{5_s, 0_ms})});
    auto pair = stand.connect();
    auto const begin = Clock::now();
    pair.client.send("x");
    REQUIRE(pair.server.readBytes(1) == "x");
    REQUIRE(seconds(begin) < 0.5);
}

TEST_CASE("bandwidth is kept within 5 % over a second", "[proxy][disturbing]") {
    Stand stand({downstream(BandwidthLimit{Bytes::of(500'000)})});
    auto pair = stand.connect();
    std::string const lot(500'000, 'x');
    std::thread sending([&] { pair.server.send(lot); });
    auto const begin = Clock::now();
    REQUIRE(pair.client.readBytes(lot.size()).size() == lot.size());
    double const took = seconds(begin);
    sending.join();
    REQUIRE(took == Approx(1.0).epsilon(0.05));
}

TEST_CASE("a rate of zero blocks and loses nothing", "[proxy][disturbing]") {
    Stand stand({downstream(BandwidthLimit{})});
    auto pair = stand.connect();
    pair.server.send("held");
    REQUIRE(pair.client.read(Milliseconds(100)) == "");
    REQUIRE(pair.client.error() == ETIMEDOUT);
    stand.remove("down");
    REQUIRE(pair.client.readBytes(4) == "held");
}

TEST_CASE("a limit passes exactly its bytes and then ends the stream", "[proxy][disturbing]") {
    Stand stand({downstream(LimitData{Bytes::of(100'003)})});
    auto pair = stand.connect();
    pair.client.send("never read by the server");
    std::string const lot(300'000, 'x');
    std::thread sending([&] { pair.server.send(lot); });
    REQUIRE(pair.client.readToEnd().size() == 100'003);
    REQUIRE(pair.client.error() == 0);
    sending.join();
    REQUIRE(stand.empties());
}

TEST_CASE("a reset is seen on a live connection by both peers", "[proxy][disturbing]") {
    Stand stand;
    auto pair = stand.connect();
    REQUIRE(delayOf(pair) < 0.5);
    stand.add(downstream(ResetPeer{}));
    REQUIRE(pair.client.read() == "");
    REQUIRE(pair.client.error() == ECONNRESET);
    REQUIRE(pair.server.read() == "");
    REQUIRE(pair.server.error() == ECONNRESET);
    REQUIRE(stand.empties());
}

TEST_CASE("a reset is seen on a new connection, after its timeout", "[proxy][disturbing]") {
    Stand stand({upstream(ResetPeer{60_ms})});
    auto const begin = Clock::now();
    Peer client = Peer::connectedTo(stand.port());
    REQUIRE(client.read() == "");
    REQUIRE(client.error() == ECONNRESET);
    REQUIRE(seconds(begin) >= 0.06);
    REQUIRE(seconds(begin) < 1);
}

TEST_CASE("a timeout drops bytes and closes in time", "[proxy][disturbing]") {
    Stand stand({downstream(Timeout{80_ms})});
    auto const begin = Clock::now();
    auto pair = stand.connect();
    pair.server.send("lost");
    REQUIRE(pair.client.read() == "");
    REQUIRE(pair.client.error() == 0);
    REQUIRE(seconds(begin) >= 0.08);
    REQUIRE(seconds(begin) < 1);
    REQUIRE(pair.server.read() == "");
    pair.client.close();
    pair.server.close();
    REQUIRE(stand.empties());
}

TEST_CASE("a black hole stays open, and what lost bytes ends with it", "[proxy][disturbing]") {
    Stand stand({downstream(Timeout{})});
    auto hit = stand.connect();
    auto idle = stand.connect();
    hit.server.send("lost");
    REQUIRE(hit.client.read(Milliseconds(100)) == "");
    REQUIRE(hit.client.error() == ETIMEDOUT);
    stand.remove("down");
    REQUIRE(hit.client.read() == "");
    REQUIRE(hit.client.error() == 0);
    REQUIRE(delayOf(idle) < 0.5);
}

TEST_CASE("a slow close delays the end of the stream only", "[proxy][disturbing]") {
    Stand stand({downstream(SlowClose{80_ms})});
    auto pair = stand.connect();
    REQUIRE(delayOf(pair) < 0.5);
    auto const begin = Clock::now();
    pair.server.endSending();
    REQUIRE(pair.client.read() == "");
    REQUIRE(pair.client.error() == 0);
    REQUIRE(seconds(begin) >= 0.08);
}

TEST_CASE("slices arrive as separate reads of their size", "[proxy][disturbing]") {
    Stand stand({downstream(Slicer{Bytes::of(10), Bytes::of(2), 5_ms})});
    auto pair = stand.connect();
    std::string const sent = "the quick brown fox jumps over the lazy dog, again and again";
    auto const begin = Clock::now();
    pair.server.send(sent);
    std::string seen;
    std::size_t reads = 0;
    while (seen.size() < sent.size()) {
        std::string const slice = pair.client.read();
        REQUIRE_FALSE(slice.empty());
        seen += slice;
        ++reads;
    }
    REQUIRE(seen == sent);
    REQUIRE(reads >= 2); // a busy machine may let some run together
    REQUIRE(reads <= 8);
    REQUIRE(seconds(begin) >= 0.02); // at least five slices
}

TEST_CASE("a share of connections is befallen, the same ones again", "[proxy][disturbing]") {
    auto const befallen = [](std::uint64_t seed) {
        Stand stand({downstream(ResetPeer{}, 0.5)}, seed);
        std::string pattern;
        for (int i = 0; i < 20; ++i) {
            Peer client = Peer::connectedTo(stand.port());
            Peer server = stand.server.accept();
            server.send("x");
            pattern += client.read() == "x" ? '.' : '!';
        }
        return pattern;
    };
    std::string const once = befallen(3);
    REQUIRE(once == befallen(3));
    REQUIRE(once != befallen(4));
    REQUIRE(std::count(once.begin(), once.end(), '!') >= 3);
    REQUIRE(std::count(once.begin(), once.end(), '.') >= 3);
}
