#include "gui/session/run_index.hpp"
#include "tests/gui/session/recorded.hpp"

using namespace shakedown;

// What is said of a stretch against its intervals, added up by hand.
namespace {

SimTime at(double seconds) {
    return SimTime::at(Duration::fromSeconds(seconds));
}

struct ByHand {
    double seconds = 0;
    double offered = 0;
    double attempts = 0;
    double busy = 0; // utilisation times seconds
    std::uint32_t queue = 0;
    Duration p99;
};

// Intervals from `first` up to but not with `end`.
ByHand sumOf(gui::RunIndex const& index, std::size_t first, std::size_t end) {
    ByHand sum;
    for (std::size_t i = first; i < end; ++i) {
        auto const& row = index.interval(i);
        sum.seconds += index.secondsOf(i);
        sum.offered += row.loads[0].offered;
        sum.attempts += row.calls[0].attempts;
        sum.busy += row.services[1].utilisation * index.secondsOf(i);
        sum.queue = std::max(sum.queue, row.services[1].queue);
        sum.p99 = std::max(sum.p99, row.loads[0].p99);
    }
    return sum;
}

void checkAlike(gui::Snapshot const& state, ByHand const& sum) {
    CHECK(state.loads[0].offered == Approx(sum.offered / sum.seconds));
    CHECK(state.calls[0].attempts == Approx(sum.attempts / sum.seconds));
    CHECK(state.services[1].utilisation == Approx(sum.busy / sum.seconds));
    CHECK(state.services[1].queue == sum.queue);
    CHECK(state.loads[0].p99 == sum.p99);
}

} // namespace

TEST_CASE("a stretch between two ends of intervals is of those between them", "[gui][session]") {
    auto const run = tests::runOf(tests::recordOf(tests::cascade));
    auto const& index = run->index();
    auto const& ends = index.intervalEnds();
    for (auto const& [first, last] :
         {std::pair{99, 129}, std::pair{99, 100}, std::pair{0, 10}, std::pair{249, 280}}) {
        INFO(first << " to " << last);
        auto const from = ends[static_cast<std::size_t>(first)];
        auto const to = ends[static_cast<std::size_t>(last)];
        checkAlike(index.stateOver(from, to), sumOf(index, static_cast<std::size_t>(first) + 1,
                                                    static_cast<std::size_t>(last) + 1));
    }
    // The calm before 10 s has no part in what came then.
    auto const hurt = index.stateOver(at(10), at(10.1));
    CHECK(hurt.loads[0].offered == Approx(index.stateAt(at(10.1)).loads[0].offered));
}

TEST_CASE("a stretch inside of an interval is that interval, and one beyond the end the last",
          "[gui][session]") {
    auto const run = tests::runOf(tests::recordOf(tests::cascade));
    auto const& index = run->index();
    auto const count = index.intervalEnds().size();
    checkAlike(index.stateOver(at(12.01), at(12.02)), sumOf(index, 120, 121));
    checkAlike(index.stateOver(at(12.05), at(12.15)), sumOf(index, 120, 122));
    checkAlike(index.stateOver(SimTime(), at(1000)), sumOf(index, 0, count));
    checkAlike(index.stateOver(at(500), at(1000)), sumOf(index, count - 1, count));
    checkAlike(index.stateOver(SimTime(), SimTime()), sumOf(index, 0, 1));
    checkAlike(index.stateAt(at(1000)), sumOf(index, count - 1, count));
}
