#include "sim/resilience/balancer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

#include <catch2/catch.hpp>

#include "sim/resilience/bounded_load.hpp"
#include "sim/resilience/zone_routing.hpp"

using namespace shakedown;
using namespace shakedown::literals;
using model::BalancePolicy;
using resilience::Balancer;
using resilience::BalanceSettings;
using resilience::HashHost;
using resilience::HashTables;
using resilience::Offer;
using resilience::ReplicaView;

namespace {

std::vector<HashHost> hostsOf(std::vector<double> const& weights) {
    std::vector<HashHost> hosts;
    for (std::uint32_t i = 0; i < weights.size(); ++i)
        hosts.push_back({i, weights[i]});
    return hosts;
}

/// A caller with its replicas, who picks again and again.
struct Picking {
    explicit Picking(BalanceSettings const& s, std::uint32_t replicas)
        : settings(s), balancer(s, std::make_shared<HashTables>(s), 0), views(replicas),
          listed(replicas) {
        std::iota(listed.begin(), listed.end(), 0U);
    }
    std::uint32_t pick(std::uint64_t key = 0) {
        chance::Draw draw = chance::Stream(1, 0, "balancer").draw(++picks, 0);
        return balancer.pick({now, key, listed, views, readySince, avoid}, draw);
    }
    std::map<std::uint32_t, int> shares(int n) {
        std::map<std::uint32_t, int> counts;
        for (int i = 0; i < n; ++i)
            ++counts[pick(chance::mixKey(7, static_cast<std::uint64_t>(i)))];
        return counts;
    }
    BalanceSettings settings;
    Balancer balancer;
    std::vector<ReplicaView> views;
    std::vector<std::uint32_t> listed;
    std::vector<SimTime> readySince;
    std::uint32_t avoid = resilience::noReplica;
    std::uint64_t picks = 0;
    SimTime now;
};

BalanceSettings of(BalancePolicy policy) {
    BalanceSettings s;
    s.policy = policy;
    return s;
}

} // namespace

TEST_CASE("smooth weights of 5, 1 and 1 give a a b a c a a", "[resilience][balance]") {
    auto settings = of(BalancePolicy::Weighted);
    settings.weights = {5, 1, 1};
    Picking picking(settings, 3);
    std::string order;
    for (int i = 0; i < 14; ++i)
        order += static_cast<char>('a' + picking.pick());
    CHECK(order == "aabacaaaabacaa");
}

TEST_CASE("smooth weights that are all zero count as equal", "[resilience][balance]") {
    resilience::SmoothWeights smooth;
    std::array<std::uint32_t, 2> const listed = {4, 9};
    std::array<double, 2> const weights = {0, 0};
    CHECK(smooth.pick(listed, weights) == 4);
    CHECK(smooth.pick(listed, weights) == 9);
    CHECK(smooth.pick(listed, weights) == 4);
}

TEST_CASE("a replica that goes takes only its own keys along", "[resilience][balance][hash]") {
    auto const policy = GENERATE(BalancePolicy::RingHash, BalancePolicy::Maglev);
    auto const settings = of(policy);
    Picking all(settings, 10);
    Picking fewer(settings, 10);
    fewer.listed.erase(fewer.listed.begin() + 3);
    int moved = 0;
    int ofTheDead = 0;
    for (std::uint64_t k = 0; k < 10'000; ++k) {
        std::uint64_t const key = chance::mixKey(11, k);
        auto const before = all.pick(key);
        CHECK(all.pick(key) == before);
        ofTheDead += before == 3 ? 1 : 0;
        moved += before != 3 && fewer.pick(key) != before ? 1 : 0;
    }
    CHECK(ofTheDead > 500);
    // Nine in ten stay: Envoy deals the points of the gone host out to the others, and Maglev
    // trades a few for an even table (its paper, section 5.3).
    CHECK(moved < 1000);
}

