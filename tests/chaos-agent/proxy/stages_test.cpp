// Each disturbance as a machine, with time stepped.
#include <catch2/catch.hpp>

#include "chaos-agent/proxy/stage.hpp"

using namespace shakedown;
using namespace shakedown::literals;
using namespace shakedown::proxy;

namespace {

Instant const start = Instant() + std::chrono::hours(1);
Luck const luck{chance::Stream(7, 0, "stages"), 3};

Instant at(Duration sinceStart) {
    return later(start, sinceStart);
}

std::unique_ptr<Stage> made(Disturbance const& what) {
    return makeStage(what, luck, start);
}

std::string taken(Stage& stage, Instant now) {
    auto const chunk = stage.next(now);
    return chunk ? std::string(chunk->view()) : "-";
}

} // namespace

TEST_CASE("latency holds a chunk exactly as long as it says", "[proxy][latency]") {
    auto const stage = made(Latency{20_ms, 0_ms});
    stage->take(Chunk("a"), at(1_ms));
    REQUIRE(taken(*stage, at(21_ms - 1_ns)) == "-");
    REQUIRE(stage->wakeAt() == at(21_ms));
    REQUIRE(taken(*stage, at(21_ms)) == "a");
    REQUIRE(stage->wakeAt() == never);
}

TEST_CASE("jitter stays within its bounds, fills them and keeps the order", "[proxy][latency]") {
    double lowest = 1e9;
    double highest = 0;
    double sum = 0;
    auto const stage = made(Latency{20_ms, 10_ms});
    for (int i = 0; i < 2000; ++i) {
        Instant const arrival = at(Duration::seconds(i));
        stage->take(Chunk("a"), arrival);
        double const wait =
            std::chrono::duration<double, std::milli>(stage->wakeAt() - arrival).count();
        REQUIRE(taken(*stage, stage->wakeAt()) == "a");
        lowest = std::min(lowest, wait);
        highest = std::max(highest, wait);
        sum += wait;
    }
    REQUIRE(lowest >= 10);
    REQUIRE(lowest < 10.2);
    REQUIRE(highest <= 30);
    REQUIRE(highest > 29.8);
    REQUIRE(sum / 2000 == Approx(20).margin(0.6)); // 4.6 standard errors
}

TEST_CASE("a later chunk never overtakes an earlier one", "[proxy][latency]") {
    auto const stage = made(Latency{20_ms, 20_ms});
    for (char c = 'a'; c <= 'z'; ++c) {
        stage->take(Chunk(std::string(1, c)), at(0_ms));
    }
    std::string seen;
    for (int ms = 0; ms <= 40; ++ms) {
        for (std::string got = taken(*stage, at(Duration::milliseconds(ms))); got != "-";
             got = taken(*stage, at(Duration::milliseconds(ms)))) {
            seen += got;
        }
    }
    REQUIRE(seen == "abcdefghijklmnopqrstuvwxyz");
}

TEST_CASE("a shorter latency frees what waits already", "[proxy][latency]") {
    auto const stage = made(Latency{10_s, 0_ms});
    stage->take(Chunk("a"), at(0_ms));
    stage->update(Latency{5_ms, 0_ms}, at(3_ms));
    REQUIRE(taken(*stage, at(4_ms)) == "-");
    REQUIRE(taken(*stage, at(5_ms)) == "a");
}

