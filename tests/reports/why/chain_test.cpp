#include "reports/why/chain.hpp"

#include <catch2/catch.hpp>

#include "tests/reports/why/shop_course.hpp"

using namespace shakedown;
using namespace shakedown::why;
using namespace shakedown::tests;

namespace {

std::vector<std::string> words(std::vector<Link> const& chain) {
    std::vector<std::string> lines;
    for (auto const& link : chain) {
        lines.push_back(link.subject + ": " + link.what);
    }
    return lines;
}

using Lines = std::vector<std::string>;

} // namespace

TEST_CASE("the chain leads from who noticed over who waits to the first cause", "[why][chain]") {
    auto const chain = explained(slowAutos()).chain;
    CHECK(words(chain)
          == Lines{"visitors: queue full at site", "site: 20 of 20 busy workers wait for autos",
                   "fault autos-slow (slow): from 10.0 s to 20.0 s"});
    CHECK(chain.front().at == sec(10.502));
    CHECK(chain.back().at == sec(10));
}

TEST_CASE("calls that failed on the way are steps of it", "[why][chain]") {
    ShopRecord r;
    auto row = jammed(0);
    row.loads[visitors].failed = 50;
    r.add(failedBelow(0.5, Cause::BulkheadFull)).until(1, row);
    CHECK(words(explained(r).chain)
          == Lines{"visitors: bulkhead full on site -> autos", "site: its call to autos fails",
                   "bulkhead of site -> autos: it has fewer permits than there are calls at once "
                   "when all is well"});
}

TEST_CASE("the way that most of its requests went is shown", "[why][chain]") {
    ShopRecord r;
    r.until(10, calm()).begins(10, autosSlow);
    r.add(failedBelow(10.1, Cause::BulkheadFull)).until(11, jammed(1));
    r.add(refusedAt(11.2)).until(12, jammed(50)).until(20, calm());
    CHECK(explained(r).chain.front().what == "queue full at site");
}

TEST_CASE("loads that went the same way are told of together, the most struck first",
          "[why][chain]") {
    ShopRecord r;
    auto row = jammed(10);
    row.loads[buyers] = {90, 0, 0, 0, 90, 0, 0, {}, {}, {}};
    r.begins(0, autosSlow).add(refusedAt(0.3)).add(refusedAt(0.4, buyers)).until(1, row);
    CHECK(explained(r).chain.front().subject == "buyers, visitors");
}

TEST_CASE("an event without an end, one at a stroke and one that comes again say so",
          "[why][chain]") {
    auto const lastOf = [](ShopRecord& r) {
        r.add(refusedAt(11.5)).until(12, jammed()).until(20, calm());
        return explained(r).chain.back().what;
    };
    ShopRecord endless;
    CHECK(lastOf(endless.until(10, calm()).begins(10, autosSlow)) == "from 10.0 s on");
    ShopRecord again;
    again.until(5, calm()).begins(5, autosSlow).ends(6, autosSlow).until(10, calm());
    CHECK(lastOf(again.begins(10, autosSlow)) == "from 5.0 s to 6.0 s, and again");
}

TEST_CASE("services that wait for each other in a circle are each named once", "[why][chain]") {
    auto header = shopHeader();
    header.names.calls.push_back("autos -> site");
    ShopRecord r(header);
    auto circle = jammed();
    circle.calls.resize(4);
    circle.calls[3].waiting = 2;
    auto quiet = calm();
    quiet.calls.resize(4);
    r.until(5, quiet).begins(5, autosSlow);
    for (int second = 5; second < 15; ++second) {
        r.add(refusedAt(second + 0.5)).until(second + 1, circle);
    }
    auto const account = explained(r);
    CHECK(account.chain.size() <= 4);
    CHECK(account.chain.back().subject == "fault autos-slow (slow)");
    CHECK(shareOf(account, event(autosSlow)) == Approx(1).margin(1e-9));
}

TEST_CASE("a cause that nothing was blamed on has no chain", "[why][chain]") {
    auto const r = slowAutos();
    Pools const pools(r.course());
    CHECK(Examples().chainTo(event(lineCut), r.course(), pools).empty());
}
