#include "cli/inject_end.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "chaos-agent/conduct/roster.hpp"
#include "chaos-agent/protocol/fault_json.hpp"
#include "reports/record/live.hpp"
#include "reports/render/plain_text.hpp"

namespace shakedown::cli {

namespace {

using conduct::Ending;
using render::cleaned;

bool anyFailed(std::vector<verdict::Judgement> const& judgements) {
    return std::any_of(judgements.begin(), judgements.end(),
                       [](auto const& one) { return one.held == verdict::Held::No; });
}

// Something was expected that could have been seen, and was not.
bool anyMissing(conduct::LiveOutcome const& outcome) {
    auto const unknown =
        std::count_if(outcome.expectations.begin(), outcome.expectations.end(),
                      [](auto const& one) { return one.held == verdict::Held::Unknown; });
    auto const unmeasured = outcome.expectations.size() - outcome.measured;
    return static_cast<std::size_t>(unknown) > unmeasured;
}

Exit exitOfPlayed(conduct::LiveOutcome const& outcome) {
    if (anyFailed(outcome.expectations) || anyFailed(outcome.steadiness) || anyMissing(outcome))
        return Exit::ExpectationFailed;
    bool const wasChecked = outcome.measured > 0 || !outcome.steadiness.empty();
    return wasChecked ? Exit::Ok : Exit::NothingChecked;
}

// Line by line below its heading.
std::string stepText(char const* heading, std::string const& words) {
    std::string text = std::string("  ") + heading + "\n";
    for (std::size_t at = 0; at < words.size();) {
        std::size_t const end = std::min(words.find('\n', at), words.size());
        std::string line = "    ";
        for (char const c : words.substr(at, end - at))
            line += c == '\t' ? std::string("  ") : std::string(1, c);
        text += cleaned(line) + "\n";
        at = end + 1;
    }
    return text;
}

std::string beginOf(Ending ending) {
    switch (ending) {
    case Ending::Played:
        return "";
    case Ending::NotSteadyBefore:
        return "not steady, so nothing was injected: ";
    case Ending::Refused:
        return "nothing was injected: ";
    case Ending::AgentLost:
        return "ended early: ";
    case Ending::Aborted:
    case Ending::FailedFast:
    case Ending::Interrupted:
        return "ended early, and taken back: ";
    }
    return "";
}

} // namespace

Exit exitOf(conduct::LiveOutcome const& outcome) {
    if (!outcome.leftBehind.empty())
        return Exit::RevertFailed;
    switch (outcome.ending) {
    case Ending::Played:
        return exitOfPlayed(outcome);
    case Ending::NotSteadyBefore:
        return Exit::NotSteady;
    case Ending::Refused:
    case Ending::AgentLost:
        return Exit::Agent;
    case Ending::Aborted:
        return Exit::Aborted;
    case Ending::FailedFast:
        return Exit::ExpectationFailed;
    case Ending::Interrupted:
        break;
    }
    return Exit::Interrupted;
}

std::string endText(conduct::LiveOutcome const& outcome) {
    std::string text;
    if (outcome.ending != Ending::Played)
        text += "shakedown: " + beginOf(outcome.ending) + cleaned(outcome.why) + "\n";
    for (auto const& left : outcome.leftBehind)
        text += "shakedown: NOT TAKEN BACK: " + cleaned(left) + "\n";
    return text;
}

summary::Summary liveSummary(model::Scenario const& scenario, conduct::LiveOutcome const& outcome) {
    auto summary = summary::summarise(scenario, conduct::rosterOf(scenario).names, outcome.demand,
                                      {*outcome.evidence}, record::livePlatform);
    // Steady before, what was expected, steady after: in the order in which they were looked at.
    summary.expectations = outcome.expectations;
    if (!outcome.steadiness.empty())
        summary.expectations.insert(summary.expectations.begin(), outcome.steadiness.front());
    if (outcome.steadiness.size() > 1)
        summary.expectations.push_back(outcome.steadiness.back());
    return summary;
}

std::string plansText(std::vector<conduct::RehearsedFault> const& plans) {
    std::string text;
    for (auto const& one : plans) {
        text += fmt::format("{}: {} of {}, by agent {}, at most {:.3g} s; plan {}\n",
                            cleaned(one.event), protocol::nameOf(one.request.what),
                            cleaned(one.request.target), cleaned(one.agent),
                            one.request.duration.inSeconds(), one.plan.hash);
        if (!one.note.empty())
            text += "  note: " + cleaned(one.note) + "\n";
        for (auto const& step : one.plan.steps)
            text += stepText("does:", step.apply) + stepText("taken back by:", step.revert);
        if (one.plan.irreversible)
            text += "  This cannot be taken back whole.\n";
        text += "\n";
    }
    return text + "Nothing was done.\n";
}

std::string plansJson(std::vector<conduct::RehearsedFault> const& plans) {
    auto list = nlohmann::json::array();
    for (auto const& one : plans)
        list.push_back({{"event", one.event},
                        {"agent", one.agent},
                        {"note", one.note},
                        {"request", protocol::toJson(one.request)},
                        {"plan", protocol::toJson(one.plan)}});
    return nlohmann::json{{"faults", std::move(list)}}.dump(2) + "\n";
}

} // namespace shakedown::cli
