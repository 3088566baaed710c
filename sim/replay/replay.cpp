#include "sim/replay/replay.hpp"

#include <algorithm>
#include <cmath>

#include "sim/replay/suites.hpp"

namespace shakedown::replay {

using vectors::Step;
using vectors::Suite;
using vectors::Value;
using vectors::Vector;

namespace {

bool agree(double seen, double expected, Player::Tolerance const& tolerance) {
    double const allowed =
        std::max(tolerance.absolute, tolerance.relative * std::max(1e-9, std::abs(expected)));
    return std::abs(seen - expected) <= allowed;
}

// What is seen may hold more than is expected of a map, not of a list.
bool agree(Value const& seen, Value const& expected, Player::Tolerance const& tolerance) {
    if (expected.is_number() && seen.is_number())
        return agree(seen.get<double>(), expected.get<double>(), tolerance);
    if (expected.is_object() && seen.is_object()) {
        return std::all_of(expected.items().begin(), expected.items().end(), [&](auto const& item) {
            return seen.contains(item.key()) && agree(seen.at(item.key()), item.value(), tolerance);
        });
    }
    if (expected.is_array() && seen.is_array()) {
        return std::equal(seen.begin(), seen.end(), expected.begin(), expected.end(),
                          [&](Value const& a, Value const& b) { return agree(a, b, tolerance); });
    }
    return seen == expected;
}

// A set that has to hold all of what is seen: "ejected_subset_of" of "ejected".
constexpr std::string_view subsetEnding = "_subset_of";

std::optional<std::string> subsetMismatch(Value const& seen, std::string const& key,
                                          Value const& expected) {
    std::string const of = key.substr(0, key.size() - subsetEnding.size());
    if (!seen.contains(of) || !seen.at(of).is_array())
        return "'" + of + "' cannot be seen here";
    for (auto const& member : seen.at(of))
        if (std::find(expected.begin(), expected.end(), member) == expected.end())
            return of + " is " + seen.at(of).dump() + ", expected among " + expected.dump();
    return std::nullopt;
}

std::optional<std::string> mismatch(Player const& player, Value const& seen, std::string const& key,
                                    Value const& expected, double slack) {
    if (key.ends_with(subsetEnding))
        return subsetMismatch(seen, key, expected);
    bool const isAbsence = key == "error" && expected.is_null();
    if (isAbsence && !seen.contains("error"))
        return std::nullopt;
    if (!seen.contains(key))
        return "'" + key + "' cannot be seen here, expected " + expected.dump();
    Player::Tolerance tolerance = player.tolerance(key);
    tolerance.absolute = std::max(tolerance.absolute, slack);
    if (agree(seen.at(key), expected, tolerance))
        return std::nullopt;
    return key + " is " + seen.at(key).dump() + ", expected " + expected.dump();
}

Value playOnce(Player& player, Step const& step) {
    try {
        return player.play(step);
    } catch (Refusal const& refusal) {
        Value seen = player.seen();
        seen["error"] = refusal.what();
        return seen;
    }
}

// A refusal that nobody expected must not pass in silence.
void compare(Player const& player, Step const& step, bool isLast, StepResult& result) {
    if (result.seen.contains("error") && !(step.expect && step.expect->contains("error"))
        && !(step.expect && step.expect->contains("allowed")))
        result.mismatches.push_back("refused: " + result.seen.at("error").get<std::string>());
    if (!step.expect)
        return;
    double const slack = step.expect->value("tolerance", 0.0);
    for (auto const& [key, expected] : step.expect->items()) {
        if (key == "tolerance" || !(isLast || player.holdsAlways(key)))
            continue;
        if (auto wrong = mismatch(player, result.seen, key, expected, slack))
            result.mismatches.push_back(std::move(*wrong));
    }
}

StepResult playStep(Player& player, Step const& step) {
    StepResult result;
    int const times = player.repeats(step.verb) ? 1 : step.times;
    for (int i = 0; i < times && result.mismatches.empty(); ++i) {
        result.seen = playOnce(player, step);
        compare(player, step, i + 1 == times, result);
    }
    return result;
}

VectorResult unsupported(std::string reason) {
    return {Verdict::Unsupported, std::move(reason), {}};
}

void playSteps(Player& player, Vector const& vector, VectorResult& result) {
    for (auto const& step : vector.steps) {
        result.steps.push_back(playStep(player, step));
        if (!result.steps.back().mismatches.empty())
            result.verdict = Verdict::Failed;
    }
}

VectorResult play(SuiteRow const& row, Vector const& vector) {
    VectorResult result;
    try {
        auto const player = row.make(vector);
        if (player == nullptr)
            return unsupported("the dialect '" + vector.dialect + "' is not offered");
        playSteps(*player, vector, result);
    } catch (Unplayable const& wrong) {
        result.verdict = Verdict::Failed;
        result.reason = wrong.what();
    } catch (Refusal const& refusal) {
        result.verdict = Verdict::Failed;
        result.reason = std::string("the configuration is refused: ") + refusal.what();
    }
    return result;
}

} // namespace

std::vector<VectorResult> replay(Suite const& suite) {
    auto const all = suites();
    auto const row = std::find_if(all.begin(), all.end(),
                                  [&](SuiteRow const& one) { return one.name == suite.name; });
    std::vector<VectorResult> results;
    for (auto const& vector : suite.vectors) {
        bool const isOffered = row != all.end() && row->make != nullptr;
        results.push_back(isOffered ? play(*row, vector)
                                    : unsupported("the suite '" + suite.name + "' is not offered"));
    }
    return results;
}

} // namespace shakedown::replay
