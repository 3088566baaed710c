#include "reports/render/summary_json.hpp"

#include <nlohmann/json.hpp>

#include "reports/record/digest.hpp"
#include "reports/record/moment_words.hpp"
#include "reports/record/number_text.hpp"
#include "reports/render/replications_json.hpp"
#include "reports/verdict/written_unit.hpp"

namespace shakedown::render {

namespace {

using Json = nlohmann::ordered_json;
using record::milliseconds;
using record::tidied;

Json latencyJson(summary::Latency const& l) {
    return {{"mean", milliseconds(l.mean)}, {"p50", milliseconds(l.p50)},
            {"p90", milliseconds(l.p90)},   {"p95", milliseconds(l.p95)},
            {"p99", milliseconds(l.p99)},   {"p999", milliseconds(l.p999)},
            {"max", milliseconds(l.max)}};
}

Json endsOf(measure::Interval const& i) {
    return Json::array({tidied(i.low), tidied(i.high)});
}

char const* wordOf(measure::IntervalMethod method) {
    switch (method) {
    case measure::IntervalMethod::Replications:
        return "replications";
    case measure::IntervalMethod::BatchMeans:
        return "batch_means";
    }
    return "";
}

Json tailJson(std::vector<summary::TailLine> const& tail) {
    Json lines = Json::array();
    for (auto const& line : tail) {
        Json latencies = Json::array();
        for (Duration const d : line.latencies) {
            latencies.push_back(milliseconds(d));
        }
        lines.push_back(
            {{"window", line.window}, {"count", line.count}, {"ms", std::move(latencies)}});
    }
    return lines;
}

Json loadJson(summary::LoadSummary const& l) {
    Json json{{"offered", l.offered},
              {"ok", l.ok},
              {"degraded", l.degraded},
              {"failed", l.failed},
              {"rejected", l.rejected},
              {"timed_out", l.timedOut},
              {"in_flight", l.inFlight},
              {"good", l.good},
              {"throughput_per_s", tidied(l.throughput)},
              {"goodput_per_s", tidied(l.goodput)},
              {"errors", tidied(l.errors)},
              {"latency_ms", latencyJson(l.latency)}};
    Json intervals = Json::object();
    Json methods = Json::object();
    Json freedom = Json::object();
    for (auto const& [of, interval] : l.intervals) {
        intervals[of] = endsOf(interval);
        methods[of] = wordOf(interval.method);
        freedom[of] = interval.freedom;
    }
    json["ci95"] = std::move(intervals);
    json["ci95_from"] = std::move(methods);
    json["ci95_freedom"] = std::move(freedom);
    json["tail"] = tailJson(l.tail);
    return json;
}

Json serviceJson(summary::ServiceSummary const& s) {
    return {{"utilisation", tidied(s.utilisation)},
            {"queue_mean", tidied(s.queueMean)},
            {"queue_max", s.queueMax},
            {"wait_probability", tidied(s.waitProbability)},
            {"arrived", s.arrived},
            {"started", s.started},
            {"finished", s.finished},
            {"failed", s.failed},
            {"rejected", s.rejected},
            {"dropped", s.dropped}};
}

Json callJson(summary::CallSummary const& c) {
    return {{"attempts", c.attempts},
            {"requests", c.requests},
            {"retries", c.retries},
            {"hedges", c.hedges},
            {"amplification", tidied(c.amplification)},
            {"timeouts", c.timeouts},
            {"errors", c.errors},
            {"refused", c.refused},
            {"cancelled", c.cancelled},
            {"breaker",
             {{"opened", c.opened},
              {"open_s", tidied(c.openSeconds)},
              {"open_share", tidied(c.openShare)}}}};
}

Json hostJson(summary::HostSummary const& h) {
    Json users = Json::object();
    for (auto const& [service, share] : h.users) {
        users[service] = tidied(share);
    }
    Json json{{"utilisation", tidied(h.utilisation)},
              {"wanted", tidied(h.wanted)},
              {"used_by", std::move(users)}};
    if (h.joules > 0) {
        json["joules"] = tidied(h.joules);
    }
    return json;
}

Json linkJson(summary::LinkSummary const& l) {
    return {{"utilisation", tidied(l.utilisation)}, {"bytes_per_s", tidied(l.bytesPerSecond)}};
}

Json heldJson(verdict::Held held) {
    switch (held) {
    case verdict::Held::Yes:
        return true;
    case verdict::Held::No:
        return false;
    case verdict::Held::Unknown:
        return nullptr;
    }
    return nullptr;
}

Json expectationJson(verdict::Judgement const& j) {
    auto const [factor, unit] = verdict::writtenAs(j.unit);
    Json json{{"text", j.text},
              {"held", heldJson(j.held)},
              {"value", j.value ? Json(tidied(*j.value * factor)) : Json(nullptr)},
              {"comparison", verdict::signOf(j.comparison)},
              {"limit", tidied(j.limit * factor)},
              {"unit", unit}};
    if (j.interval) {
        json["ci95"] =
            Json::array({tidied(j.interval->low * factor), tidied(j.interval->high * factor)});
    }
    if (!j.note.empty()) {
        json["note"] = j.note;
    }
    return json;
}

template <class T, class F>
Json byName(std::vector<T> const& list, F const& toJson) {
    Json json = Json::object();
    for (T const& item : list) {
        json[item.name] = toJson(item);
    }
    return json;
}

} // namespace

std::string summaryJson(summary::Summary const& s) {
    Json json{{"shakedown", summarySchema},
              {"scenario",
               {{"name", s.scenario},
                {"file", s.file},
                {"digest", s.scenarioDigest},
                {"about", s.about}}},
              {"command", s.command},
              {"seed", s.seed},
              {"replications", s.replications},
              {"platform", s.platform},
              {"simulated_s", tidied(s.simulatedSeconds)},
              {"ended", record::wordOf(s.reason)},
              {"events", s.events},
              {"digest", record::digestText(s.digest)}};
    json["loads"] = byName(s.loads, loadJson);
    json["services"] = byName(s.services, serviceJson);
    json["calls"] = byName(s.calls, callJson);
    json["per_replication"] = replicationsJson(s);
    if (!s.hosts.empty()) {
        json["hosts"] = byName(s.hosts, hostJson);
        json["links"] = byName(s.links, linkJson);
    }
    json["expectations"] = Json::array();
    for (auto const& judgement : s.expectations) {
        json["expectations"].push_back(expectationJson(judgement));
    }
    json["cascade"] = Json::array();
    for (auto const& item : s.cascade) {
        json["cascade"].push_back({{"at_s", tidied(item.at.inSeconds())},
                                   {"subject", item.subject},
                                   {"what", item.what},
                                   {"because", item.because}});
    }
    if (!s.contradictions.empty()) {
        json["contradictions"] = s.contradictions;
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace shakedown::render
