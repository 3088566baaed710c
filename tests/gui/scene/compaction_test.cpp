#include "gui/scene/compaction.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

using namespace shakedown::gui;

TEST_CASE("a stretched layout is pushed together in its order", "[gui][scene]") {
    std::vector<NodePlace> const stretched{{0, 0}, {0, 1}, {0, 2}, {0, 40}, {1, 90}, {1, 100}};
    auto const places = compacted(stretched, 1.5);
    for (std::size_t i = 0; i < places.size(); ++i) {
        CHECK(places[i].layer == stretched[i].layer);
        CHECK(places[i].place >= 0);
        CHECK(places[i].place <= 5);
    }
    for (auto const& [above, below] :
         {std::pair{0, 1}, std::pair{1, 2}, std::pair{2, 3}, std::pair{4, 5}})
        CHECK(places[static_cast<std::size_t>(below)].place
                  - places[static_cast<std::size_t>(above)].place
              >= 0.999);
}

TEST_CASE("a layout that is not stretched stays as it is", "[gui][scene]") {
    std::vector<NodePlace> const places{{0, 0}, {0, 1}, {1, 0.5}};
    auto const after = compacted(places, 1.3);
    for (std::size_t i = 0; i < places.size(); ++i)
        CHECK(after[i].place == places[i].place);
    CHECK(compacted({}, 1.3).empty());
}