TEST_CASE("Maglev's table is even, and follows weights", "[resilience][balance][hash]") {
    auto const placesOf = [](std::vector<double> const& weights) {
        resilience::MaglevTable const table(hostsOf(weights), 65'537);
        std::vector<int> counts(weights.size(), 0);
        for (auto const host : table.places())
            ++counts[host];
        return counts;
    };
    auto const even = placesOf({1, 1, 1, 1, 1});
    CHECK(*std::max_element(even.begin(), even.end())
          <= *std::min_element(even.begin(), even.end()) + 1);
    auto const uneven = placesOf({3, 1});
    CHECK(uneven[0] == Approx(65'537 * 0.75).epsilon(0.001));
}

TEST_CASE("each host has a point on the ring however small its weight",
          "[resilience][balance][hash]") {
    resilience::HashRing const ring(hostsOf({100'000, 1}), 1024);
    CHECK(ring.size() == 1025);
    bool isReached = false;
    for (std::uint32_t i = 0; i < ring.size(); ++i)
        isReached |= ring.owner(0, i) == 1;
    CHECK(isReached);
}

TEST_CASE("hashing avoids the replica of the last attempt", "[resilience][balance][hash]") {
    Picking picking(of(BalancePolicy::RingHash), 3);
    auto const owner = picking.pick(99);
    picking.avoid = owner;
    CHECK(picking.pick(99) != owner);
}

TEST_CASE("a bound keeps a hot key from filling one replica", "[resilience][balance][hash]") {
    auto const hosts = hostsOf({1, 1, 1, 1});
    // 8 under way, bound 125 %: ceil(9 x 1.25) = 12 slots, 3 each.
    std::array<std::uint32_t, 4> loads = {3, 2, 2, 1};
    CHECK(resilience::withinBound(0, 5, hosts, loads, 1.25) == 0); // full, not over
    loads = {4, 2, 1, 1};
    CHECK(resilience::withinBound(0, 5, hosts, loads, 1.25) != 0);
    // All over: the least loaded.
    std::array<std::uint32_t, 2> const both = {9, 3};
    CHECK(resilience::withinBound(0, 5, hostsOf({1, 1000}), both, 1.0) == 1);
}

TEST_CASE("peak EWMA jumps up at once and comes down with time", "[resilience][balance][ewma]") {
    resilience::PeakEwma mean(30_ms, 10_s, SimTime());
    mean.observe(1_s, SimTime::at(1_s));
    CHECK(mean.mean() == Approx(1.0));
    mean.observe(10_ms, SimTime::at(11_s));
    CHECK(mean.mean() == Approx(std::exp(-1) + 0.01 * (1 - std::exp(-1))));
    double const before = mean.mean();
    CHECK(mean.cost(3, SimTime::at(21_s)) == Approx(before * std::exp(-1) * 4));
}

TEST_CASE("peak EWMA turns away from a slow replica", "[resilience][balance][ewma]") {
    Picking picking(of(BalancePolicy::PeakEwma), 3);
    picking.balancer.observe(1, 2_s, SimTime());
    CHECK(picking.shares(300)[1] == 0);
    picking.now = SimTime::at(120_s); // long forgotten
    picking.balancer.observe(0, 30_ms, picking.now);
    picking.balancer.observe(2, 30_ms, picking.now);
    CHECK(picking.shares(300)[1] > 100);
}

TEST_CASE("a new replica gets its share over the window", "[resilience][balance][slow-start]") {
    resilience::SlowStartSettings slow{100_s, 1, 0.1};
    CHECK(resilience::slowStartShare(slow, 0_s) == Approx(0.1));
    CHECK(resilience::slowStartShare(slow, 50_s) == Approx(0.5));
    CHECK(resilience::slowStartShare(slow, 100_s) == Approx(1));
    slow.aggression = 2;
    CHECK(resilience::slowStartShare(slow, 25_s) == Approx(0.5));

    auto settings = of(GENERATE(BalancePolicy::RoundRobin, BalancePolicy::LeastRequest));
    settings.slowStart = {100_s, 1, 0.1};
    Picking picking(settings, 2);
    picking.readySince = {SimTime::atNanoseconds(-1'000'000'000'000), SimTime()};
    picking.now = SimTime::at(25_s);
    CHECK(picking.shares(500)[1] == Approx(100).margin(2)); // .25 of 1.25
    picking.now = SimTime::at(200_s);
    CHECK(picking.shares(500)[1] == Approx(250).margin(40));
}

TEST_CASE("weights of least_request are divided by what is under way", "[resilience][balance]") {
    auto settings = of(BalancePolicy::LeastRequest);
    settings.weights = {1, 3};
    Picking picking(settings, 2);
    CHECK(picking.shares(400)[1] == 300);
    picking.views[1].outstanding = 5; // 3 / 6 against 1
    CHECK(picking.shares(300)[1] == Approx(100).margin(2));
}

TEST_CASE("two choices with replacement send a quarter to the busier of two",
          "[resilience][balance]") {
    auto settings = of(BalancePolicy::LeastRequest);
    settings.choices = 2;
    std::vector<ReplicaView> views(2);
    views[1].outstanding = 5;
    std::array<std::uint32_t, 2> const listed = {0, 1};
    std::uint32_t cursor = 0;
    int busier = 0;
    for (std::uint64_t i = 0; i < 20'000; ++i) {
        chance::Draw draw = chance::Stream(1, 0, "choices").draw(i, 0);
        busier +=
            resilience::pickReplica(settings, listed, views, cursor, resilience::noReplica, draw)
                    == 1
                ? 1
                : 0;
    }
    CHECK(busier / 20'000.0 == Approx(0.25).margin(0.01)); // three half widths of 99 %
}

TEST_CASE("zone aware routing keeps in the zone what the zone can bear",
          "[resilience][balance][zones]") {
    auto const sharesOf = [](std::array<std::uint32_t, 3> const& callers,
                             std::array<std::uint32_t, 3> const& callees) {
        std::map<int, int> counts;
        chance::Stream const stream(1, 0, "zones");
        for (std::uint64_t i = 0; i < 10'000; ++i) {
            chance::Draw draw = stream.draw(i, 0);
            auto const zone = resilience::zoneFor(0, {callers, callees}, 6, draw);
            ++counts[zone ? static_cast<int>(*zone) : -1];
        }
        return counts;
    };
    CHECK(sharesOf({1, 1, 1}, {3, 3, 3})[0] == 10'000);
    CHECK(sharesOf({1, 1, 1}, {1, 2, 2})[-1] == 10'000); // too small a cluster
    CHECK(sharesOf({1, 1, 1}, {0, 3, 3})[-1] == 10'000); // nobody in the own zone
    // Half the callers, a quarter of the hosts: half stays, the rest goes where room is.
    auto const some = sharesOf({2, 1, 1}, {2, 2, 4});
    CHECK(some.at(0) == Approx(5'000).epsilon(0.05));
    CHECK(some.at(2) == Approx(5'000).epsilon(0.05));
    CHECK(some.count(1) == 0);
}
