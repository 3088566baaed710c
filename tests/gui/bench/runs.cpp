#include "tests/gui/bench/runs.hpp"

#include <sstream>
#include <stdexcept>

#include "reports/record/record_writer.hpp"
#include "scenarios/reading/reader.hpp"
#include "sim/run/simulate.hpp"
#include "tests/bench/graphs.hpp"
#include "tests/bench/workloads.hpp"

namespace shakedown::bench {

namespace {

constexpr int curves = 17; // of all charts together, about
constexpr int points = 1'000'000;

record::Span attempt(std::uint32_t parent, std::uint32_t call, SimTime sent, Duration took,
                     std::uint32_t number) {
    record::Span span;
    span.parent = parent;
    span.call = call;
    span.endpoint = call;
    span.replica = 0;
    span.attempt = number;
    span.sent = sent;
    span.arrived = sent + took * 0.05;
    span.started = sent + took * 0.5;
    span.ended = sent + took * 0.95;
    span.answered = sent + took;
    span.cause = number > 1 ? record::Cause::Timeout : record::Cause::None;
    return span;
}

} // namespace

std::string graphText(int services, Calls calls) {
    GraphShape shape;
    shape.services = services;
    shape.replicas = 2;
    shape.callsEach = services > 300 ? 3.45 : 3.65; // 300 and 1,500 in all
    shape.rate = services;
    shape.seconds = 20;
    shape.guarded = calls == Calls::Guarded;
    std::string text = graphScenario(shape);
    text += "faults:\n  - { at: 6s, for: 8s, name: slow-one, slow: { service: s"
            + std::to_string(services / 2) + ", add: 2s } }\n";
    return text;
}

std::string recordOf(std::string const& scenario, record::Level level) {
    auto const ready = made(scenario);
    std::ostringstream out;
    {
        record::RecordWriter writer(out);
        run::Settings settings;
        settings.level = level;
        settings.sink = &writer;
        run::simulate(ready.scenario, ready.compiled, settings);
    }
    return out.str();
}

std::unique_ptr<gui::Run> runOf(std::string const& record) {
    auto run = std::make_unique<gui::Run>();
    if (!run->feed(record))
        throw std::runtime_error("a record of the bench: " + run->error());
    return run;
}

std::string longRecord() {
    record::Header header;
    header.scenario = "long";
    header.names.loads = {"visitors"};
    header.names.services = {"site"};
    header.names.endpoints = {"site/page"};
    header.names.calls = {"visitors -> site"};
    header.replicas = header.workers = {1};
    header.interval = Duration::milliseconds(100);
    int const intervals = points / curves;
    header.lasts = header.interval * std::int64_t{intervals};
    std::ostringstream out;
    record::RecordWriter writer(out);
    writer.begin(header);
    record::Interval row;
    row.loads.resize(1);
    row.services.resize(1);
    row.calls.resize(1);
    for (int i = 1; i <= intervals; ++i) {
        auto const wave = static_cast<std::uint32_t>((i * 7919) % 97);
        row.loads[0].offered = 100 + wave;
        row.loads[0].ok = row.loads[0].good = 90 + wave;
        row.loads[0].failed = wave / 9;
        row.loads[0].p50 = Duration::milliseconds(5 + wave / 10);
        row.loads[0].p95 = Duration::milliseconds(20 + wave);
        row.loads[0].p99 = Duration::milliseconds(60 + 3 * wave);
        row.services[0].queue = wave;
        row.services[0].inService = wave / 3;
        row.calls[0].requests = 100 + wave;
        row.calls[0].attempts = 110 + wave;
        row.calls[0].retries = wave / 5;
        writer.take({SimTime::at(header.interval * std::int64_t{i}), row});
    }
    writer.take({SimTime::at(header.lasts), record::RunEnded{}});
    return out.str();
}

record::Request wideRequest(std::uint32_t attempts) {
    record::Request request;
    Duration const whole = Duration::milliseconds(attempts);
    request.ended = SimTime() + whole;
    request.outcome = measure::Outcome::TimedOut;
    request.cause = record::Cause::Timeout;
    request.spans.push_back(attempt(record::nobody, 0, SimTime(), whole, 1));
    while (request.spans.size() + 10 <= attempts) {
        auto const first = static_cast<std::uint32_t>(request.spans.size());
        SimTime const sent = SimTime() + Duration::milliseconds(first);
        request.spans.push_back(attempt(0, 1, sent, Duration::milliseconds(900), 1));
        for (std::uint32_t number = 1; number < 10; ++number)
            request.spans.push_back(attempt(first, 2, sent + Duration::milliseconds(90 * number),
                                            Duration::milliseconds(80), number));
    }
    return request;
}

std::string half() {
    return chainWithTimeouts(155);
}

} // namespace shakedown::bench
