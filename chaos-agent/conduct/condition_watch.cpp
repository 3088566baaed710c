#include "chaos-agent/conduct/condition_watch.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "chaos-agent/conduct/live_judgement.hpp"
#include "reports/verdict/written_unit.hpp"

namespace shakedown::conduct {

namespace {

// Ten steady seconds show that something has recovered.
constexpr Duration steadySeconds = Duration::seconds(10);

std::string measured(verdict::Judgement const& judgement) {
    if (!judgement.value)
        return "";
    auto const unit = verdict::writtenAs(judgement.unit);
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.3g", *judgement.value * unit.factor);
    return std::string(": it is ") + text.data() + " " + unit.word;
}

// Every occurrence of an event is over since `ago`.
bool isOver(std::string const& event, record::Names const& names, verdict::Evidence const& evidence,
            Duration ago) {
    bool happened = false;
    for (auto const& span : evidence.eventSpans) {
        if (names.events[span.event] != event)
            continue;
        happened = true;
        if (span.end == SimTime::never() || span.end + ago > evidence.ended)
            return false;
    }
    return happened;
}

} // namespace

template <class Ripe>
std::optional<std::string> ConditionWatch::firstBroken(verdict::Evidence const& evidence,
                                                       Ripe ripe) const {
    auto const judgements = judgeLive(scenario_, roster_, demand_, evidence);
    for (std::size_t i = 0; i < judgements.size(); ++i) {
        auto const& judgement = judgements[i];
        bool const canBeJudged =
            judgement.value
            || std::holds_alternative<model::RecoveryCondition>(scenario_.expect[i].what);
        if (judgement.held == verdict::Held::No && canBeJudged && ripe(scenario_.expect[i]))
            return judgement.text + measured(judgement);
    }
    return std::nullopt;
}

std::optional<std::string> ConditionWatch::broken(Ledger const& ledger, SimTime now) const {
    if (scenario_.expect.empty())
        return std::nullopt;
    auto const evidence = ledger.recent(now);
    return firstBroken(evidence, [&](model::Condition const& condition) {
        auto const* recovery = std::get_if<model::RecoveryCondition>(&condition.what);
        return recovery == nullptr
               || isOver(recovery->event, roster_.names, evidence,
                         recovery->within + steadySeconds);
    });
}

std::optional<std::string> ConditionWatch::lost(Ledger const& ledger, SimTime now) const {
    if (scenario_.expect.empty())
        return std::nullopt;
    auto const evidence = ledger.soFar(now);
    return firstBroken(evidence, [&](model::Condition const& condition) {
        if (auto const* recovery = std::get_if<model::RecoveryCondition>(&condition.what))
            return isOver(recovery->event, roster_.names, evidence,
                          recovery->within + steadySeconds);
        auto const& window = std::get<model::MetricCondition>(condition.what).window;
        auto const* during = std::get_if<model::DuringEvent>(&window);
        return during != nullptr && isOver(during->name, roster_.names, evidence, Duration());
    });
}

} // namespace shakedown::conduct
