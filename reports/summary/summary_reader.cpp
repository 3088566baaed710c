#include "reports/summary/summary_reader.hpp"

#include <charconv>

#include "reports/record/json_fields.hpp"
#include "reports/record/moment_words.hpp"
#include "reports/summary/checked_json.hpp"
#include "reports/summary/replications_reader.hpp"
#include "reports/verdict/written_unit.hpp"

namespace shakedown::summary {

namespace {

constexpr double unknownFreedom = 0; // of a file that does not say it

// The ends of an interval, written in milliseconds or a second; the mean is that of the load.
measure::Interval intervalOf(Document const& ends) {
    mustBe(ends.is_array() && ends.size() == 2 && ends[0].is_number() && ends[1].is_number(),
           "ci95 is not two numbers");
    double const low = ends[0].get<double>();
    double const high = ends[1].get<double>();
    mustBe(high >= low && high - low < 1e15, "ci95 does not go from low to high");
    return {(low + high) / 2, low, high, {}, unknownFreedom};
}

std::vector<NamedInterval> intervalsOf(Document const& load) {
    std::vector<NamedInterval> intervals;
    for (auto const& [of, ends] : load.at("ci95").items()) {
        measure::Interval i = intervalOf(ends);
        bool const fromBatches = load.at("ci95_from").at(of) == "batch_means";
        i.method = fromBatches ? measure::IntervalMethod::BatchMeans
                               : measure::IntervalMethod::Replications;
        if (load.contains("ci95_freedom")) {
            i.freedom = numberAt(load.at("ci95_freedom"), of.c_str());
            mustBe(i.freedom >= 1 && i.freedom < 1e9, "ci95_freedom is not from 1");
        }
        intervals.push_back({of, i});
    }
    return intervals;
}

std::vector<TailLine> tailIn(Document const& lines) {
    mustBe(lines.is_array() && lines.size() <= tailLines, "tail is not a list of at most 4");
    std::vector<TailLine> tail;
    for (Document const& line : lines) {
        TailLine read{line.at("window").get<std::string>(), countAt(line, "count"), {}};
        Document const& latencies = line.at("ms");
        mustBe(latencies.is_array() && latencies.size() <= mostNines * 10 + 1,
               "ms of a tail is not a list of at most five nines");
        for (Document const& ms : latencies) {
            read.latencies.push_back(latencyOf(ms, "ms"));
        }
        tail.push_back(std::move(read));
    }
    return tail;
}

LoadSummary loadOf(Document const& json) {
    LoadSummary l;
    l.offered = countAt(json, "offered");
    l.ok = countAt(json, "ok");
    l.degraded = countAt(json, "degraded");
    l.failed = countAt(json, "failed");
    l.rejected = countAt(json, "rejected");
    l.timedOut = countAt(json, "timed_out");
    l.inFlight = countAt(json, "in_flight");
    l.good = countAt(json, "good");
    l.throughput = numberAt(json, "throughput_per_s");
    l.goodput = numberAt(json, "goodput_per_s");
    l.errors = shareAt(json, "errors");
    Document const& latency = json.at("latency_ms");
    auto const of = [&](char const* key) { return latencyOf(latency.at(key), key); };
    l.latency = {of("mean"), of("p50"), of("p90"), of("p95"), of("p99"), of("p999"), of("max")};
    l.intervals = intervalsOf(json);
    if (json.contains("tail")) {
        l.tail = tailIn(json.at("tail"));
    }
    return l;
}

ServiceSummary serviceOf(Document const& json) {
    ServiceSummary s;
    s.utilisation = numberAt(json, "utilisation");
    s.queueMean = numberAt(json, "queue_mean");
    s.queueMax = static_cast<std::uint32_t>(countAt(json, "queue_max", record::nobody));
    s.waitProbability = numberAt(json, "wait_probability");
    s.arrived = countAt(json, "arrived");
    s.started = countAt(json, "started");
    s.finished = countAt(json, "finished");
    s.failed = countAt(json, "failed");
    s.rejected = countAt(json, "rejected");
    s.dropped = countAt(json, "dropped");
    return s;
}

CallSummary callOf(Document const& json) {
    CallSummary c;
    c.requests = countAt(json, "requests");
    c.attempts = countAt(json, "attempts");
    c.retries = countAt(json, "retries");
    c.hedges = countAt(json, "hedges");
    c.timeouts = countAt(json, "timeouts");
    c.errors = countAt(json, "errors");
    c.refused = countAt(json, "refused");
    c.cancelled = countAt(json, "cancelled");
    c.amplification = numberAt(json, "amplification");
    Document const& breaker = json.at("breaker");
    c.opened = countAt(breaker, "opened");
    c.openSeconds = numberAt(breaker, "open_s");
    c.openShare = numberAt(breaker, "open_share");
    return c;
}

HostSummary hostOf(Document const& json) {
    HostSummary h;
    h.utilisation = numberAt(json, "utilisation");
    h.wanted = numberAt(json, "wanted");
    h.joules = json.contains("joules") ? numberAt(json, "joules") : 0;
    for (auto const& [service, share] : json.at("used_by").items()) {
        h.users.push_back({service, numberOf(share, "used_by")});
    }
    return h;
}

LinkSummary linkOf(Document const& json) {
    LinkSummary l;
    l.utilisation = numberAt(json, "utilisation");
    l.bytesPerSecond = numberAt(json, "bytes_per_s");
    return l;
}

model::Comparison comparisonOf(std::string const& sign) {
    using enum model::Comparison;
    for (auto const comparison : {Less, LessOrEqual, Greater, GreaterOrEqual}) {
        if (sign == verdict::signOf(comparison)) {
            return comparison;
        }
    }
    throw NoFigure{"comparison is none of <, <=, >, >="};
}

verdict::Judgement judgementOf(Document const& json) {
    verdict::Judgement j;
    j.text = json.at("text").get<std::string>();
    Document const& held = json.at("held");
    j.held = held.is_null()     ? verdict::Held::Unknown
             : held.get<bool>() ? verdict::Held::Yes
                                : verdict::Held::No;
    j.unit = verdict::unitWritten(json.at("unit").get<std::string>());
    double const factor = verdict::writtenAs(j.unit).factor;
    if (!json.at("value").is_null()) {
        j.value = json.at("value").get<double>() / factor;
    }
    j.comparison = comparisonOf(json.value("comparison", "<"));
    j.limit = json.at("limit").get<double>() / factor;
    if (json.contains("ci95")) {
        measure::Interval const i = intervalOf(json.at("ci95"));
        j.interval =
            measure::Interval{i.mean / factor, i.low / factor, i.high / factor, {}, i.freedom};
    }
    j.note = json.value("note", "");
    return j;
}

verdict::StoryItem stepOf(Document const& json) {
    verdict::StoryItem item;
    item.at = SimTime::at(Duration::fromSeconds(numberAt(json, "at_s")));
    item.subject = json.at("subject").get<std::string>();
    item.what = json.at("what").get<std::string>();
    item.because = json.at("because").get<std::string>();
    return item;
}

std::uint64_t digestOf(Document const& json) {
    auto const text = json.get<std::string>();
    std::uint64_t digest = 0;
    char const* const end = text.data() + text.size();
    auto const read = std::from_chars(text.data(), end, digest, 16);
    mustBe(read.ec == std::errc() && read.ptr == end, "digest is not hexadecimal");
    return digest;
}

template <class F>
auto byName(Document const& json, F const& read) {
    std::vector<decltype(read(json))> list;
    for (auto const& [name, item] : json.items()) {
        list.push_back(read(item));
        list.back().name = name;
    }
    return list;
}

Summary summaryOf(Document const& json) {
    Summary s;
    Document const& scenario = json.at("scenario");
    s.scenario = scenario.at("name").get<std::string>();
    s.file = scenario.at("file").get<std::string>();
    s.scenarioDigest = scenario.at("digest").get<std::string>();
    s.about = scenario.value("about", "");
    s.command = json.value("command", "");
    s.platform = json.at("platform").get<std::string>();
    s.seed = countAt(json, "seed");
    s.replications = countAt(json, "replications");
    s.simulatedSeconds = numberAt(json, "simulated_s");
    s.events = countAt(json, "events");
    s.digest = digestOf(json.at("digest"));
    auto const reason = record::parseWord<record::EndReason>(json.at("ended").get<std::string>());
    mustBe(reason.has_value(), "ended is not a word for an end");
    s.reason = *reason;
    s.loads = byName(json.at("loads"), loadOf);
    s.services = byName(json.at("services"), serviceOf);
    s.calls = byName(json.at("calls"), callOf);
    if (json.contains("per_replication")) {
        readReplications(json.at("per_replication"), s);
    }
    if (json.contains("hosts")) {
        s.hosts = byName(json.at("hosts"), hostOf);
        s.links = byName(json.at("links"), linkOf);
    }
    for (Document const& item : json.at("expectations")) {
        s.expectations.push_back(judgementOf(item));
    }
    for (Document const& item : json.at("cascade")) {
        s.cascade.push_back(stepOf(item));
    }
    if (json.contains("contradictions")) {
        s.contradictions = json.at("contradictions").get<std::vector<std::string>>();
    }
    return s;
}

Diagnostic unreadable(std::string const& name, std::string const& why) {
    return {Severity::Error,
            "R401",
            "'" + name + "' is not the summary.json of a run" + why,
            "name the folder of an earlier run, or its summary.json",
            {}};
}

} // namespace

Result<Summary> readSummary(std::string_view text, std::string const& name) {
    constexpr int deepest = 12;
    constexpr std::size_t mostMembers = 50'000; // figures of replications; names are far fewer
    if (!record::isTame(text, deepest, mostMembers)) {
        return unreadable(name, ": it is nested too deep, or a list in it is too long");
    }
    Document const json = Document::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("shakedown") || json["shakedown"] != 1) {
        return unreadable(name, "");
    }
    try {
        return summaryOf(json);
    } catch (Document::exception const& e) {
        return unreadable(name, std::string(": ") + e.what());
    } catch (NoFigure const& no) {
        return unreadable(name, ": " + no.what);
    }
}

} // namespace shakedown::summary
