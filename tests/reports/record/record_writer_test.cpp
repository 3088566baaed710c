#include "reports/record/record_writer.hpp"

#include <catch2/catch.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <random>
#include <sstream>

#include "tests/reports/record/small_record.hpp"

using namespace shakedown;
using namespace shakedown::record;
using namespace shakedown::tests;

namespace {

std::vector<Moment> manyRequests(int count) {
    std::vector<Moment> moments;
    for (int i = 0; i < count; ++i) {
        moments.push_back({at(1'300'000'000 + i), smallRequest(static_cast<std::uint64_t>(i))});
    }
    return moments;
}

template <class T>
long countOf(std::vector<Moment> const& moments) {
    return std::count_if(moments.begin(), moments.end(),
                         [](Moment const& m) { return std::holds_alternative<T>(m.what); });
}

} // namespace

TEST_CASE("at level summary only the header, changes of state and the end are written",
          "[record][writer]") {
    auto moments = everyMoment();
    for (int i = 0; i < 200; ++i) {
        moments.insert(moments.begin(), {at(0), EventBegan{0}});
    }
    std::string const text = written(smallHeader(Level::Summary), moments);
    auto const back = readBack(text);
    CHECK(countOf<Interval>(back.moments) == 0);
    CHECK(countOf<Request>(back.moments) == 0);
    CHECK(countOf<RunEnded>(back.moments) == 1);
    CHECK(back.moments.size() == moments.size() - 4);
    CHECK(text.find("\"k\":\"state\"") == std::string::npos);
}

TEST_CASE("beyond the limit requests are left out, and the record says how many",
          "[record][writer]") {
    auto moments = manyRequests(1000);
    moments.insert(moments.begin() + 900, {at(1'300'000'900), EventBegan{0}});
    moments.push_back({at(2'000'000'000), RunEnded{}});
    std::string const text = written(smallHeader(), moments, Bytes::of(20'000));
    auto const back = readBack(text);
    CHECK(text.size() < 25'000);
    CHECK(countOf<EventBegan>(back.moments) == 1);
    CHECK(countOf<RunEnded>(back.moments) == 1);
    auto const kept = countOf<Request>(back.moments);
    CHECK(kept > 50);
    CHECK(back.leftOut == static_cast<std::uint64_t>(1000 - kept));
    // What was kept is the beginning, without gaps.
    for (int i = 0; i < kept; ++i) {
        CHECK(std::get<Request>(back.moments[static_cast<std::size_t>(i)].what).number
              == static_cast<std::uint64_t>(i));
    }
}

TEST_CASE("a writer that goes before the end still says what it left out", "[record][writer]") {
    std::ostringstream out;
    {
        RecordWriter writer(out, Bytes::of(0));
        writer.begin(smallHeader());
        writer.take({at(0), smallRequest()});
        CHECK(writer.requestsLeftOut() == 1);
    }
    CHECK(readBack(out.str()).leftOut == 1);
}

TEST_CASE("after a flush everything taken so far can be read", "[record][writer]") {
    std::ostringstream out;
    RecordWriter writer(out);
    writer.begin(smallHeader());
    for (int i = 1; i <= 10; ++i) {
        writer.take({at(i), EventBegan{0}});
        writer.flush();
        CHECK(readBack(out.str()).moments.size() == static_cast<std::size_t>(i));
    }
    CHECK(writer.size() == out.str().size());
}

TEST_CASE("a state frame every 64 lines tells what following the moments tells",
          "[record][writer]") {
    std::mt19937 random(8);
    Header const header = smallHeader();
    std::vector<Moment> moments;
    for (int i = 0; i < 1000; ++i) {
        switch (random() % 5) {
        case 0:
            moments.push_back({at(i), EventBegan{static_cast<std::uint32_t>(random() % 2)}});
            break;
        case 1:
            moments.push_back({at(i), EventEnded{static_cast<std::uint32_t>(random() % 2)}});
            break;
        case 2:
            moments.push_back({at(i), ReplicaChanged{static_cast<std::uint32_t>(random() % 2),
                                                     static_cast<std::uint32_t>(random() % 4),
                                                     static_cast<ReplicaState>(random() % 5)}});
            break;
        case 3:
            moments.push_back({at(i), BreakerChanged{static_cast<std::uint32_t>(random() % 2),
                                                     static_cast<std::uint32_t>(random() % 3),
                                                     BreakerState::Closed,
                                                     static_cast<BreakerState>(random() % 5)}});
            break;
        default:
            moments.push_back({at(i), smallInterval()});
            break;
        }
    }
    std::istringstream in(written(header, moments));
    auto reader = RecordReader::open(in, "run.ndjson").value();
    StateFrame followed;
    int frames = 0;
    int sinceFrame = 0;
    for (auto line = reader.nextLine().value(); line; line = reader.nextLine().value()) {
        if (auto const* frame = std::get_if<StateFrame>(&*line)) {
            CHECK(*frame == followed);
            CHECK(sinceFrame == 64);
            sinceFrame = 0;
            ++frames;
        } else {
            followed.follow(std::get<Moment>(*line), header);
            ++sinceFrame;
        }
    }
    CHECK(frames == 1000 / 64);
}

TEST_CASE("a frame knows replicas that the header does not", "[record][writer]") {
    Header const header = smallHeader();
    StateFrame frame;
    frame.follow({at(1), ReplicaChanged{1, 0, ReplicaState::Down}}, header);
    frame.follow({at(2), ReplicaChanged{1, 0, ReplicaState::Up}}, header);
    CHECK(frame.replicas.empty());
    frame.follow({at(3), ReplicaChanged{1, 5, ReplicaState::Up}}, header);
    CHECK(frame.replicas.size() == 1);
}

TEST_CASE("a writer to a file descriptor writes the same bytes", "[record][writer]") {
    char name[] = "/tmp/shakedown-record-XXXXXX";
    int const descriptor = mkstemp(name);
    REQUIRE(descriptor >= 0);
    unlink(name);
    {
        RecordWriter writer(descriptor);
        writer.begin(smallHeader());
        for (auto const& moment : manyRequests(3000)) {
            writer.take(moment);
        }
    }
    std::string text(static_cast<std::size_t>(lseek(descriptor, 0, SEEK_END)), '\0');
    REQUIRE(pread(descriptor, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()));
    close(descriptor);
    CHECK(text == written(smallHeader(), manyRequests(3000)));
}

TEST_CASE("a disk that is full is reported, not ignored", "[record][writer]") {
    int const descriptor = open("/dev/full", O_WRONLY);
    if (descriptor < 0) {
        WARN("skipped: /dev/full is not there");
        return;
    }
    RecordWriter writer(descriptor);
    writer.begin(smallHeader());
    CHECK_FALSE(writer.failure());
    writer.flush();
    REQUIRE(writer.failure());
    CHECK(writer.failure()->code == "R201");
    writer.take({at(0), EventBegan{0}});
    writer.flush();
    close(descriptor);
}

TEST_CASE("equal runs write equal bytes", "[record][writer]") {
    CHECK(written(smallHeader(), everyMoment()) == written(smallHeader(), everyMoment()));
}

TEST_CASE("a live record is handed over interval by interval, a simulated one in large pieces",
          "[record][writer]") {
    auto const begun = [](std::string const& platform) {
        auto header = smallHeader();
        header.platform = platform;
        auto const moments = everyMoment();
        auto const interval = std::find_if(moments.begin(), moments.end(), [](Moment const& m) {
            return std::holds_alternative<Interval>(m.what);
        });
        std::ostringstream out;
        RecordWriter writer(out);
        writer.begin(header);
        bool const hasHeader = !out.str().empty();
        writer.take(*interval);
        return std::pair(hasHeader, out.str().find("\"k\":\"interval\"") != std::string::npos);
    };
    CHECK(begun("live") == std::pair(true, true));
    CHECK(begun("ideal") == std::pair(false, false));
}
