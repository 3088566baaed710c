#include "reports/why/explanation.hpp"

#include <catch2/catch.hpp>

#include <numeric>

#include "tests/reports/why/shop_course.hpp"

using namespace shakedown;
using namespace shakedown::why;
using namespace shakedown::tests;

namespace {

std::vector<int> tenthsOf(std::vector<double> const& shares) {
    std::vector<Blamed> causes;
    for (std::uint32_t i = 0; i < shares.size(); ++i) {
        causes.push_back({{CauseKind::Event, i}, shares[i], 0});
    }
    return inTenthsOfPercent(causes);
}

} // namespace

TEST_CASE("a record without intervals explains nothing and says so", "[why]") {
    auto header = shopHeader();
    header.level = record::Level::Summary;
    ShopRecord r(header);
    r.begins(10, autosSlow).ends(20, autosSlow).at(60, record::RunEnded{});
    auto const e = explanationOf(r.course());
    CHECK_FALSE(e.isFounded);
    CHECK_FALSE(e.hurts());
    CHECK(e.tale.lines.empty());
    CHECK(e.header.scenario == "shop");
}

TEST_CASE("an explanation has its subject, account, tale and blast radius", "[why]") {
    auto const r = slowAutos();
    auto const e = explanationOf(r.course(), {SubjectKind::Load, visitors});
    CHECK(e.isFounded);
    CHECK(e.hurts());
    CHECK(e.subject.kind == SubjectKind::Load);
    CHECK(e.account.causes.size() == 1);
    CHECK(e.tale.lines.size() == 4);
    CHECK(e.blast.loads.size() == 1);
}

TEST_CASE("a record that is cut in its middle is explained up to there", "[why]") {
    ShopRecord r;
    r.until(10, calm()).begins(10, autosSlow).add(refusedAt(10.5)).until(12, jammed());
    r.add(refusedAt(12.5)); // its interval was never written
    auto const e = explanationOf(r.course());
    CHECK(e.account.causes.at(0).cause == event(autosSlow));
    CHECK(e.account.causes.at(0).share == Approx(1).margin(1e-9));
    CHECK(e.account.bad == Approx(100));
}

TEST_CASE("shares in tenths of a percent add up to 1000 whatever is rounded", "[why]") {
    CHECK(tenthsOf({1}) == std::vector<int>{1000});
    CHECK(tenthsOf({}).empty());
    for (auto const& shares : std::vector<std::vector<double>>{{1.0 / 3, 1.0 / 3, 1.0 / 3},
                                                               {0.99999, 0.00001},
                                                               {0.6666, 0.1667, 0.1667},
                                                               std::vector<double>(7, 1.0 / 7)}) {
        auto const tenths = tenthsOf(shares);
        CHECK(std::accumulate(tenths.begin(), tenths.end(), 0) == 1000);
    }
}

TEST_CASE("what rounding leaves goes to the largest remainder, the first of equal ones", "[why]") {
    CHECK(tenthsOf({1.0 / 3, 1.0 / 3, 1.0 / 3}) == std::vector<int>{334, 333, 333});
    CHECK(tenthsOf({0.50006, 0.49994}) == std::vector<int>{500, 500});
    CHECK(tenthsOf({0.9982, 0.0009, 0.0009}) == std::vector<int>{998, 1, 1});
}

TEST_CASE("an amplifier is told with its call and attempts a request", "[why]") {
    CHECK(amplifierText({siteToAutos, AmplifierKind::Retries, 2.666, 100}, shopHeader())
          == "retries of site -> autos: 2.67 attempts a request");
    CHECK(amplifierText({siteToAutos, AmplifierKind::Hedges, 1.5, 100}, shopHeader())
          == "hedges of site -> autos: 1.50 attempts a request");
}
