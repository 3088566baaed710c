#include "reports/summary/summary_reader.hpp"

#include <charconv>

#include <nlohmann/json.hpp>

#include "reports/record/moment_words.hpp"

namespace shakedown::summary {

namespace {

using Document = nlohmann::ordered_json;

Duration fromMilliseconds(Document const& json) {
    return Duration::fromSeconds(json.get<double>() * 1e-3);
}

// A number that somebody wrote into the file by hand.
struct BadNumber {
    std::string key;
};

std::uint64_t count(Document const& json, char const* key) {
    Document const& value = json.at(key);
    if (!value.is_number_unsigned()) {
        throw BadNumber{key};
    }
    return value.get<std::uint64_t>();
}
double number(Document const& json, char const* key) {
    return json.at(key).get<double>();
}

LoadSummary loadOf(Document const& json) {
    LoadSummary l;
    l.offered = count(json, "offered");
    l.ok = count(json, "ok");
    l.degraded = count(json, "degraded");
    l.failed = count(json, "failed");
    l.rejected = count(json, "rejected");
    l.timedOut = count(json, "timed_out");
    l.inFlight = count(json, "in_flight");
    l.good = count(json, "good");
    l.throughput = number(json, "throughput_per_s");
    l.goodput = number(json, "goodput_per_s");
    l.errors = number(json, "errors");
    Document const& latency = json.at("latency_ms");
    auto const of = [&](char const* key) { return fromMilliseconds(latency.at(key)); };
    l.latency = {of("mean"), of("p50"), of("p90"), of("p95"), of("p99"), of("p999"), of("max")};
    return l;
}

ServiceSummary serviceOf(Document const& json) {
    ServiceSummary s;
    s.utilisation = number(json, "utilisation");
    s.queueMean = number(json, "queue_mean");
    s.queueMax = static_cast<std::uint32_t>(count(json, "queue_max"));
    s.waitProbability = number(json, "wait_probability");
    s.arrived = count(json, "arrived");
    s.started = count(json, "started");
    s.finished = count(json, "finished");
    s.failed = count(json, "failed");
    s.rejected = count(json, "rejected");
    s.dropped = count(json, "dropped");
    return s;
}

CallSummary callOf(Document const& json) {
    CallSummary c;
    c.requests = count(json, "requests");
    c.attempts = count(json, "attempts");
    c.retries = count(json, "retries");
    c.hedges = count(json, "hedges");
    c.timeouts = count(json, "timeouts");
    c.errors = count(json, "errors");
    c.refused = count(json, "refused");
    c.cancelled = count(json, "cancelled");
    c.amplification = number(json, "amplification");
    Document const& breaker = json.at("breaker");
    c.opened = count(breaker, "opened");
    c.openSeconds = number(breaker, "open_s");
    c.openShare = number(breaker, "open_share");
    return c;
}

HostSummary hostOf(Document const& json) {
    HostSummary h;
    h.utilisation = number(json, "utilisation");
    h.wanted = number(json, "wanted");
    h.joules = json.contains("joules") ? number(json, "joules") : 0;
    for (auto const& [service, share] : json.at("used_by").items()) {
        h.users.push_back({service, share.get<double>()});
    }
    return h;
}

LinkSummary linkOf(Document const& json) {
    LinkSummary l;
    l.utilisation = number(json, "utilisation");
    l.bytesPerSecond = number(json, "bytes_per_s");
    return l;
}

struct Unit {
    model::ValueUnit unit;
    double factor; // of what is written
};
Unit unitOf(std::string const& word) {
    if (word == "ms") {
        return {model::ValueUnit::Seconds, 1e-3};
    }
    if (word == "/s") {
        return {model::ValueUnit::PerSecond, 1};
    }
    return word == "%" ? Unit{model::ValueUnit::Share, 1e-2} : Unit{model::ValueUnit::Count, 1};
}

verdict::Judgement judgementOf(Document const& json) {
    verdict::Judgement j;
    j.text = json.at("text").get<std::string>();
    Document const& held = json.at("held");
    j.held = held.is_null()     ? verdict::Held::Unknown
             : held.get<bool>() ? verdict::Held::Yes
                                : verdict::Held::No;
    auto const [unit, factor] = unitOf(json.at("unit").get<std::string>());
    j.unit = unit;
    if (!json.at("value").is_null()) {
        j.value = number(json, "value") * factor;
    }
    j.limit = number(json, "limit") * factor;
    j.note = json.value("note", "");
    return j;
}

verdict::StoryItem stepOf(Document const& json) {
    verdict::StoryItem item;
    item.at = SimTime::at(Duration::fromSeconds(number(json, "at_s")));
    item.subject = json.at("subject").get<std::string>();
    item.what = json.at("what").get<std::string>();
    item.because = json.at("because").get<std::string>();
    return item;
}

std::uint64_t digestOf(Document const& json) {
    auto const text = json.get<std::string>();
    std::uint64_t digest = 0;
    std::from_chars(text.data(), text.data() + text.size(), digest, 16);
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
    s.platform = json.at("platform").get<std::string>();
    s.seed = count(json, "seed");
    s.replications = count(json, "replications");
    s.simulatedSeconds = number(json, "simulated_s");
    s.events = count(json, "events");
    s.digest = digestOf(json.at("digest"));
    s.reason = record::parseWord<record::EndReason>(json.at("ended").get<std::string>())
                   .value_or(record::EndReason::Finished);
    s.loads = byName(json.at("loads"), loadOf);
    s.services = byName(json.at("services"), serviceOf);
    s.calls = byName(json.at("calls"), callOf);
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
    Document const json = Document::parse(text, nullptr, false);
    if (json.is_discarded() || !json.is_object() || json.value("shakedown", Document()) != 1) {
        return unreadable(name, "");
    }
    try {
        return summaryOf(json);
    } catch (Document::exception const& e) {
        return unreadable(name, std::string(": ") + e.what());
    } catch (BadNumber const& bad) {
        return unreadable(name, ": " + bad.key + " is not a whole number of at least 0");
    }
}

} // namespace shakedown::summary
