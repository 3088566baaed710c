#include "reports/render/replications_json.hpp"

#include <nlohmann/json.hpp>

namespace shakedown::render {

namespace {

using Json = nlohmann::ordered_json;
using summary::LoadReplication;

// Divided, not multiplied by a millionth, which has no exact double: so no digits are added.
double exactMilliseconds(Duration d) {
    return static_cast<double>(d.count()) / 1e6;
}

Json shareColumn(summary::LoadSummary const& load, double LoadReplication::Ends::*which) {
    Json column = Json::array();
    for (LoadReplication const& r : load.replications) {
        column.push_back(r.ends ? Json(*r.ends.*which) : Json(nullptr));
    }
    return column;
}

Json latencyColumn(summary::LoadSummary const& load, Duration LoadReplication::Answers::*which) {
    Json column = Json::array();
    for (LoadReplication const& r : load.replications) {
        column.push_back(r.answers ? Json(exactMilliseconds(*r.answers.*which)) : Json(nullptr));
    }
    return column;
}

Json columnsOf(summary::LoadSummary const& load) {
    Json goodput = Json::array();
    for (LoadReplication const& r : load.replications) {
        goodput.push_back(r.goodput);
    }
    using Ends = LoadReplication::Ends;
    using Answers = LoadReplication::Answers;
    return {{"goodput_per_s", std::move(goodput)},
            {"errors", shareColumn(load, &Ends::errors)},
            {"degraded", shareColumn(load, &Ends::degraded)},
            {"latency_ms",
             {{"mean", latencyColumn(load, &Answers::mean)},
              {"p50", latencyColumn(load, &Answers::p50)},
              {"p95", latencyColumn(load, &Answers::p95)},
              {"p99", latencyColumn(load, &Answers::p99)}}}};
}

} // namespace

Json replicationsJson(summary::Summary const& summary) {
    Json seeds = Json::array();
    Json numbers = Json::array();
    for (auto const& [seed, replication] : summary.kept) {
        seeds.push_back(seed);
        numbers.push_back(replication);
    }
    Json loads = Json::object();
    for (auto const& load : summary.loads) {
        loads[load.name] = columnsOf(load);
    }
    return {{"seed", std::move(seeds)},
            {"replication", std::move(numbers)},
            {"left_out", summary.replications - summary.kept.size()},
            {"loads", std::move(loads)}};
}

} // namespace shakedown::render
