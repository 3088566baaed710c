#include "reports/why/tale.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/reports/why/shop_course.hpp"

using namespace shakedown;
using namespace shakedown::why;
using namespace shakedown::tests;
using record::nobody;
using record::Pressure;

namespace {

std::vector<std::string> words(Tale const& tale) {
    std::vector<std::string> lines;
    for (auto const& line : tale.lines) {
        lines.push_back(line.text);
    }
    return lines;
}

bool says(Tale const& tale, std::string const& part) {
    return std::any_of(tale.lines.begin(), tale.lines.end(), [&](TaleLine const& line) {
        return line.text.find(part) != std::string::npos;
    });
}

using Lines = std::vector<std::string>;

} // namespace

TEST_CASE("the tale tells what was done, who noticed and when it was well again", "[why][tale]") {
    auto const r = slowAutos();
    auto const tale = tell(r.course());
    CHECK(words(tale)
          == Lines{"fault autos-slow (slow) begins at autos",
                   "requests of visitors go wrong, up to 50 % (queue full at site)",
                   "fault autos-slow (slow) ends",
                   "all is well again, 5.00 s after autos-slow ended"});
    CHECK(tale.toDetect == 1_s);
    CHECK_FALSE(tale.toSpread);
    CHECK(tale.toRecover == 5_s);
    CHECK(tale.hurtFrom == sec(11));
    CHECK(tale.hurtUntil == sec(25));
    CHECK(tale.healed);
    CHECK_FALSE(tale.isMetastable);
}

TEST_CASE("lines are in order of time", "[why][tale]") {
    auto const r = slowAutos();
    auto const tale = tell(r.course());
    CHECK(std::is_sorted(tale.lines.begin(), tale.lines.end(),
                         [](auto const& a, auto const& b) { return a.at < b.at; }));
}

TEST_CASE("a run in which nothing happened has no tale", "[why][tale]") {
    ShopRecord r;
    CHECK(tell(r.course()).lines.empty());
    r.until(30, calm());
    auto const tale = tell(r.course());
    CHECK(tale.lines.empty());
    CHECK_FALSE(tale.hurtFrom);
    CHECK(tale.healed);
}

TEST_CASE("workers all busy and queues full are told with who holds them", "[why][tale]") {
    ShopRecord r;
    r.until(10, calm()).begins(10, autosSlow);
    r.at(10.2, record::PressureBegan{autos, 0, Pressure::WorkersBusy, nobody, 0});
    r.at(10.4, record::PressureBegan{site, 1, Pressure::WorkersBusy, siteToAutos, 9});
    r.at(10.8, record::PressureBegan{site, 1, Pressure::QueueFull, siteToAutos, 10});
    r.until(20, jammed()).ends(20, autosSlow).until(60, calm());
    auto const tale = tell(r.course());
    CHECK(says(tale, "all 4 workers of autos are busy"));
    CHECK(says(tale, "all 10 workers of site (replica 1) are busy, 9 of them waiting for autos"));
    CHECK(says(tale,
               "the queue of site (replica 1) is full (20/20): it refuses requests; 10 of its "
               "10 workers wait for autos"));
}

TEST_CASE("what goes down after the first suffering is the spread", "[why][tale]") {
    ShopRecord r;
    r.until(10, calm()).begins(10, autosSlow).until(14, jammed());
    r.at(14.5, record::BreakerChanged{siteToAutos, 0, record::BreakerState::Closed,
                                      record::BreakerState::Open});
    r.until(20, jammed()).ends(20, autosSlow).until(60, calm());
    CHECK(tell(r.course()).toSpread == 3500_ms);
}

TEST_CASE("an event that comes again is told once, with how often", "[why][tale]") {
    ShopRecord r;
    for (int i = 0; i < 3; ++i) {
        r.until(10 * i + 5, calm()).begins(10 * i + 5, lineCut).ends(10 * i + 6, lineCut);
    }
    r.until(60, calm());
    CHECK(words(tell(r.course()))
          == Lines{"fault line-cut (partition) begins on site -> autos",
                   "fault line-cut (partition) comes 3 times in all",
                   "fault line-cut (partition) ends"});
}

TEST_CASE("loads that begin to suffer together are told of together", "[why][tale]") {
    auto both = jammed();
    both.loads[buyers] = {50, 10, 0, 0, 40, 0, 10, {}, {}, {}};
    ShopRecord r;
    r.until(10, calm()).begins(10, autosSlow).until(20, both).ends(20, autosSlow);
    r.until(60, calm());
    CHECK(says(tell(r.course()), "requests of visitors and buyers go wrong, up to 80 %"));
}
