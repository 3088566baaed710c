#include "reports/summary/past_run.hpp"

#include <nlohmann/json.hpp>

#include "reports/measure/student.hpp"
#include "reports/record/moment_words.hpp"
#include "reports/record/number_text.hpp"

namespace shakedown::summary {

namespace {

using Json = nlohmann::json;
using Ends = LoadReplication::Ends;
using Answers = LoadReplication::Answers;

constexpr auto meanPath = "latency_ms.mean";

// Thrown and caught within the reading of one file, as the library's own exceptions are.
struct NoSummary {};

void mustBe(bool isSo) {
    if (!isSo) {
        throw NoSummary{};
    }
}

// What no run can have is none of its numbers.
double numberUpTo(double most, Json const& json) {
    double const number = json.get<double>();
    mustBe(number >= 0 && number <= most);
    return number;
}

double shareIn(Json const& json) {
    return numberUpTo(1, json);
}

double rateIn(Json const& json) {
    constexpr double most = 1e15;
    return numberUpTo(most, json);
}

Duration latencyIn(Json const& json) {
    constexpr double twoHundredYears = 6.3e12;
    return Duration::fromSeconds(numberUpTo(twoHundredYears, json) / 1e3);
}

std::uint64_t countIn(Json const& load, char const* key) {
    return load.at(key).get<std::uint64_t>();
}

// The file has the ends, which are all that a reader needs, instead of the standard error.
measure::MeanEstimate fromEnds(double mean, double low, double high, double freedom) {
    mustBe(freedom >= 1 && freedom < 1e9 && high >= low && high - low < 1e15);
    return {mean, (high - low) / 2 / measure::studentQuantile(0.975, freedom), freedom};
}

std::optional<measure::MeanEstimate> batchesIn(Json const& load, LoadReplication const& whole) {
    bool const isFromBatches = load.value("ci95_from", Json::object()).value(meanPath, "")
                               == std::string_view("batch_means");
    if (!isFromBatches || !load.contains("ci95_freedom") || !whole.answers) {
        return std::nullopt;
    }
    Json const& ends = load.at("ci95").at(meanPath);
    return fromEnds(whole.answers->mean.inSeconds(), ends.at(0).get<double>() * 1e-3,
                    ends.at(1).get<double>() * 1e-3,
                    load.at("ci95_freedom").at(meanPath).get<double>());
}

LoadReplication wholeIn(Json const& load) {
    LoadReplication whole;
    whole.goodput = rateIn(load.at("goodput_per_s"));
    std::uint64_t const degraded = countIn(load, "degraded");
    std::uint64_t const answered = countIn(load, "ok") + degraded;
    std::uint64_t const ended =
        answered + countIn(load, "failed") + countIn(load, "rejected") + countIn(load, "timed_out");
    if (ended > 0) {
        whole.ends = Ends{shareIn(load.at("errors")),
                          static_cast<double>(degraded) / static_cast<double>(ended)};
    }
    auto const& latency = load.at("latency_ms");
    if (answered > 0) {
        whole.answers = Answers{latencyIn(latency.at("mean")), latencyIn(latency.at("p50")),
                                latencyIn(latency.at("p95")), latencyIn(latency.at("p99"))};
    }
    return whole;
}

// One row of the columns.
LoadReplication replicationIn(Json const& columns, std::size_t row) {
    auto const at = [row](Json const& column) -> Json const& { return column.at(row); };
    LoadReplication r;
    r.goodput = rateIn(at(columns.at("goodput_per_s")));
    Json const& errors = at(columns.at("errors"));
    if (!errors.is_null()) {
        r.ends = Ends{shareIn(errors), shareIn(at(columns.at("degraded")))};
    }
    auto const& latency = columns.at("latency_ms");
    Json const& mean = at(latency.at("mean"));
    if (!mean.is_null()) {
        r.answers = Answers{latencyIn(mean), latencyIn(at(latency.at("p50"))),
                            latencyIn(at(latency.at("p95"))), latencyIn(at(latency.at("p99")))};
    }
    return r;
}

std::vector<ReplicationId> keptIn(Json const& json) {
    std::vector<ReplicationId> kept;
    auto const& seeds = json.at("seed");
    auto const& numbers = json.at("replication");
    mustBe(seeds.is_array() && numbers.is_array() && seeds.size() == numbers.size());
    for (std::size_t i = 0; i < seeds.size(); ++i) {
        kept.push_back({seeds[i].get<std::uint64_t>(), numbers[i].get<std::uint32_t>()});
    }
    return kept;
}

PastRun runIn(Json const& json) {
    PastRun run;
    run.scenario = json.at("scenario").at("name").get<std::string>();
    run.file = json.at("scenario").at("file").get<std::string>();
    run.replications = json.at("replications").get<std::uint64_t>();
    auto const ended = record::parseWord<record::EndReason>(json.at("ended").get<std::string>());
    mustBe(ended.has_value());
    run.ended = *ended;
    auto const each = json.find("per_replication");
    if (each != json.end()) {
        run.kept = keptIn(*each);
    }
    for (auto const& [name, load] : json.at("loads").items()) {
        PastLoad past{name, {}, wholeIn(load), {}};
        past.batches = batchesIn(load, past.whole);
        for (std::size_t r = 0; r < run.kept.size(); ++r) {
            past.replications.push_back(replicationIn(each->at("loads").at(name), r));
        }
        run.loads.push_back(std::move(past));
    }
    return run;
}

Diagnostic noSummary(std::string const& name) {
    return {Severity::Error,
            "R401",
            "'" + name + "' is not the summary.json of a run",
            "name the folder of an earlier run, or its summary.json",
            {}};
}

// As summary.json says it.
LoadReplication wholeOf(LoadSummary const& load) {
    LoadReplication whole;
    whole.goodput = record::tidied(load.goodput);
    std::uint64_t const answered = load.ok + load.degraded;
    std::uint64_t const ended = answered + load.failed + load.rejected + load.timedOut;
    if (ended > 0) {
        whole.ends = Ends{record::tidied(load.errors),
                          static_cast<double>(load.degraded) / static_cast<double>(ended)};
    }
    if (answered > 0) {
        auto const& l = load.latency;
        whole.answers = Answers{l.mean, l.p50, l.p95, l.p99};
    }
    return whole;
}

std::optional<measure::MeanEstimate> batchesOf(LoadSummary const& load,
                                               LoadReplication const& whole) {
    for (auto const& [of, i] : load.intervals) {
        if (of == meanPath && i.method == measure::IntervalMethod::BatchMeans && whole.answers) {
            return fromEnds(whole.answers->mean.inSeconds(), i.low * 1e-3, i.high * 1e-3,
                            i.freedom);
        }
    }
    return std::nullopt;
}

} // namespace

Result<PastRun> readPastRun(std::string_view text, std::string const& name) {
    Json const json = Json::parse(text, nullptr, false);
    if (json.is_discarded() || !json.is_object() || json.value("shakedown", Json()) != 1) {
        return noSummary(name);
    }
    try {
        return runIn(json);
    } catch (Json::exception const&) {
        return noSummary(name);
    } catch (NoSummary const&) {
        return noSummary(name);
    }
}

PastRun asPastRun(Summary const& summary) {
    PastRun run{summary.scenario, summary.file, summary.replications,
                summary.reason,   summary.kept, {}};
    for (auto const& load : summary.loads) {
        PastLoad past{load.name, load.replications, wholeOf(load), {}};
        past.batches = batchesOf(load, past.whole);
        run.loads.push_back(std::move(past));
    }
    return run;
}

} // namespace shakedown::summary
