// What a proxy costs: straight to a server, through our proxy and through HAProxy in TCP mode, each
// in a process of its own, in turns. Ratios are ours to HAProxy's, the median of the rounds.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/bench/backend.hpp"
#include "tests/bench/haproxy.hpp"
#include "tests/bench/measured.hpp"
#include "tests/chaos-agent/program/agent.hpp"
#include "tests/chaos-agent/proxy/peers.hpp"

using namespace shakedown::bench;
using namespace shakedown::tests;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int rounds = 9;

double secondsSince(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

double median(std::vector<double> values) {
    auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

void require(bool holds, char const* what) {
    if (!holds) {
        throw std::runtime_error(what);
    }
}

// The median time of an echo of 64 bytes, in microseconds.
double echo(std::uint16_t port) {
    constexpr int echoes = 4000;
    Peer peer = Peer::connectedTo(port);
    std::string bytes(64, 'E');
    std::vector<double> times;
    for (int i = 0; i < echoes; ++i) {
        auto const begin = Clock::now();
        peer.send(bytes);
        require(recv(peer.descriptor(), bytes.data(), bytes.size(), MSG_WAITALL) == 64,
                "an echo is lost");
        times.push_back(secondsSince(begin) * 1e6);
    }
    return median(std::move(times));
}

// Connections opened, used for one byte and closed, a second; 32 at once.
double connections(std::uint16_t port) {
    constexpr int batches = 40;
    constexpr int atOnce = 32;
    auto const begin = Clock::now();
    for (int batch = 0; batch < batches; ++batch) {
        std::vector<Peer> peers;
        for (int i = 0; i < atOnce; ++i) {
            peers.push_back(Peer::connectedTo(port));
            peers.back().send("E");
        }
        for (Peer& peer : peers) {
            require(peer.readBytes(1) == "E", "a connection is lost");
        }
    }
    return batches * atOnce / secondsSince(begin);
}

// Bytes that one connection brings, in MB (1,000,000 bytes) a second.
double bulk(std::uint16_t port) {
    constexpr double wanted = 300e6;
    Peer peer = Peer::connectedTo(port);
    peer.send("S");
    std::string buffer(256 * 1024, '\0');
    auto const begin = Clock::now();
    double seen = 0;
    while (seen < wanted) {
        auto const count = recv(peer.descriptor(), buffer.data(), buffer.size(), 0);
        require(count > 0, "the stream ends");
        seen += static_cast<double>(count);
    }
    return seen / 1e6 / secondsSince(begin);
}

// Requests of 128 bytes, answered with 256, a second: one on the way on each of 64 connections.
double requests(std::uint16_t port) {
    constexpr int turns = 150;
    std::vector<Peer> peers;
    for (int i = 0; i < 64; ++i) {
        peers.push_back(Peer::connectedTo(port));
    }
    std::string const request(requestBytes, 'H');
    std::string answer(answerBytes, '\0');
    auto const begin = Clock::now();
    for (int turn = 0; turn < turns; ++turn) {
        for (Peer const& peer : peers) {
            require(send(peer.descriptor(), request.data(), request.size(), MSG_NOSIGNAL)
                        == static_cast<ssize_t>(requestBytes),
                    "a request is lost");
        }
        for (Peer const& peer : peers) {
            require(recv(peer.descriptor(), answer.data(), answer.size(), MSG_WAITALL)
                        == static_cast<ssize_t>(answerBytes),
                    "an answer is lost");
        }
    }
    return static_cast<double>(peers.size()) * turns / secondsSince(begin);
}

struct Way {
    std::string name;
    std::uint16_t port;
};

void compare(std::string const& what, char const* unit, double (*measure)(std::uint16_t),
             std::vector<Way> const& ways) {
    std::map<std::string, std::vector<double>> values;
    std::vector<double> ratios;
    for (int round = 0; round <= rounds; ++round) {
        for (Way const& way : ways) {
            double const value = measure(way.port);
            if (round > 0) { // the first warms up
                values[way.name].push_back(value);
            }
        }
        if (round > 0 && values.contains("haproxy")) {
            ratios.push_back(values["ours"].back() / values["haproxy"].back());
        }
    }
    for (Way const& way : ways) {
        report(("proxy/" + what + "/" + way.name).c_str(), median(values[way.name]), unit);
    }
    if (!ratios.empty()) {
        report(("proxy/" + what + "/ours-to-haproxy").c_str(), median(ratios), "x");
    }
}

std::uint16_t makeProxy(Agent& agent, std::uint16_t upstream) {
    std::string const answer =
        ask(agent.port(), "POST", "/proxies",
            R"({"name":"bench","upstream":"127.0.0.1:)" + std::to_string(upstream) + "\"}");
    std::string const mark = R"("listen":"127.0.0.1:)";
    auto const found = answer.find(mark);
    require(found != std::string::npos, "the agent makes no proxy");
    return static_cast<std::uint16_t>(std::stoul(answer.substr(found + mark.size())));
}

} // namespace

int main() {
    try {
        Backend const backend;
        Agent agent({"--toxiproxy", "127.0.0.1:0"});
        std::vector<Way> ways{{"direct", backend.port()},
                              {"ours", makeProxy(agent, backend.port())}};
        std::optional<Haproxy> haproxy;
        if (Haproxy::program().empty()) {
            std::fprintf(stderr, "bench: skipped HAProxy, which is not installed\n");
        } else {
            haproxy.emplace(backend.port());
            ways.push_back({"haproxy", haproxy->port()});
        }
        compare("echo-64B-p50", "us", echo, ways);
        compare("connections", "1/s", connections, ways);
        compare("bulk", "MB/s", bulk, ways);
        compare("requests-64-connections", "1/s", requests, ways);
        return 0;
    } catch (std::exception const& e) {
        std::fprintf(stderr, "bench: %s\n", e.what());
        return 1;
    }
}
