#include <catch2/catch.hpp>

#include "chaos-agent/proxy/pipeline.hpp"

using namespace shakedown;
using namespace shakedown::literals;
using namespace shakedown::proxy;

namespace {

Instant const start = Instant() + std::chrono::hours(1);

Instant at(Duration sinceStart) {
    return later(start, sinceStart);
}

Pipeline::LuckOf luckOf(chance::Key connection) {
    return [connection](std::string const& toxic) {
        return Luck{chance::Stream(7, 0, "pipeline"),
                    chance::mixKey(connection, chance::hashName(toxic))};
    };
}

Toxic toxic(std::string name, Disturbance what, double toxicity = 1) {
    return {std::move(name), Direction::Downstream, toxicity, what};
}

std::string out(Pipeline& pipeline, Instant now) {
    std::string text;
    while (auto const chunk = pipeline.next(now)) {
        text += chunk->view();
    }
    return text;
}

struct Following {
    explicit Following(Toxics const& toxics) : pipeline(luckOf(0)) { follow(toxics, 0_ms); }
    void follow(Toxics const& toxics, Duration now) {
        pipeline.follow(toxics, Direction::Downstream, at(now));
    }
    void take(std::string_view bytes, Duration now) {
        pipeline.take(Chunk(bytes), at(now));
        pipeline.advance(at(now));
    }
    void end(Duration now) {
        pipeline.end(at(now));
        pipeline.advance(at(now));
    }
    std::string at_(Duration now) {
        pipeline.advance(at(now));
        return out(pipeline, at(now));
    }
    Pipeline pipeline;
};

} // namespace

TEST_CASE("delays in a row add up", "[proxy][pipeline]") {
    Following f({toxic("a", Latency{10_ms, 0_ms}), toxic("b", Latency{5_ms, 0_ms})});
    f.take("x", 0_ms);
    REQUIRE(f.at_(10_ms) == "");
    REQUIRE(f.at_(15_ms - 1_ns) == "");
    REQUIRE(f.pipeline.wakeAt() == at(15_ms));
    REQUIRE(f.at_(15_ms) == "x");
}

TEST_CASE("the end comes after all bytes", "[proxy][pipeline]") {
    Following f({toxic("a", Latency{10_ms, 0_ms}), toxic("b", SlowClose{20_ms})});
    f.take("x", 0_ms);
    f.end(1_ms);
    REQUIRE_FALSE(f.pipeline.ended());
    REQUIRE(f.at_(10_ms) == "x");
    REQUIRE_FALSE(f.pipeline.ended());
    REQUIRE(f.pipeline.wakeAt() == at(30_ms));
    REQUIRE(f.at_(30_ms) == "");
    REQUIRE(f.pipeline.ended());
    REQUIRE(f.pipeline.fate() == Fate::Flow);
}

TEST_CASE("a removed disturbance gives on what it holds, in order", "[proxy][pipeline]") {
    Toxic const first = toxic("a", Latency{10_s, 0_ms});
    Toxic const second = toxic("b", Latency{5_ms, 0_ms});
    Following f({first, second});
    f.take("1", 0_ms);
    f.take("2", 1_ms);
    f.follow({second}, 2_ms);
    f.take("3", 3_ms);
    REQUIRE(f.at_(7_ms) == "12");
    REQUIRE(f.at_(8_ms) == "3");
    f.take("4", 9_ms);
    f.follow({}, 9_ms);
    REQUIRE(out(f.pipeline, start) == "4");
    REQUIRE(f.pipeline.isIdle());
    REQUIRE(f.pipeline.charge() == 0);
}

TEST_CASE("removing all at once keeps the order too", "[proxy][pipeline]") {
    Following f({toxic("a", BandwidthLimit{}), toxic("b", Latency{10_s, 0_ms})});
    f.follow({toxic("b", Latency{10_s, 0_ms})}, 0_ms);
    f.take("1", 0_ms);
    f.follow({toxic("a", BandwidthLimit{}), toxic("b", Latency{10_s, 0_ms})}, 1_ms);
    f.take("2", 2_ms);
    f.end(2_ms);
    f.follow({}, 3_ms);
    REQUIRE(out(f.pipeline, start) == "12");
    REQUIRE(f.pipeline.ended());
}

