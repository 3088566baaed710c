#include "gui/inspector/facts.hpp"

#include <algorithm>

#include "reports/render/quantity.hpp"

namespace shakedown::gui {

namespace {

QString rate(double perSecond) {
    return QString::fromStdString(render::rateText(perSecond));
}
QString share(double of) {
    return QString::fromStdString(render::shareText(of));
}
QString span(Duration d) {
    return QString::fromStdString(render::spanText(d.inSeconds()));
}

std::optional<std::size_t> indexIn(std::vector<std::string> const& names, QString const& name) {
    auto const found = std::find(names.begin(), names.end(), name.toStdString());
    return found == names.end() ? std::nullopt
                                : std::optional(static_cast<std::size_t>(found - names.begin()));
}

std::vector<Fact> factsOf(LoadNow const& load) {
    return {{"offered", rate(load.offered)},
            {"good", rate(load.good)},
            {"degraded", rate(load.degraded)},
            {"bad", rate(load.bad)},
            {"bad share", share(load.badShare)},
            {"p50", span(load.p50)},
            {"p95", span(load.p95)},
            {"p99", span(load.p99)}};
}

std::vector<Fact> factsOf(ServiceNow const& service) {
    std::vector<Fact> facts = {
        {"busy", QString("%1 of %2").arg(service.inService).arg(service.workers)},
        {"utilisation", share(service.utilisation)},
        {"queue", QString::number(service.queue)},
        {"arrived", rate(service.arrived)},
        {"attempts to it", rate(service.attempts)},
        {"not successful", share(service.trouble)},
        {"replicas", QString::number(service.replicas.size())}};
    if (service.gone > 0)
        facts.push_back({"gone", QString::number(service.gone)});
    return facts;
}

std::vector<Fact> factsOf(CallNow const& call) {
    std::vector<Fact> facts = {{"requests", rate(call.requests)},
                               {"attempts", rate(call.attempts)},
                               {"attempts a request", QString::number(call.amplification, 'g', 3)},
                               {"not successful", share(call.trouble)},
                               {"under way", QString::number(call.waiting)}};
    if (call.open > 0)
        facts.push_back({"breakers open", QString::number(call.open)});
    if (call.byHand > 0)
        facts.push_back({"of them by hand", QString::number(call.byHand)});
    if (call.halfOpen > 0)
        facts.push_back({"half-open", QString::number(call.halfOpen)});
    return facts;
}

} // namespace

std::vector<Fact> factsOf(RunIndex const& run, Snapshot const& state, QString const& subject) {
    auto const& names = run.header().names;
    if (subject.isEmpty()) {
        LoadNow all;
        for (auto const& load : state.loads) {
            all.offered += load.offered;
            all.good += load.good;
            all.degraded += load.degraded;
            all.bad += load.bad;
            all.ended += load.ended;
        }
        return {{"offered", rate(all.offered)},
                {"good", rate(all.good)},
                {"degraded", rate(all.degraded)},
                {"bad", rate(all.bad)},
                {"bad share", share(all.ended > 0 ? all.bad / all.ended : 0)}};
    }
    if (auto const i = indexIn(names.loads, subject))
        return factsOf(state.loads[*i]);
    if (auto const i = indexIn(names.services, subject))
        return factsOf(state.services[*i]);
    if (auto const i = indexIn(names.calls, subject))
        return factsOf(state.calls[*i]);
    return {};
}

std::optional<Health> healthOf(RunIndex const& run, Snapshot const& state, QString const& subject) {
    auto const& names = run.header().names;
    if (auto const i = indexIn(names.loads, subject))
        return state.loads[*i].health;
    if (auto const i = indexIn(names.services, subject))
        return state.services[*i].health;
    return std::nullopt;
}

} // namespace shakedown::gui
