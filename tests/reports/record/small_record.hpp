#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "reports/record/record_reader.hpp"
#include "reports/record/record_writer.hpp"

/// A header and one moment of every kind, and short ways to write and read them.
namespace shakedown::tests {

inline record::Header smallHeader(record::Level level = record::Level::Full) {
    record::Header h;
    h.version = "0.1.0";
    h.scenario = "shop";
    h.file = "shop.yaml";
    h.scenarioDigest = "00112233445566aa";
    h.seed = 18'446'744'073'709'551'615ULL;
    h.replication = 2;
    h.level = level;
    h.lasts = Duration::seconds(180);
    h.warmup = Duration::seconds(20);
    h.interval = Duration::milliseconds(100);
    h.sampleEvery = 5;
    h.names = {{"visitors"},
               {"site", "autos"},
               {"site/page", "autos/search"},
               {"visitors -> site", "site -> autos"},
               {"autos-slow", "drain"},
               {"north-1"},
               {"backbone"}};
    h.replicas = {2, 1};
    h.workers = {40, 20};
    h.faults = {1};
    return h;
}

inline SimTime at(std::int64_t nanoseconds) {
    return SimTime::atNanoseconds(nanoseconds);
}

inline record::Request smallRequest(std::uint64_t number = 7) {
    using namespace record;
    Request r;
    r.number = number;
    r.intended = at(1'000'000'000);
    r.ended = at(1'300'000'000);
    r.outcome = measure::Outcome::TimedOut;
    r.cause = Cause::Timeout;
    r.spans = {{nobody, 0, 0, 1, 1, at(1'000'000'000), at(1'000'300'000), at(1'000'400'000),
                at(1'290'000'000), at(1'300'000'000), Cause::None},
               {0, 1, 1, nobody, 2, at(1'000'500'000), SimTime::never(), SimTime::never(),
                SimTime::never(), at(1'200'500'000), Cause::BreakerOpen}};
    return r;
}

inline record::Interval smallInterval() {
    record::Interval i;
    i.loads = {{10, 5, 1, 2, 1, 1, 6, Duration::milliseconds(3), Duration::milliseconds(4),
                Duration::milliseconds(5)}};
    i.services = {{}, {3, 16, 10, 9, 1, 0.734512}};
    i.calls = {{10, 12, 2, 1, 1, 0}, {}};
    return i;
}

inline record::Interval crowdedInterval() {
    record::Interval i = smallInterval();
    i.hosts = {{0.999999, 12.5}};
    i.links = {{0.25}};
    return i;
}

inline std::vector<record::Moment> everyMoment() {
    using namespace record;
    Request unended = smallRequest(8);
    unended.ended = SimTime::never();
    unended.outcome = measure::Outcome::Ok;
    unended.cause = Cause::None;
    unended.spans.clear();
    return {
        {at(0), EventBegan{1}},
        {at(5), EventEnded{1}},
        {at(6), ReplicaChanged{1, 0, ReplicaState::Hung}},
        {at(7), BreakerChanged{1, 3, BreakerState::Closed, BreakerState::Open}},
        {at(8), PressureBegan{0, 1, Pressure::WorkersBusy, 1, 39}},
        {at(8), PressureBegan{0, 1, Pressure::QueueFull, nobody, 0}},
        {at(8), PressureBegan{1, 0, Pressure::WorkersBusy, nobody, 20, 0}},
        {at(9), PressureEnded{0, 1, Pressure::QueueFull}},
        {at(10), HostCrowded{0, 1, 0.734512, 0, 0.25}},
        {at(11), HostRelieved{0}},
        {at(50'000'000), crowdedInterval()},
        {at(100'000'000), smallInterval()},
        {at(1'300'000'000), smallRequest()},
        {at(9'000'000'000'000), unended},
        {at(9'000'000'000'000), RunEnded{EndReason::Interrupted, 123'456'789, 0xfedcba9876543210}}};
}

inline std::string written(record::Header const& header, std::vector<record::Moment> const& moments,
                           Bytes limit = record::defaultRecordLimit) {
    std::ostringstream out;
    record::RecordWriter writer(out, limit);
    writer.begin(header);
    for (auto const& moment : moments) {
        writer.take(moment);
    }
    writer.flush();
    return out.str();
}

/// Everything up to the end or the first error.
struct ReadBack {
    std::vector<record::Moment> moments;
    std::optional<Diagnostic> error;
    std::optional<Diagnostic> cut;
    std::uint64_t leftOut = 0;
};

inline ReadBack readBack(std::string const& text) {
    ReadBack back;
    std::istringstream in(text);
    auto opened = record::RecordReader::open(in, "run.ndjson");
    if (!opened) {
        back.error = opened.errors().front();
        return back;
    }
    auto reader = std::move(opened).value();
    for (;;) {
        auto moment = reader.next();
        if (!moment) {
            back.error = moment.errors().front();
            break;
        }
        if (!moment.value()) {
            break;
        }
        back.moments.push_back(*moment.value());
    }
    back.cut = reader.cut();
    back.leftOut = reader.requestsLeftOut();
    return back;
}

inline std::size_t linesIn(std::string const& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

} // namespace shakedown::tests
