#include "reports/measure/count_window.hpp"
#include "reports/measure/time_window.hpp"

#include <catch2/catch.hpp>

#include <deque>
#include <random>

using namespace shakedown;
using namespace shakedown::literals;
using namespace shakedown::measure;

namespace {

SimTime at(Duration d) {
    return SimTime::at(d);
}

constexpr CallRecord success{};
constexpr CallRecord failure{Verdict::Failure, Pace::Quick};
constexpr CallRecord slow{Verdict::Success, Pace::Slow};
constexpr CallRecord slowFailure{Verdict::Failure, Pace::Slow};

CallRecord anyOf(std::uint64_t random) {
    constexpr CallRecord all[]{success, failure, slow, slowFailure};
    return all[random % 4];
}

} // namespace

TEST_CASE("a count window forgets the oldest result when it is full", "[measure][window]") {
    CountWindow window(3);
    window.record(at(0_s), failure);
    window.record(at(0_s), slow);
    window.record(at(0_s), success);
    CHECK(window.snapshot(at(0_s)) == WindowCounts{3, 1, 1});
    window.record(at(9_s), success);
    CHECK(window.snapshot(at(9_s)) == WindowCounts{3, 0, 1});
    window.record(at(9_s), slowFailure);
    CHECK(window.snapshot(at(9_s)) == WindowCounts{3, 1, 1, 1});
}

TEST_CASE("a count window agrees with counting the last results one by one", "[measure][window]") {
    std::mt19937 random(7);
    for (std::size_t const capacity : {1U, 2U, 10U, 97U}) {
        CountWindow window(capacity);
        std::deque<CallRecord> last;
        for (int i = 0; i < 500; ++i) {
            auto const result = anyOf(random());
            window.record(at(0_s), result);
            last.push_back(result);
            if (last.size() > capacity) {
                last.pop_front();
            }
            WindowCounts expected;
            for (auto const r : last) {
                expected.add(r);
            }
            REQUIRE(window.snapshot(at(0_s)) == expected);
        }
    }
}

TEST_CASE("a cleared window is empty and works on", "[measure][window]") {
    CountWindow byCount(2);
    TimeWindow byTime(2);
    byCount.record(at(1_s), failure);
    byTime.record(at(1_s), failure);
    byCount.clear();
    byTime.clear();
    CHECK(byCount.snapshot(at(1_s)) == WindowCounts{});
    CHECK(byTime.snapshot(at(1_s)) == WindowCounts{});
    byCount.record(at(1_s), slow);
    byTime.record(at(1_s), slow);
    CHECK(byCount.snapshot(at(1_s)) == WindowCounts{1, 0, 1});
    CHECK(byTime.snapshot(at(1_s)) == WindowCounts{1, 0, 1});
}

TEST_CASE("a result late in a second leaves a time window with its second", "[measure][window]") {
    TimeWindow window(2);
    window.record(at(999_ms), failure);
    CHECK(window.snapshot(at(1999_ms)).total == 1);
    CHECK(window.snapshot(at(2_s) - 1_ns).total == 1);
    CHECK(window.snapshot(at(2_s)).total == 0);
}

TEST_CASE("a time window that nobody asked for long is empty", "[measure][window]") {
    TimeWindow window(10);
    for (int i = 0; i < 10; ++i) {
        window.record(at(Duration::seconds(i)), failure);
    }
    CHECK(window.snapshot(at(9_s)).failures == 10);
    CHECK(window.snapshot(at(12_s)).failures == 7);
    CHECK(window.snapshot(at(1000_s)) == WindowCounts{});
}

TEST_CASE("a time window agrees with counting by whole seconds", "[measure][window]") {
    std::mt19937_64 random(11);
    for (int const seconds : {1, 2, 5, 60}) {
        TimeWindow window(static_cast<std::size_t>(seconds));
        std::vector<std::pair<std::int64_t, CallRecord>> all;
        SimTime now;
        for (int i = 0; i < 400; ++i) {
            now = now + Duration::milliseconds(static_cast<std::int64_t>(random() % 3000));
            auto const result = anyOf(random());
            window.record(now, result);
            std::int64_t const second = now.count() / 1'000'000'000;
            all.emplace_back(second, result);
            WindowCounts expected;
            for (auto const& [when, r] : all) {
                if (when > second - seconds) {
                    expected.add(r);
                }
            }
            REQUIRE(window.snapshot(now) == expected);
        }
    }
}

TEST_CASE("a window refuses a length of nothing and a clock that goes back", "[measure][window]") {
    CHECK_THROWS_AS(CountWindow(0), BrokenInvariant);
    CHECK_THROWS_AS(TimeWindow(0), BrokenInvariant);
    TimeWindow window(2);
    window.record(at(3_s), success);
    CHECK_THROWS_AS(window.record(at(2_s), success), BrokenInvariant);
}