TEST_CASE("an end that waits goes on when its disturbance is removed", "[proxy][pipeline]") {
    Following f({toxic("a", SlowClose{1000_s}), toxic("b", SlowClose{10_ms})});
    f.end(0_ms);
    f.follow({toxic("b", SlowClose{10_ms})}, 5_ms);
    f.at_(15_ms - 1_ns);
    REQUIRE_FALSE(f.pipeline.ended());
    f.at_(15_ms);
    REQUIRE(f.pipeline.ended());
}

TEST_CASE("what a limit let pass is delivered before the close", "[proxy][pipeline]") {
    Following f({toxic("a", LimitData{Bytes::of(3)}), toxic("b", Latency{10_ms, 0_ms})});
    f.take("abcdef", 0_ms);
    REQUIRE(f.pipeline.fate() == Fate::Close);
    REQUIRE_FALSE(f.pipeline.ended());
    f.take("ghi", 1_ms);
    REQUIRE(f.at_(10_ms) == "abc");
    REQUIRE(f.pipeline.ended());
    REQUIRE(f.pipeline.wakeAt() == never);
}

TEST_CASE("removing a black hole that swallowed bytes closes", "[proxy][pipeline]") {
    Following f({toxic("a", Timeout{})});
    f.take("abc", 0_ms);
    f.follow({}, 1_ms);
    REQUIRE(f.pipeline.fate() == Fate::Close);
    REQUIRE(f.pipeline.ended());
}

TEST_CASE("a timeout closes even where the stream has ended before", "[proxy][pipeline]") {
    Following f({toxic("a", Timeout{10_ms})});
    f.end(0_ms);
    REQUIRE(f.pipeline.fate() == Fate::Flow);
    REQUIRE(f.pipeline.wakeAt() == at(10_ms));
    f.at_(10_ms);
    REQUIRE(f.pipeline.fate() == Fate::Close);
}

TEST_CASE("a disturbance of another kind under an old name starts anew", "[proxy][pipeline]") {
    Following f({toxic("a", BandwidthLimit{})});
    f.take("x", 0_ms);
    f.follow({toxic("a", SlowClose{1_s})}, 1_ms);
    REQUIRE(out(f.pipeline, start) == "x");
}

TEST_CASE("toxicity befalls its share of connections, always the same ones",
          "[proxy][pipeline][toxicity]") {
    auto const share = [](double toxicity) {
        int hit = 0;
        for (chance::Key connection = 0; connection < 10'000; ++connection) {
            Toxics const toxics{toxic("a", BandwidthLimit{}, toxicity)};
            bool const once =
                Pipeline::isDisturbed(toxics, Direction::Downstream, luckOf(connection));
            REQUIRE(once
                    == Pipeline::isDisturbed(toxics, Direction::Downstream, luckOf(connection)));
            hit += once ? 1 : 0;
        }
        return hit / 10'000.0;
    };
    REQUIRE(share(0) == 0);
    REQUIRE(share(0.3) == Approx(0.3).margin(0.02)); // 4.4 standard deviations
    REQUIRE(share(1) == 1);
}

TEST_CASE("a toxic of one direction leaves the other alone", "[proxy][pipeline]") {
    Toxics const toxics{toxic("a", BandwidthLimit{})};
    REQUIRE(Pipeline::isDisturbed(toxics, Direction::Downstream, luckOf(0)));
    REQUIRE_FALSE(Pipeline::isDisturbed(toxics, Direction::Upstream, luckOf(0)));
}

TEST_CASE("slices take no more memory than anything else, and all come out", "[proxy][pipeline]") {
    std::string const bytes(60'000, 'x');
    Slicer const one{Bytes::of(1), Bytes::of(0), 0_ms};
    Following f({toxic("a", one), toxic("b", one), toxic("c", LimitData{Bytes::of(50'000)})});
    f.pipeline.take(Chunk(bytes), at(0_ms));
    std::size_t seen = 0;
    f.pipeline.advance(at(0_ms));
    while (auto const chunk = f.pipeline.next(at(0_ms))) {
        REQUIRE(f.pipeline.charge() < 5 * bufferAtMost); // three stages and the exit
        seen += chunk->size();
    }
    REQUIRE(seen == 50'000);
    REQUIRE(f.pipeline.ended());
    REQUIRE(f.pipeline.fate() == Fate::Close);
}

TEST_CASE("what there is no room for asks for no time", "[proxy][pipeline]") {
    Following f({toxic("a", Slicer{Bytes::of(1), Bytes::of(0), 0_ms})});
    f.take(std::string(10'000, 'x'), 0_ms);
    REQUIRE(f.pipeline.wakeAt() == never);
    REQUIRE(f.at_(0_ms).size() == 10'000);
}
