#include "reports/html/layers.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace shakedown::html;

TEST_CASE("a chain goes from left to right in one row", "[html][layers]") {
    auto const layers = layersOf(3, {{0, 1}, {1, 2}});
    CHECK(layers.columns == 3);
    CHECK(layers.rows == Approx(1));
    CHECK(layers.nodes[0].layer == 0);
    CHECK(layers.nodes[2].layer == 2);
    CHECK(layers.nodes[0].row == Approx(layers.nodes[2].row));
}

TEST_CASE("a circle is opened, and its edge runs backwards", "[html][layers]") {
    auto const layers = layersOf(3, {{0, 1}, {1, 2}, {2, 0}});
    CHECK(layers.columns == 3);
    CHECK(layers.edges[2].front().layer == 2);
    CHECK(layers.edges[2].back().layer == 0);
}

TEST_CASE("an edge over a column has a stop there, apart from the nodes", "[html][layers]") {
    auto const layers = layersOf(3, {{0, 1}, {1, 2}, {0, 2}});
    REQUIRE(layers.edges[2].size() == 3);
    CHECK(layers.edges[2][1].layer == 1);
    CHECK(std::abs(layers.edges[2][1].row - layers.nodes[1].row) > 0.4);
}

TEST_CASE("nodes of a column do not overlap", "[html][layers]") {
    std::vector<std::pair<std::size_t, std::size_t>> edges;
    for (std::size_t i = 1; i < 40; ++i) {
        edges.emplace_back(i / 3, i);
        edges.emplace_back(i / 5, i);
    }
    auto const layers = layersOf(40, edges);
    for (std::size_t a = 0; a < 40; ++a) {
        for (std::size_t b = 0; b < a; ++b) {
            if (layers.nodes[a].layer == layers.nodes[b].layer) {
                CHECK(std::abs(layers.nodes[a].row - layers.nodes[b].row) > 0.99);
            }
        }
    }
}

TEST_CASE("crossings that need not be are undone", "[html][layers]") {
    // 0 -> 3 and 1 -> 2 cross if 2 stays above 3.
    auto const layers = layersOf(4, {{0, 3}, {1, 2}});
    CHECK(layers.nodes[0].row == Approx(layers.nodes[3].row));
    CHECK(layers.nodes[1].row == Approx(layers.nodes[2].row));
}

TEST_CASE("what calls itself, or nobody, is placed too", "[html][layers]") {
    auto const layers = layersOf(2, {{0, 0}});
    CHECK(layers.columns == 1);
    CHECK(layers.edges[0].empty());
    CHECK(layersOf(0, {}).columns == 0);
}

TEST_CASE("a chain of many thousands is laid out", "[html][layers]") {
    std::vector<std::pair<std::size_t, std::size_t>> edges;
    for (std::size_t i = 1; i < 20'000; ++i) {
        edges.emplace_back(i - 1, i);
    }
    CHECK(layersOf(20'000, edges).columns == 20'000);
}
