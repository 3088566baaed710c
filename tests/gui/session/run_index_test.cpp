#include "gui/session/run_index.hpp"
#include "tests/gui/session/recorded.hpp"

using namespace shakedown;
using gui::Health;

namespace {

SimTime at(double seconds) {
    return SimTime::at(Duration::fromSeconds(seconds));
}

std::string const& recorded() {
    static std::string const text = tests::recordOf(tests::cascade);
    return text;
}

} // namespace

TEST_CASE("an instant of a run is what its record says", "[gui][session]") {
    auto const run = tests::runOf(recorded());
    auto const& index = run->index();
    auto const calm = index.stateAt(at(8));
    REQUIRE(calm.loads.size() == 1);
    CHECK(calm.loads[0].health == Health::Calm);
    CHECK(calm.services[1].health == Health::Calm);
    CHECK(calm.services[1].workers == 8);
    CHECK(calm.events.empty());
    auto const hurt = index.stateAt(at(12));
    CHECK(hurt.loads[0].health == Health::Failing);
    CHECK(hurt.loads[0].badShare > 0.5);
    CHECK(hurt.events == std::vector<std::uint32_t>{0});
    auto const gone = index.stateAt(at(27));
    CHECK(gone.services[1].health == Health::Down);
    CHECK(gone.services[1].gone == 1);
    CHECK(index.stateAt(at(29.99)).services[1].gone == 1);
    CHECK(index.stateAt(at(38)).services[1].gone == 0);
}

TEST_CASE("the numbers of an instant are those of its interval", "[gui][session]") {
    auto const run = tests::runOf(recorded());
    auto const& index = run->index();
    REQUIRE(index.intervalEnds().size() >= 399);
    for (std::size_t i = 0; i < index.intervalEnds().size(); i += 7) {
        auto const& row = index.interval(i);
        double const seconds = index.secondsOf(i);
        auto const state = index.stateAt(index.intervalEnds()[i]);
        CHECK(state.loads[0].offered == Approx(row.loads[0].offered / seconds));
        CHECK(state.services[1].queue == row.services[1].queue);
        CHECK(state.services[1].inService == row.services[1].inService);
        CHECK(state.services[1].health == index.serviceHealth(i, 1));
        CHECK(state.loads[0].health == index.loadHealth(i, 0));
    }
}

TEST_CASE("a breaker is open when the record says so", "[gui][session]") {
    auto const run = tests::runOf(recorded());
    auto const& index = run->index();
    auto const call =
        static_cast<std::uint32_t>(std::find(index.header().names.calls.begin(),
                                             index.header().names.calls.end(), "site -> autos")
                                   - index.header().names.calls.begin());
    auto const& course = index.breakers(call);
    REQUIRE_FALSE(course.empty());
    CHECK(course.front().worst == record::BreakerState::Open);
    CHECK(index.stateAt(course.front().at - Duration::nanoseconds(1)).calls[call].open == 0);
    CHECK(index.stateAt(course.front().at).calls[call].open >= 1);
}

TEST_CASE("a run that grows does not change what it was", "[gui][session]") {
    auto const whole = tests::runOf(recorded());
    gui::Run growing;
    auto const half = recorded().size() / 2;
    REQUIRE(growing.feed(recorded().substr(0, half)));
    CHECK(growing.isCut());
    auto const reach = growing.index().reach();
    CHECK(reach > at(5));
    auto const before = growing.index().stateAt(at(5));
    for (std::size_t i = half; i < recorded().size(); i += 1000) {
        REQUIRE(growing.feed(recorded().substr(i, 1000)));
    }
    CHECK_FALSE(growing.isCut());
    auto const after = growing.index().stateAt(at(5));
    CHECK(before.loads[0].offered == after.loads[0].offered);
    CHECK(whole->index().stateAt(at(5)).loads[0].offered == after.loads[0].offered);
    CHECK(growing.index().requests().size() == whole->index().requests().size());
}

TEST_CASE("interesting moments are found forwards and backwards", "[gui][session]") {
    auto const run = tests::runOf(recorded());
    auto const& index = run->index();
    auto const first = index.next(SimTime());
    REQUIRE(first);
    CHECK(first->what == "slow-one: begins");
    CHECK(first->at == at(10));
    auto const second = index.next(first->at);
    REQUIRE(second);
    CHECK(second->at > first->at);
    auto const back = index.previous(second->at);
    REQUIRE(back);
    CHECK(back->at <= first->at);
    CHECK_FALSE(index.previous(first->at));
    CHECK_FALSE(index.next(at(1000)));
}

TEST_CASE("a record that cannot be read says which line, and keeps what came before",
          "[gui][session]") {
    gui::Run broken;
    std::string text = recorded();
    auto const third = text.find('\n', text.find('\n') + 1) + 1;
    text.insert(third, "{\"t\":5,\"k\":\"nonsense\"}\n");
    CHECK_FALSE(broken.feed(text));
    CHECK(broken.error().find("line 3") == 0);
    CHECK(broken.index().hasHeader());
    gui::Run other;
    CHECK_FALSE(other.feed("{\"shakedown_record\":99}\n"));
    CHECK(other.error().find("line 1") == 0);
    CHECK_FALSE(other.feed("more\n"));
    gui::Run endless;
    std::string const piece(std::size_t{1} << 20, 'x');
    bool isTaken = true;
    for (int i = 0; i < 20 && isTaken; ++i) {
        isTaken = endless.feed(piece);
    }
    CHECK_FALSE(isTaken);
}

TEST_CASE("a run of level intervals has the curves of one with requests, and no request",
          "[gui][session]") {
    auto const few = tests::runOf(tests::recordOf(tests::cascade, record::Level::Intervals));
    auto const many = tests::runOf(tests::recordOf(tests::cascade));
    CHECK(few->index().requests().empty());
    REQUIRE_FALSE(many->index().requests().empty());
    REQUIRE(few->index().intervalEnds() == many->index().intervalEnds());
    for (double const seconds : {5.0, 12.0, 26.0, 39.0}) {
        auto const one = few->index().stateAt(at(seconds));
        auto const other = many->index().stateAt(at(seconds));
        CHECK(one.loads[0].p99 == other.loads[0].p99);
        CHECK(one.services[1].queue == other.services[1].queue);
        CHECK(one.services[1].health == other.services[1].health);
        CHECK(one.calls[0].attempts == other.calls[0].attempts);
    }
    CHECK(few->index().ended()->digest == many->index().ended()->digest);
    CHECK_FALSE(few->explain().isFounded);
}

TEST_CASE("a run of level summary has no intervals, and no instant hurts", "[gui][session]") {
    auto const run = tests::runOf(tests::recordOf(tests::cascade, record::Level::Summary));
    auto const state = run->index().stateAt(at(12));
    CHECK(state.loads.size() == 1);
    CHECK(state.loads[0].health == Health::Calm);
    CHECK(state.events == std::vector<std::uint32_t>{0});
    CHECK_FALSE(run->explain().isFounded);
}
