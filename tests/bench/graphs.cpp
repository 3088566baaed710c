#include "tests/bench/graphs.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include <fmt/format.h>

#include "scenarios/chance/stream.hpp"

namespace shakedown::bench {

namespace {

constexpr double workSeconds = 0.002;

struct Node {
    std::vector<std::size_t> callees;
    double rate = 0; // requests a second, all replicas together
    double held = 0; // seconds that a request keeps a worker, the calls it waits for included
    bool isHot = false;
};

/// The services of one tier, the most popular first.
struct Tier {
    std::size_t first = 0;
    std::vector<double> upTo; // shares of popularity, added up

    std::size_t size() const { return upTo.size(); }
    std::size_t pick(double u) const {
        auto const place = std::upper_bound(upTo.begin(), upTo.end(), u * upTo.back());
        return first
               + std::min<std::size_t>(static_cast<std::size_t>(place - upTo.begin()), size() - 1);
    }
};

// Narrow at both ends, as such systems are.
std::vector<Tier> tiersOf(GraphShape const& shape) {
    std::vector<double> widths;
    for (int t = 0; t < shape.tiers; ++t)
        widths.push_back(1 + 3 * std::sin(3.14159265 * (t + 0.3) / shape.tiers));
    double const whole = std::accumulate(widths.begin(), widths.end(), 0.0);
    std::vector<Tier> tiers;
    std::size_t first = 0;
    double reached = 0;
    for (double const width : widths) {
        reached += width / whole;
        auto const end = static_cast<std::size_t>(std::lround(reached * shape.services));
        Tier tier{first, {}};
        double sum = 0;
        for (std::size_t i = first; i < end; ++i)
            tier.upTo.push_back(sum +=
                                std::pow(static_cast<double>(i - first + 1), -shape.popularity));
        tiers.push_back(std::move(tier));
        first = end;
    }
    return tiers;
}

std::vector<std::size_t> calleesOf(GraphShape const& shape, Tier const& below,
                                   chance::Stream const& stream, std::size_t caller) {
    int count = static_cast<int>(shape.callsEach);
    count += stream.uniform(caller, 0) < shape.callsEach - count ? 1 : 0;
    std::vector<std::size_t> callees;
    for (int c = 0; c < std::max(1, count); ++c) {
        auto const callee = below.pick(stream.uniform(caller, static_cast<std::uint64_t>(c) + 1));
        if (std::find(callees.begin(), callees.end(), callee) == callees.end())
            callees.push_back(callee);
    }
    return callees;
}

std::vector<Node> nodesOf(GraphShape const& shape, std::vector<Tier> const& tiers) {
    chance::Stream const stream(shape.seed, 0, "graph");
    std::vector<Node> nodes(static_cast<std::size_t>(shape.services));
    for (std::size_t i = 0; i < tiers[0].size(); ++i)
        nodes[i].rate = shape.rate / static_cast<double>(tiers[0].size());
    for (std::size_t t = 0; t < tiers.size(); ++t) {
        auto const hot = static_cast<std::size_t>(
            std::ceil(shape.hotSpots * static_cast<double>(tiers[t].size())));
        for (std::size_t i = tiers[t].first; i < tiers[t].first + tiers[t].size(); ++i) {
            nodes[i].isHot = i - tiers[t].first < hot;
            if (t + 1 == tiers.size())
                continue;
            nodes[i].callees = calleesOf(shape, tiers[t + 1], stream, i);
            for (std::size_t const callee : nodes[i].callees)
                nodes[callee].rate += nodes[i].rate;
        }
    }
    for (auto node = nodes.rbegin(); node != nodes.rend(); ++node) {
        node->held = workSeconds;
        for (std::size_t const callee : node->callees)
            node->held += nodes[callee].held;
    }
    return nodes;
}

int workersOf(GraphShape const& shape, Node const& node) {
    double const busy = node.isHot ? shape.busyHotSpot : shape.busy;
    return std::max(2, static_cast<int>(std::ceil(node.rate * node.held / busy / shape.replicas)));
}

std::string nameOf(std::size_t node) {
    return fmt::format("s{}", node);
}

} // namespace

std::string graphScenario(GraphShape const& shape) {
    auto const tiers = tiersOf(shape);
    auto const nodes = nodesOf(shape, tiers);
    std::string out =
        fmt::format("shakedown: 1\nrun: {{ for: {}s, seed: 1 }}\nservices:\n", shape.seconds);
    for (std::size_t t = 0; t < tiers.size(); ++t)
        for (std::size_t i = tiers[t].first; i < tiers[t].first + tiers[t].size(); ++i) {
            out += fmt::format("  {}: {{ replicas: {}, workers: {}, queue: {{ capacity: 64 }}, "
                               "endpoints: {{ e: [ work: exponential({}ms)",
                               nameOf(i), shape.replicas, workersOf(shape, nodes[i]),
                               workSeconds * 1000);
            for (std::size_t const callee : nodes[i].callees)
                out += ", call: " + nameOf(callee);
            out += " ] } }\n";
        }
    if (shape.guarded)
        out +=
            "calls:\n  \"* -> *\":\n"
            "    timeout: 250ms\n    deadline: 1s\n"
            "    retry: { attempts: 3, backoff: { initial: 10ms, jitter: full }, budget: { ratio: "
            "20%, min_rate: 10/s } }\n"
            "    circuit_breaker: { window: { calls: 100 }, minimum_calls: 50, failure_rate: "
            "50%, open_for: 5s }\n"
            "    bulkhead: { max_concurrent: 256 }\n"
            "    rate_limit: { rate: 100000/s }\n"
            "    outlier_detection: { consecutive: 5 }\n"
            "    balance: { policy: least_request, choices: 2 }\n";
    out += "load:\n";
    for (std::size_t i = 0; i < tiers[0].size(); ++i)
        out += fmt::format("  u{}: {{ to: {}, rate: {}/s }}\n", i, nameOf(i),
                           shape.rate / static_cast<double>(tiers[0].size()));
    return out;
}

GraphShape cityShape() {
    return {};
}

GraphShape countryShape() {
    GraphShape shape;
    shape.services = 20'000;
    shape.tiers = 8;
    shape.seconds = 5;
    return shape;
}

} // namespace shakedown::bench
