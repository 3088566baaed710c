#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "gui/scene/layered_layout.hpp"
#include "scenarios/chance/stream.hpp"

using namespace shakedown;
using gui::Graph;
using gui::layeredLayout;

namespace {

// Calls run mostly from low to high numbers, some back.
Graph randomGraph(std::size_t nodes, std::size_t edges, std::uint64_t seed) {
    chance::Stream const stream(seed, 0, "graph");
    Graph graph;
    graph.nodes = nodes;
    for (std::uint64_t i = 0; i < edges; ++i) {
        auto const from =
            static_cast<std::uint32_t>(stream.uniform(i, 0) * static_cast<double>(nodes));
        auto const to =
            static_cast<std::uint32_t>(stream.uniform(i, 1) * static_cast<double>(nodes));
        bool const isBack = stream.uniform(i, 2) < 0.05;
        graph.edges.emplace_back(isBack ? std::max(from, to) : std::min(from, to),
                                 isBack ? std::min(from, to) : std::max(from, to));
    }
    return graph;
}

} // namespace

TEST_CASE("callers stand left of whom they call", "[gui][layout]") {
    Graph const graph{5, {{0, 1}, {1, 2}, {1, 3}, {2, 4}, {3, 4}}};
    auto const places = layeredLayout(graph);
    for (auto const& [from, to] : graph.edges) {
        CHECK(places[from].layer < places[to].layer);
    }
    CHECK(places[4].layer == 3);
    CHECK(gui::crossingsOf(graph, places) == 0);
}

TEST_CASE("nobody stands on another", "[gui][layout]") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        INFO("seed " << seed);
        auto const graph = randomGraph(60, 150, seed);
        auto places = layeredLayout(graph);
        REQUIRE(places.size() == 60);
        std::sort(places.begin(), places.end(), [](auto const& a, auto const& b) {
            return std::pair(a.layer, a.place) < std::pair(b.layer, b.place);
        });
        for (std::size_t i = 1; i < places.size(); ++i) {
            bool const isApart = places[i].layer != places[i - 1].layer
                                 || places[i].place >= places[i - 1].place + 1;
            CHECK(isApart);
        }
        CHECK(places.front().place >= 0);
    }
}

TEST_CASE("a circle, a loop and an edge into nothing are borne", "[gui][layout]") {
    auto const circle = layeredLayout({3, {{0, 1}, {1, 2}, {2, 0}}});
    CHECK(circle[0].layer == 0);
    CHECK(circle[2].layer == 2);
    CHECK(layeredLayout({2, {{0, 0}, {0, 1}, {0, 1}, {7, 1}}})[1].layer == 1);
    CHECK(layeredLayout({0, {}}).empty());
    CHECK(layeredLayout({3, {}}).size() == 3);
}

TEST_CASE("a deep chain is laid out without recursion", "[gui][layout]") {
    Graph chain;
    chain.nodes = 50'000;
    for (std::uint32_t i = 1; i < chain.nodes; ++i) {
        chain.edges.emplace_back(i - 1, i);
    }
    CHECK(layeredLayout(chain).back().layer == 49'999);
}

TEST_CASE("equal graphs get equal layouts, and sweeps lessen crossings", "[gui][layout]") {
    // Two layers whose order is wrong by number.
    Graph twisted;
    twisted.nodes = 20;
    for (std::uint32_t i = 0; i < 10; ++i) {
        twisted.edges.emplace_back(i, 19 - i);
    }
    auto const places = layeredLayout(twisted);
    CHECK(gui::crossingsOf(twisted, places) == 0);
    auto const again = layeredLayout(twisted);
    for (std::size_t i = 0; i < places.size(); ++i) {
        CHECK(places[i].layer == again[i].layer);
        CHECK(places[i].place == again[i].place);
    }
}
