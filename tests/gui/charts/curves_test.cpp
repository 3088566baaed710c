#include <numeric>

#include "gui/charts/curves.hpp"
#include "tests/gui/session/recorded.hpp"

using namespace shakedown;
using gui::ChartKind;
using gui::curvesOf;

TEST_CASE("a chart shows every request of the record once", "[gui][charts]") {
    auto const run = tests::runOf(tests::recordOf(tests::cascade));
    auto const& index = run->index();
    double offered = 0;
    double failed = 0;
    for (std::size_t i = 0; i < index.intervalEnds().size(); ++i) {
        offered += index.interval(i).loads[0].offered;
        failed += index.interval(i).loads[0].failed;
    }
    auto const integral = [&](gui::Curve const& curve) {
        // Points are means over intervals of equal length.
        return std::accumulate(curve.values.begin(), curve.values.end(), 0.0) * index.secondsOf(0);
    };
    auto const goodput = curvesOf(index, ChartKind::Goodput, "");
    REQUIRE(goodput.curves.size() == 2);
    CHECK(integral(goodput.curves[0]) == Approx(offered).epsilon(1e-6));
    CHECK(integral(curvesOf(index, ChartKind::Errors, "visitors").curves[0])
          == Approx(failed).margin(1e-6));
    for (auto const kind : gui::allCharts) {
        auto const chart = curvesOf(index, kind, "autos");
        CHECK_FALSE(chart.title.empty());
        for (auto const& curve : chart.curves) {
            INFO(curve.name);
            CHECK(curve.seconds.size() == curve.values.size());
            CHECK(curve.seconds.size() <= gui::mostPoints);
            CHECK(std::is_sorted(curve.seconds.begin(), curve.seconds.end()));
        }
    }
}

TEST_CASE("a chart of one call counts its retries only", "[gui][charts]") {
    auto const run = tests::runOf(tests::recordOf(tests::cascade));
    auto const one = curvesOf(run->index(), ChartKind::Retries, "site -> autos");
    auto const none = curvesOf(run->index(), ChartKind::Retries, "visitors -> site");
    CHECK(*std::max_element(one.curves[0].values.begin(), one.curves[0].values.end()) > 0);
    CHECK(*std::max_element(none.curves[0].values.begin(), none.curves[0].values.end()) == 0);
}

TEST_CASE("within a stretch a chart has the intervals that touch it", "[gui][charts]") {
    auto const run = tests::runOf(tests::recordOf(tests::cascade));
    auto const& index = run->index();
    gui::Stretch const stretch{SimTime::at(Duration::fromSeconds(11)),
                               SimTime::at(Duration::fromSeconds(14))};
    auto const some = curvesOf(index, ChartKind::Goodput, "", stretch).curves[0];
    auto const first = *index.intervalAt(stretch.from);
    auto const last = *index.intervalAt(stretch.to);
    REQUIRE(some.values.size() == last - first + 1);
    for (std::size_t i = first; i <= last; ++i)
        CHECK(some.values[i - first]
              == Approx(index.interval(i).loads[0].offered / index.secondsOf(i)));
    // Beyond the end there is the last.
    gui::Stretch const beyond{SimTime::at(Duration::seconds(900)),
                              SimTime::at(Duration::seconds(901))};
    CHECK(curvesOf(index, ChartKind::Goodput, "", beyond).curves[0].values.size() == 1);
}
