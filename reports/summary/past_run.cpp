#include "reports/summary/past_run.hpp"

#include <nlohmann/json.hpp>

namespace shakedown::summary {

namespace {

using Json = nlohmann::json;

constexpr auto goodputPath = "goodput_per_s";

Figure figure(Json const& load, std::string const& path, Json const& value, double factor) {
    Figure f{value.get<double>() * factor, std::nullopt};
    auto const intervals = load.find("ci95");
    if (intervals == load.end() || !intervals->contains(path)) {
        return f;
    }
    auto const& ends = intervals->at(path);
    f.bounds = Bounds{ends.at(0).get<double>() * factor, ends.at(1).get<double>() * factor};
    return f;
}

LoadFigures loadFigures(std::string name, Json const& load) {
    auto const& latency = load.at("latency_ms");
    LoadFigures figures;
    figures.name = std::move(name);
    figures.goodput = figure(load, goodputPath, load.at(goodputPath), 1);
    figures.p50 = figure(load, "latency_ms.p50", latency.at("p50"), 1e-3);
    figures.p99 = figure(load, "latency_ms.p99", latency.at("p99"), 1e-3);
    figures.errors = figure(load, "errors", load.at("errors"), 1);
    return figures;
}

PastRun runOf(Json const& json) {
    PastRun run;
    run.scenario = json.at("scenario").at("name").get<std::string>();
    run.seed = json.at("seed").get<std::uint64_t>();
    run.replications = json.at("replications").get<std::uint64_t>();
    for (auto const& [name, load] : json.at("loads").items()) {
        run.loads.push_back(loadFigures(name, load));
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

} // namespace

Result<PastRun> readPastRun(std::string_view text, std::string const& name) {
    Json const json = Json::parse(text, nullptr, false);
    if (json.is_discarded() || !json.is_object() || json.value("shakedown", Json()) != 1) {
        return noSummary(name);
    }
    try {
        return runOf(json);
    } catch (Json::exception const&) {
        return noSummary(name);
    }
}

PastRun asPastRun(Summary const& summary) {
    PastRun run{summary.scenario, summary.seed, summary.replications, {}};
    for (auto const& load : summary.loads) {
        LoadFigures figures;
        figures.name = load.name;
        figures.goodput.value = load.goodput;
        figures.p50.value = load.latency.p50.inSeconds();
        figures.p99.value = load.latency.p99.inSeconds();
        figures.errors.value = load.errors;
        for (auto const& [of, interval] : load.intervals) {
            if (of == goodputPath) {
                figures.goodput.bounds = Bounds{interval.low, interval.high};
            }
        }
        run.loads.push_back(std::move(figures));
    }
    return run;
}

} // namespace shakedown::summary