TEST_CASE("a rate lets pass what it earns and no burst after a pause", "[proxy][bandwidth]") {
    auto const stage = made(BandwidthLimit{Bytes::of(100'000)});
    std::size_t passed = 0;
    auto const passUntil = [&](Duration end) {
        for (Instant now = stage->wakeAt(); now <= at(end); now = stage->wakeAt()) {
            while (auto const chunk = stage->next(now)) {
                passed += chunk->size();
            }
        }
    };
    stage->take(Chunk(std::string(60'000, 'x')), at(5_s));
    passUntil(5_s + 500_ms);
    REQUIRE(passed == Approx(50'000).margin(1000)); // a piece of 10 ms
    passUntil(20_s);
    REQUIRE(passed == 60'000);
}

TEST_CASE("a rate of zero holds everything until it is raised", "[proxy][bandwidth]") {
    auto const stage = made(BandwidthLimit{Bytes::of(0)});
    stage->take(Chunk("abc"), at(0_ms));
    REQUIRE(taken(*stage, at(1000_s)) == "-");
    REQUIRE(stage->wakeAt() == never);
    stage->update(BandwidthLimit{Bytes::of(1000)}, at(1000_s));
    REQUIRE(taken(*stage, at(1000_s)) == "-");
    REQUIRE(taken(*stage, at(1000_s + 4_ms)) == "abc");
}

TEST_CASE("slices have the sizes asked for and the pause between them", "[proxy][slicer]") {
    auto const stage = made(Slicer{Bytes::of(10), Bytes::of(3), 50_us});
    stage->take(Chunk(std::string(10'000, 'x')), at(0_ms));
    Instant now = at(0_ms);
    std::array<int, 14> sizes{};
    std::size_t whole = 0;
    while (auto const slice = stage->next(now)) {
        whole += slice->size();
        if (!stage->empty()) {
            REQUIRE(slice->size() >= 7);
            REQUIRE(slice->size() <= 13);
            ++sizes[slice->size()];
            REQUIRE(stage->wakeAt() == later(now, 50_us));
            REQUIRE_FALSE(stage->next(later(now, 50_us - 1_ns)));
            now = stage->wakeAt();
        }
    }
    REQUIRE(whole == 10'000);
    for (std::size_t size = 7; size <= 13; ++size) {
        REQUIRE(sizes[size] > 90); // of about 143 each
    }
}

TEST_CASE("slices of nothing are single bytes", "[proxy][slicer]") {
    auto const stage = made(Slicer{});
    stage->take(Chunk("ab"), at(0_ms));
    REQUIRE(taken(*stage, at(0_ms)) == "a");
    REQUIRE(taken(*stage, at(0_ms)) == "b");
}

TEST_CASE("a limit passes exactly its bytes and then closes", "[proxy][limit]") {
    auto const stage = made(LimitData{Bytes::of(5)});
    stage->take(Chunk("abc"), at(0_ms));
    REQUIRE(taken(*stage, at(0_ms)) == "abc");
    REQUIRE(stage->fate(at(0_ms)) == Fate::Flow);
    stage->take(Chunk("defg"), at(0_ms));
    REQUIRE(taken(*stage, at(0_ms)) == "de");
    REQUIRE(stage->fate(at(0_ms)) == Fate::Close);
}

TEST_CASE("a limit of zero closes at the first byte and not before", "[proxy][limit]") {
    auto const stage = made(LimitData{});
    REQUIRE(stage->fate(at(1_s)) == Fate::Flow);
    stage->take(Chunk("a"), at(1_s));
    REQUIRE(taken(*stage, at(1_s)) == "-");
    REQUIRE(stage->fate(at(1_s)) == Fate::Close);
}

TEST_CASE("a timeout drops bytes and closes in time, at zero never", "[proxy][timeout]") {
    auto const stage = made(Timeout{30_ms});
    stage->take(Chunk("a"), at(1_ms));
    REQUIRE(taken(*stage, at(29_ms)) == "-");
    REQUIRE(stage->fate(at(30_ms - 1_ns)) == Fate::Flow);
    REQUIRE(stage->wakeAt() == at(30_ms));
    REQUIRE(stage->fate(at(30_ms)) == Fate::Close);
    stage->update(Timeout{}, at(20_ms));
    REQUIRE(stage->wakeAt() == never);
    REQUIRE(stage->fate(at(1000_s)) == Fate::Flow);
}

TEST_CASE("a connection that lost bytes does not outlive its black hole", "[proxy][timeout]") {
    auto const stage = made(Timeout{});
    REQUIRE(stage->fateWhenRemoved() == Fate::Flow);
    stage->take(Chunk("a"), at(1_ms));
    REQUIRE(stage->fateWhenRemoved() == Fate::Close);
}

TEST_CASE("a reset comes after its timeout", "[proxy][reset]") {
    auto const stage = made(ResetPeer{30_ms});
    REQUIRE(stage->fate(at(29_ms)) == Fate::Flow);
    REQUIRE(stage->fate(at(30_ms)) == Fate::Reset);
    REQUIRE(made(ResetPeer{})->fate(start) == Fate::Reset);
}

TEST_CASE("a slow close delays the end only", "[proxy][slow-close]") {
    auto const stage = made(SlowClose{40_ms});
    stage->take(Chunk("a"), at(1_ms));
    REQUIRE(taken(*stage, at(1_ms)) == "a");
    REQUIRE(stage->endAt(at(2_ms)) == at(42_ms));
}
