#include "reports/html/scale.hpp"

#include <catch2/catch.hpp>

using namespace shakedown;
using namespace shakedown::html;

namespace {

std::vector<std::string> textsOf(Scale const& scale) {
    std::vector<std::string> texts;
    for (auto const& tick : scale.ticks()) {
        texts.push_back(tick.text);
    }
    return texts;
}

using Texts = std::vector<std::string>;

} // namespace

TEST_CASE("ticks are 1, 2 or 5 times a power of ten", "[html][scale]") {
    using model::ValueUnit;
    CHECK(textsOf(Scale::linear(297, ValueUnit::PerSecond))
          == Texts{"0/s", "100/s", "200/s", "300/s"});
    CHECK(textsOf(Scale::linear(0.7, ValueUnit::Share))
          == Texts{"0 %", "20 %", "40 %", "60 %", "80 %"});
    CHECK(textsOf(Scale::linear(90'000, ValueUnit::Count)) == Texts{"0", "50k", "100k"});
    CHECK(textsOf(Scale::linear(0, ValueUnit::Count)).size() > 1);
}

TEST_CASE("a logarithmic scale goes from decade to decade", "[html][scale]") {
    auto const scale = Scale::logarithmic(0.004, 2.5, model::ValueUnit::Seconds);
    CHECK(textsOf(scale) == Texts{"1 ms", "10 ms", "100 ms", "1 s", "10 s"});
    CHECK(scale.at(0.001) == Approx(0));
    CHECK(scale.at(0.1) == Approx(0.5));
    CHECK(scale.at(0) == 0);
    CHECK(scale.at(100) == 1);
}

TEST_CASE("many decades share few ticks", "[html][scale]") {
    auto const scale = Scale::logarithmic(1e-9, 1e6, model::ValueUnit::Seconds);
    CHECK(scale.ticks().size() <= 6);
}

TEST_CASE("round steps cut a length into few pieces", "[html][scale]") {
    CHECK(roundStep(180, 6) == Approx(50));
    CHECK(roundStep(60, 6) == Approx(10));
    CHECK(roundStep(1, 5) == Approx(0.2));
    CHECK(roundStep(0, 5) == 1);
}
