#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <thread>

#include "chaos-agent/faults/operation.hpp"
#include "chaos-agent/faults/posted_connections.hpp"
#include "chaos-agent/faults/proxy_connections.hpp"
#include "tests/chaos-agent/faults/service_process.hpp"
#include "tests/chaos-agent/system/child.hpp"
#include "tests/chaos-agent/system/test_network.hpp"

#include <boost/asio/executor_work_guard.hpp>

// Faults of connections do what they say, measured on a live service behind a proxy that runs in a
// thread of its own, and nothing of them remains.
using namespace shakedown;
using namespace shakedown::injectors;
using tests::TestSocket;
using Clock = std::chrono::steady_clock;

namespace {

struct Stand {
    Stand() : service(tests::freeAddress()), set(io, 1), direct(set), posted(io, direct) {
        REQUIRE_FALSE(set.create({"orders", "127.0.0.1:0", service.address(), true, {}}));
        address = *proxy::parseAddress(set.find("orders")->listen());
        thread = std::thread([this] { io.run(); });
        tools.connections = &posted;
    }
    ~Stand() {
        work.reset();
        io.stop();
        thread.join();
    }
    Disturb put(protocol::FaultKind const& what, protocol::Way way = protocol::Way::In) {
        Disturb const disturb{"orders", "fault", what, way};
        REQUIRE_FALSE(apply(Operation(disturb), Duration::seconds(10), tools));
        REQUIRE(isApplied(Operation(disturb), tools).is == Verdict::Is::So);
        return disturb;
    }
    void take(Disturb const& disturb) {
        REQUIRE_FALSE(revert(Operation(disturb), tools));
        REQUIRE(isReverted(Operation(disturb), tools).is == Verdict::Is::So);
    }
    TestSocket connected() const {
        TestSocket socket(std::get<system::NetworkNamespace>(system::NetworkNamespace::own()),
                          TestSocket::Kind::Tcp);
        REQUIRE(socket.connectTo(address.host, address.port) == 0);
        return socket;
    }

    tests::ServiceProcess service;
    proxy::asio::io_context io{1};
    boost::asio::executor_work_guard<proxy::asio::io_context::executor_type> work{
        io.get_executor()};
    proxy::ProxySet set;
    ProxyConnections direct;
    PostedConnections posted;
    Tools tools;
    proxy::Address address;
    std::thread thread;
};

std::string const get = "GET /orders/1 HTTP/1.1\r\nHost: x\r\n\r\n";

// How a request on a live connection is answered, and how long that takes, in milliseconds.
std::pair<std::string, double> asked(TestSocket& socket, std::string const& request = get) {
    auto const begin = Clock::now();
    std::string answer;
    std::string whole;
    if (!socket.send(request)) {
        return {"", 0};
    }
    while (whole.find("ok\n") == std::string::npos && socket.receive(answer) == 0) {
        whole += answer;
        if (whole.find("\r\n\r\n") != std::string::npos
            && whole.find("200 OK") == std::string::npos) {
            break;
        }
    }
    return {whole, std::chrono::duration<double, std::milli>(Clock::now() - begin).count()};
}

double medianOf(Stand& stand) {
    auto socket = stand.connected();
    std::vector<double> times;
    for (int i = 0; i < 9; ++i) {
        times.push_back(asked(socket).second);
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

} // namespace

TEST_CASE("a latency of 50 ms delays a request by 50 ms, give or take 2, while it lasts",
          "[faults][connections]") {
    Stand stand;
    double const before = medianOf(stand);
    auto const latency =
        stand.put(protocol::Latency{Duration::milliseconds(50), Duration()}, protocol::Way::In);
    CHECK(medianOf(stand) - before == Approx(50).margin(2));
    stand.take(latency);
    auto const both =
        stand.put(protocol::Latency{Duration::milliseconds(50), Duration()}, protocol::Way::Both);
    CHECK(medianOf(stand) - before == Approx(100).margin(4));
    stand.take(both);
    CHECK(medianOf(stand) - before == Approx(0).margin(2));
}

TEST_CASE("slow delays the requests it befalls", "[faults][connections]") {
    Stand stand;
    double const before = medianOf(stand);
    auto const slow = stand.put(protocol::Slow{Duration::milliseconds(30), 1});
    CHECK(medianOf(stand) - before == Approx(30).margin(2));
    stand.take(slow);
    CHECK(medianOf(stand) - before == Approx(0).margin(2));
}

TEST_CASE("errors answer in the place of the service", "[faults][connections]") {
    Stand stand;
    auto const errors = stand.put(protocol::Errors{503, 1});
    auto socket = stand.connected();
    CHECK(asked(socket).first.starts_with("HTTP/1.1 503"));
    stand.take(errors);
    auto next = stand.connected();
    CHECK(asked(next).first.starts_with("HTTP/1.1 200"));
}

TEST_CASE("an http fault befalls the requests it names, and no more than it says",
          "[faults][connections]") {
    Stand stand;
    protocol::Http http;
    http.abort = 418;
    http.path = "/orders/*";
    http.first = 1;
    auto const fault = stand.put(http);
    auto other = stand.connected();
    CHECK(asked(other, "GET /stock HTTP/1.1\r\nHost: x\r\n\r\n").first.starts_with("HTTP/1.1 200"));
    auto first = stand.connected();
    CHECK(asked(first).first.starts_with("HTTP/1.1 418"));
    auto second = stand.connected();
    CHECK(asked(second).first.starts_with("HTTP/1.1 200"));
    stand.take(fault);
}

TEST_CASE("a reset is felt on a live connection", "[faults][connections]") {
    Stand stand;
    auto live = stand.connected();
    REQUIRE(asked(live).first.starts_with("HTTP/1.1 200"));
    auto const reset = stand.put(protocol::Reset{1});
    std::string bytes;
    CHECK(live.receive(bytes) == ECONNRESET);
    stand.take(reset);
    auto next = stand.connected();
    CHECK(asked(next).first.starts_with("HTTP/1.1 200"));
}

TEST_CASE("a bandwidth of 100 kB/s lets 100 kB pass in a second, give or take 5 %",
          "[faults][connections]") {
    Stand stand;
    auto const limit = stand.put(protocol::BandwidthLimit{Bytes::of(100'000)}, protocol::Way::Out);
    auto socket = stand.connected();
    // Many requests at once, so that their answers queue up.
    constexpr int requests = 2000;
    std::string many;
    for (int i = 0; i < requests; ++i) {
        many += get;
    }
    auto const begin = Clock::now();
    std::thread sender([&] { socket.send(many); });
    std::size_t got = 0;
    std::string bytes;
    std::size_t const whole = requests
                              * std::string("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n"
                                            "\r\nok\n")
                                    .size();
    while (got < whole && socket.receive(bytes) == 0) {
        got += bytes.size();
    }
    double const seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    sender.join();
    REQUIRE(got == whole);
    CHECK(static_cast<double>(got) / seconds == Approx(100'000).epsilon(0.05));
    stand.take(limit);
}

TEST_CASE("a proxy that is not there is told", "[faults][connections]") {
    Stand stand;
    auto const failed = apply(Disturb{"nobody", "fault", protocol::Reset{1}, protocol::Way::In},
                              Duration::seconds(1), stand.tools);
    REQUIRE(failed);
    CHECK(failed->why == "there is no proxy in front of 'nobody'");
}
