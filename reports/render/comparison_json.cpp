#include "reports/render/comparison_json.hpp"

#include <nlohmann/json.hpp>

#include "reports/record/moment_words.hpp"
#include "reports/record/number_text.hpp"
#include "reports/render/comparison_sentence.hpp"
#include "reports/render/difference_text.hpp"

namespace shakedown::render {

namespace {

using Json = nlohmann::ordered_json;
using model::ValueUnit;
using summary::Difference;
using summary::DifferenceMethod;

struct Shown {
    double factor;
    char const* unit;
};
// The units of summary.json.
Shown inSummary(ValueUnit unit) {
    switch (unit) {
    case ValueUnit::Seconds:
        return {1e3, "ms"};
    case ValueUnit::PerSecond:
        return {1, "/s"};
    case ValueUnit::Share:
        return {1, "share"};
    case ValueUnit::Count:
        return {1, ""};
    }
    return {1, ""};
}

char const* methodWord(DifferenceMethod method) {
    switch (method) {
    case DifferenceMethod::Paired:
        return "paired";
    case DifferenceMethod::Welch:
        return "welch";
    case DifferenceMethod::Batches:
        return "batch_means";
    case DifferenceMethod::None:
        return "none";
    }
    return "";
}

Json numberOrNull(std::optional<double> value, double factor = 1) {
    return value ? Json(record::tidied(*value * factor)) : Json(nullptr);
}

Json differenceJson(Difference const& d) {
    auto const [factor, unit] = inSummary(d.unit);
    bool const hasBoth = d.before && d.now;
    Json json{
        {"unit", unit},
        {"a", numberOrNull(d.before, factor)},
        {"b", numberOrNull(d.now, factor)},
        {"difference", numberOrNull(hasBoth ? std::optional(d.value) : std::nullopt, factor)}};
    json["ci95"] = d.interval ? Json::array({record::tidied(d.interval->low * factor),
                                             record::tidied(d.interval->high * factor)})
                              : Json(nullptr);
    json["method"] = methodWord(d.method);
    json["replications_a"] = d.replicationsBefore;
    json["replications_b"] = d.replicationsNow;
    json["p"] = numberOrNull(d.p);
    json["p_holm"] = numberOrNull(d.adjusted);
    json["noticeable"] = record::tidied(d.noticeable * factor);
    json["may_hide"] = numberOrNull(d.mayHide(), factor);
    json["change"] = changeWord(d.change);
    return json;
}

Json sideJson(ComparedSide const& side) {
    return {{"name", side.name},
            {"scenario", side.run.scenario},
            {"file", side.run.file},
            {"replications", side.run.replications},
            {"ended", record::wordOf(side.run.ended)}};
}

} // namespace

std::string comparisonJson(summary::Comparison const& comparison, ComparedSide const& before,
                           ComparedSide const& now) {
    Json json{{"shakedown", 1},
              {"a", sideJson(before)},
              {"b", sideJson(now)},
              {"paired", comparison.isPaired},
              {"confidence", summary::comparisonConfidence},
              {"noticeable",
               {{"relative", record::tidied(comparison.noticeable.relative)},
                {"share", record::tidied(comparison.noticeable.share)}}},
              {"verdict", overallWord(comparison.overall)},
              {"sentence", comparisonSentence(comparison, {})}};
    json["loads"] = Json::object();
    for (auto const& load : comparison.loads) {
        Json numbers = Json::object();
        for (auto const& d : load.differences) {
            numbers[d.metric] = differenceJson(d);
        }
        json["loads"][load.name] = std::move(numbers);
    }
    json["only_in_a"] = comparison.onlyBefore;
    json["only_in_b"] = comparison.onlyNow;
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace shakedown::render
