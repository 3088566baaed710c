#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>

#include "tests/chaos-agent/faults/redirect_stand.hpp"
#include "tests/chaos-agent/system/child.hpp"

// A service that knows nothing of us is disturbed for callers that know nothing of us, and nothing
// of it remains. Measured on real connections between network namespaces.
using namespace shakedown;
using namespace shakedown::injectors;
using tests::RedirectStand;
using tests::soon;
using tests::TestSocket;
using Clock = std::chrono::steady_clock;

namespace {

std::string const good = "HTTP/1.1 200 OK";
std::string const bad = "HTTP/1.1 503 Service Unavailable";

double medianOf(RedirectStand const& stand) {
    auto socket = stand.connected();
    std::vector<double> times;
    for (int i = 0; i < 9; ++i) {
        auto const begin = Clock::now();
        REQUIRE(RedirectStand::asked(socket) == good);
        times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

} // namespace

TEST_CASE("a redirected service is slower by the latency, give or take 2 ms, while it lasts",
          "[faults][redirect]") {
    RedirectStand stand;
    if (!stand.canRun()) {
        return;
    }
    std::string const rules = stand.rules();
    double const before = medianOf(stand);
    protocol::FaultRequest request;
    auto const latency = stand.planned(protocol::Latency{Duration::milliseconds(25), Duration()});
    CHECK(stand.rules() == rules);
    stand.apply(latency);
    CHECK(stand.rules() != rules);
    CHECK(medianOf(stand) - before == Approx(50).margin(2)); // both ways
    stand.revert(latency);
    CHECK(medianOf(stand) - before == Approx(0).margin(2));
    CHECK(stand.rules() == rules);
}

TEST_CASE("errors answer in the place of a redirected service, to callers near and far",
          "[faults][redirect]") {
    RedirectStand stand;
    if (!stand.canRun()) {
        return;
    }
    auto const errors = stand.planned(protocol::Errors{503, 1});
    stand.apply(errors);
    auto far = stand.connected();
    auto near = stand.connected(stand.network().service());
    CHECK(RedirectStand::asked(far) == bad);
    CHECK(RedirectStand::asked(near) == bad);
    stand.revert(errors);
    CHECK(stand.askedAnew() == good);
}

TEST_CASE("connections older than a redirect go past it", "[faults][redirect]") {
    RedirectStand stand;
    if (!stand.canRun()) {
        return;
    }
    auto older = stand.connected();
    REQUIRE(RedirectStand::asked(older) == good);
    auto const errors = stand.planned(protocol::Errors{503, 1});
    CHECK(reportOf(errors).steps.back().apply.find("go past it, and are not disturbed")
          != std::string::npos);
    stand.apply(errors);
    CHECK(RedirectStand::asked(older) == good);
    CHECK(stand.askedAnew() == bad);
    stand.revert(errors);
    CHECK(RedirectStand::asked(older) == good);
}

TEST_CASE("a reset of a redirected service befalls connections old and new", "[faults][redirect]") {
    RedirectStand stand;
    if (!stand.canRun()) {
        return;
    }
    auto older = stand.connected();
    REQUIRE(RedirectStand::asked(older) == good);
    auto const reset = stand.planned(protocol::Reset{1});
    stand.apply(reset);
    CHECK(RedirectStand::asked(older) == "reset");
    CHECK(stand.askedAnew() == "reset");
    stand.revert(reset);
    CHECK(stand.askedAnew() == good);
}

TEST_CASE("a share of a reset befalls that share of the older connections, and always the same",
          "[faults][redirect]") {
    RedirectStand stand;
    if (!stand.canRun()) {
        return;
    }
    constexpr int count = 60;
    std::vector<TestSocket> older;
    for (int i = 0; i < count; ++i) {
        older.push_back(stand.connected());
        REQUIRE(RedirectStand::asked(older.back()) == good);
    }
    auto const reset = stand.planned(protocol::Reset{0.5});
    stand.apply(reset);
    int lost = 0;
    for (auto& socket : older) {
        bool const isLost = RedirectStand::asked(socket) == "reset";
        lost += isLost ? 1 : 0;
        CHECK((isLost || RedirectStand::asked(socket) == good));
    }
    // Four standard deviations of the binomial law.
    CHECK(std::abs(lost - count / 2) <= 16);
    stand.revert(reset);
}

TEST_CASE("connections that are redirected when a fault ends are not cut", "[faults][redirect]") {
    RedirectStand stand;
    if (!stand.canRun()) {
        return;
    }
    auto const slow = stand.planned(protocol::Latency{Duration::milliseconds(50), Duration()});
    stand.apply(slow);
    auto live = std::make_optional(stand.connected());
    REQUIRE(RedirectStand::asked(*live) == good);
    stand.revert(slow);
    // Undisturbed, also when the listener is gone.
    std::this_thread::sleep_for(std::chrono::milliseconds(2600));
    auto const begin = Clock::now();
    CHECK(RedirectStand::asked(*live) == good);
    CHECK(Clock::now() - begin < std::chrono::milliseconds(40));
    CHECK(stand.retiredCount() == 1);
    // The next fault has a proxy of its own.
    auto const errors = stand.planned(protocol::Errors{503, 1});
    stand.apply(errors);
    CHECK(stand.askedAnew() == bad);
    CHECK(RedirectStand::asked(*live) == good);
    stand.revert(errors);
    live.reset();
    CHECK(soon([&] { return stand.retiredCount() == 0; }));
}

TEST_CASE("with the proxies gone a redirected service takes new connections itself, at once",
          "[faults][redirect]") {
    RedirectStand stand;
    if (!stand.canRun()) {
        return;
    }
    auto const errors = stand.planned(protocol::Errors{503, 1});
    stand.apply(errors);
    CHECK(stand.askedAnew() == bad);
    stand.loseProxies();
    CHECK(stand.rules().find("tproxy") != std::string::npos);
    CHECK(stand.askedAnew() == good);
}

TEST_CASE("the kernel ends a redirect by itself when its lease is over", "[faults][redirect]") {
    RedirectStand stand;
    if (!stand.canRun()) {
        return;
    }
    auto const errors = stand.planned(protocol::Errors{503, 1});
    stand.apply(errors, Duration::milliseconds(800));
    CHECK(stand.askedAnew() == bad);
    CHECK(soon([&] { return stand.askedAnew() == good; }));
    for (auto const& step : errors.steps) {
        REQUIRE_FALSE(renew(step, Duration::seconds(30), {}));
    }
    CHECK(stand.askedAnew() == bad);
    stand.revert(errors);
}
