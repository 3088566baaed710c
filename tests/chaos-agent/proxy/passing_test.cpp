// What passes through a proxy without disturbances, on real sockets.
#include <catch2/catch.hpp>

#include <random>

#include "tests/chaos-agent/proxy/stand.hpp"

using namespace shakedown;
using namespace shakedown::proxy;
using namespace shakedown::tests;

namespace {

std::string randomBytes(std::size_t count, std::uint32_t seed) {
    std::mt19937 random(seed);
    std::string bytes(count, '\0');
    for (char& byte : bytes) {
        byte = static_cast<char>(random());
    }
    return bytes;
}

// Sends the bytes in pieces of 1 byte to 100 KB, then ends the stream.
void sendInPieces(Peer& peer, std::string_view bytes, std::uint32_t seed) {
    std::mt19937 random(seed);
    while (!bytes.empty()) {
        std::size_t const most = random() % 4 == 0 ? 100'000 : 200;
        auto const piece = bytes.substr(0, 1 + random() % most);
        if (!peer.send(piece)) {
            break;
        }
        bytes.remove_prefix(piece.size());
    }
    peer.endSending();
}

// Sends until nothing is taken for 300 ms: all that lies between the peers is full.
void fill(Peer& peer) {
    timeval const soon{0, 300'000};
    setsockopt(peer.descriptor(), SOL_SOCKET, SO_SNDTIMEO, &soon, sizeof soon);
    std::string const lot(bufferAtMost, 'x');
    while (::send(peer.descriptor(), lot.data(), lot.size(), MSG_NOSIGNAL) > 0) {
    }
}

} // namespace

TEST_CASE("bytes pass unchanged both ways at once, however they are cut", "[proxy][passing]") {
    Stand stand;
    for (std::uint32_t seed = 1; seed <= 5; ++seed) {
        INFO("seed " << seed);
        auto pair = stand.connect();
        std::string const request = randomBytes(1'500'000, seed);
        std::string const answer = randomBytes(1'500'000, seed + 100);
        std::thread uploading([&] { sendInPieces(pair.client, request, seed); });
        std::thread downloading([&] { sendInPieces(pair.server, answer, seed + 1); });
        std::string seenByServer;
        std::thread reading([&] { seenByServer = pair.server.readToEnd(); });
        std::string const seenByClient = pair.client.readToEnd();
        reading.join();
        uploading.join();
        downloading.join();
        REQUIRE(seenByServer == request);
        REQUIRE(seenByClient == answer);
    }
    REQUIRE(stand.empties());
}

TEST_CASE("the end of one direction leaves the other open", "[proxy][passing]") {
    Stand stand;
    auto pair = stand.connect();
    pair.client.send("question");
    pair.client.endSending();
    REQUIRE(pair.server.readToEnd() == "question");
    REQUIRE(pair.server.error() == 0);
    pair.server.send("answer");
    REQUIRE(pair.client.readBytes(6) == "answer");
    pair.server.endSending();
    REQUIRE(pair.client.readToEnd() == "");
    REQUIRE(pair.client.error() == 0);
    REQUIRE(stand.empties());
}

TEST_CASE("a reset is passed on as a reset, either way", "[proxy][passing]") {
    Stand stand;
    auto pair = stand.connect();
    pair.client.reset();
    REQUIRE(pair.server.read() == "");
    REQUIRE(pair.server.error() == ECONNRESET);
    auto other = stand.connect();
    other.server.reset();
    REQUIRE(other.client.read() == "");
    REQUIRE(other.client.error() == ECONNRESET);
    REQUIRE(stand.empties());
}

TEST_CASE("a reset is noticed while nobody reads the other side", "[proxy][passing]") {
    Stand stand;
    auto pair = stand.connect();
    fill(pair.client);
    pair.client.reset();
    REQUIRE(stand.empties());
    pair.server.readToEnd();
    REQUIRE(pair.server.error() == ECONNRESET);
}

TEST_CASE("a proxy holds at most 64 KiB for a server that does not read", "[proxy][passing]") {
    Stand stand;
    auto pair = stand.connect();
    fill(pair.client);
    Traffic const traffic = stand.on([](Proxy& p) { return p.traffic(Direction::Upstream); });
    REQUIRE(traffic.received > traffic.sent);
    REQUIRE(traffic.received - traffic.sent <= bufferAtMost);
}

TEST_CASE("counters move while a connection lives", "[proxy][passing]") {
    Stand stand;
    auto pair = stand.connect();
    pair.client.send("12345");
    REQUIRE(pair.server.readBytes(5) == "12345");
    pair.server.send("123");
    REQUIRE(pair.client.readBytes(3) == "123");
    stand.on([](Proxy& p) {
        REQUIRE(p.traffic(Direction::Upstream).received == 5);
        REQUIRE(p.traffic(Direction::Upstream).sent == 5);
        REQUIRE(p.traffic(Direction::Downstream).received == 3);
        REQUIRE(p.traffic(Direction::Downstream).sent == 3);
    });
}

TEST_CASE("a client of a server that is not there is closed", "[proxy][passing]") {
    Stand stand;
    stand.on([](Proxy& p) { // port 1 of loopback has no server
        auto const refused = p.move(p.listen(), "127.0.0.1:1", true);
        REQUIRE_FALSE(refused);
    });
    Peer client = Peer::connectedTo(stand.port());
    REQUIRE(client.read() == "");
    REQUIRE(client.error() != ETIMEDOUT);
    REQUIRE(stand.empties());
}

TEST_CASE("a server is found by its name", "[proxy][passing]") {
    Stand stand;
    stand.on([&](Proxy& p) {
        REQUIRE_FALSE(p.move(p.listen(), "localhost:" + std::to_string(stand.server.port()), true));
    });
    auto pair = stand.connect();
    pair.client.send("x");
    REQUIRE(pair.server.readBytes(1) == "x");
}
