#include "reports/render/comparison_text.hpp"

#include <catch2/catch.hpp>

#include <sstream>

#include "reports/render/plain_text.hpp"
#include "tests/reports/render/shop_summary.hpp"
#include "tests/reports/summary/two_runs.hpp"

using namespace shakedown;
using namespace shakedown::render;
using namespace shakedown::summary;
using namespace shakedown::tests;

namespace {

bool contains(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

std::string textOf(PastRun const& before, PastRun const& now) {
    return comparisonText(compared(before, now), {}, Colour::Never);
}

PastRun slowed(std::size_t count, double factor, std::uint64_t firstSeed = 1) {
    return usualRun(count, firstSeed,
                    [&](LoadReplication& r) { r.answers->p99 = r.answers->p99 * factor; });
}

// So many loads with the same replications.
PastRun withLoads(PastRun run, int count) {
    PastLoad const load = run.loads.front();
    run.loads.clear();
    for (int i = 0; i < count; ++i) {
        run.loads.push_back(load);
        run.loads.back().name = "load-" + std::to_string(i);
    }
    return run;
}

} // namespace

TEST_CASE("a number has a line with both sides, difference, interval and word",
          "[render][comparison]") {
    auto const text = textOf(usualRun(5), slowed(5, 1.5));
    CHECK(contains(text, "Paired by seed"));
    CHECK(contains(text, "            A          B          difference             95 % interval"));
    CHECK(contains(text,
                   "\nvisitors\n  goodput   100/s      100/s      0                      0 to "
                   "0                    same\n"));
    CHECK(contains(text, "  p99       20.0 ms    30.1 ms    +10.0 ms (+50.0 %)     +10.0 ms to "
                         "+10.0 ms      worse\n"));
    CHECK(contains(text, "\nB is worse in 1 of 6 numbers and better in none: p99 of visitors +10.0 "
                         "ms (+50.0 %), 20.0 ms to 30.1 ms.\n"));
}

TEST_CASE("equal runs are told to be equal", "[render][comparison]") {
    CHECK(contains(textOf(usualRun(5), usualRun(5)), "\nEvery number is equal.\n"));
}

TEST_CASE("an interval that may hide something says so", "[render][comparison]") {
    auto const wide = usualRun(3, 50, [n = 0](LoadReplication& r) mutable {
        r.answers->p99 = r.answers->p99 * (++n == 2 ? 1.1 : 1.0);
    });
    auto const text = textOf(usualRun(3), wide);
    CHECK(contains(text, "Not paired"));
    CHECK(contains(text, "same (wide)\n"));
    CHECK(contains(text, "wide: the interval leaves room for a change of 1 % (shares: 0.1 pp)"));
    CHECK(contains(text, "may still hide behind chance (p99 of visitors: up to"));
    CHECK_FALSE(contains(textOf(usualRun(5), slowed(5, 1.001)), "wide"));
}

TEST_CASE("one replication says that more are needed", "[render][comparison]") {
    auto const text = textOf(usualRun(1), slowed(1, 1.5));
    CHECK(contains(text, "One replication on a side"));
    CHECK(contains(text, "-                         undecided\n"));
    CHECK(contains(text, "Undecided: what one replication shows may be chance"));
    CHECK(contains(text, "(--seeds 1..10)"));
}

TEST_CASE("better here and worse there is told both", "[render][comparison]") {
    auto const mixed = usualRun(5, 1, [](LoadReplication& r) {
        r.goodput *= 2;
        r.answers->p99 = r.answers->p99 * 2.0;
    });
    CHECK(contains(textOf(usualRun(5), mixed),
                   "B is better in 1 and worse in 1 of 6 numbers. Better: goodput of visitors "
                   "+100/s (+100 %), 100/s to 200/s. Worse: p99"));
}

TEST_CASE("degraded answers in place of errors are told of", "[render][comparison]") {
    auto const failing = usualRun(5, 1, [](LoadReplication& r) { r.ends->errors = 0.3; });
    auto const fallback = usualRun(5, 1, [](LoadReplication& r) { r.ends->degraded = 0.3; });
    auto const text = textOf(failing, fallback);
    CHECK(contains(text, "B is better in 1 of 7 numbers and worse in none: errors of visitors "
                         "-30.0 pp, 30.0 % to 0 %. More answers are degraded, in place of errors: "
                         "degraded of visitors +30.0 pp, 0 % to 30.0 %."));
    CHECK(contains(text, " more\n"));
    CHECK(contains(textOf(fallback, failing), "Fewer answers are degraded"));
}

TEST_CASE("loads of one side only are named, and none in common is told", "[render][comparison]") {
    auto const text = textOf(runOf({usual(0)}, 1, "old"), runOf({usual(0)}, 1, "new"));
    CHECK(text
          == "Only in A: old\nOnly in B: new\n\nNothing to compare: the two have no load in "
             "common.\n");
}

TEST_CASE("of many loads those that changed are shown and the others counted",
          "[render][comparison]") {
    auto const before = withLoads(usualRun(5), 100);
    auto now = before;
    now.loads[99].replications = slowed(5, 2).loads[0].replications;
    auto const text = textOf(before, now);
    CHECK(contains(text, "\nload-99\n"));
    CHECK(contains(text, "\nload-38\n"));
    CHECK_FALSE(contains(text, "\nload-39\n"));
    CHECK(contains(text, "60 more loads: see --json\n"));
    CHECK(contains(textOf(before, usualRun(5)), " and 60 more\n"));
}

TEST_CASE("no line but the sentences is wider than 100 characters", "[render][comparison]") {
    auto const odd = usualRun(5, 50, [](LoadReplication& r) {
        r.goodput = 123456.7;
        r.answers->p99 = Duration::seconds(123456);
    });
    std::string const text = textOf(usualRun(5), odd);
    std::istringstream lines(text.substr(0, text.find("\n\nB is")));
    for (std::string line; std::getline(lines, line);) {
        INFO(line);
        CHECK(widthOf(line) <= 100);
    }
}

TEST_CASE("nothing of a name obeys the terminal in a comparison", "[render][comparison]") {
    auto before = usualRun(5);
    before.loads[0].name = hostile();
    auto now = slowed(5, 2);
    now.loads[0].name = hostile();
    now.loads.push_back(now.loads[0]);
    now.loads[1].name = "only " + hostile();
    auto const text = textOf(before, now);
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(text.find('\r') == std::string::npos);
    CHECK(text.find("\xe2\x80\xae") == std::string::npos);
    CHECK(contains(comparisonText(compared(before, now), {}, Colour::Always),
                   "\x1b[31;1mworse\x1b[0m"));
}
