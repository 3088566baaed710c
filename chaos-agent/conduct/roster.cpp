#include "chaos-agent/conduct/roster.hpp"

#include <algorithm>

#include "scenarios/checking/call_sites.hpp"

namespace shakedown::conduct {

namespace {

std::uint32_t indexOf(std::vector<std::string> const& names, std::string const& name) {
    auto const found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? record::nobody
                                : static_cast<std::uint32_t>(found - names.begin());
}

std::uint32_t numberOf(std::vector<std::string>& names, std::string const& name) {
    if (auto const there = indexOf(names, name); there != record::nobody)
        return there;
    names.push_back(name);
    return static_cast<std::uint32_t>(names.size() - 1);
}

// Of a service with one endpoint its name alone will do.
std::string endpointText(model::Scenario const& scenario, model::EndpointName const& to) {
    auto const* service = model::findService(scenario, to.service);
    bool const isTold = !to.endpoint.empty() || service == nullptr || service->endpoints.empty();
    return model::toText(isTold ? to : model::EndpointName{to.service, service->endpoints[0].name});
}

RosterLoad loadOf(model::Scenario const& scenario, model::LiveLoad const& live,
                  record::Names& names) {
    RosterLoad load{live.load, record::nobody, record::nobody, "", Duration::none()};
    auto const* written = model::findLoad(scenario, live.load);
    if (written == nullptr)
        return load;
    load.inTime = written->inTime.value_or(Duration::none());
    if (written->mix.empty())
        return load;
    auto const& to = written->mix.front().to;
    load.service = to.service;
    load.call = numberOf(names.calls, live.load + " -> " + to.service);
    load.endpoint = indexOf(names.endpoints, endpointText(scenario, to));
    return load;
}

std::set<std::string> behind(std::string const& service,
                             std::vector<checking::CallSite> const& sites) {
    std::set<std::string> reached{service};
    std::vector<std::string> open{service};
    while (!open.empty()) {
        std::string const caller = open.back();
        open.pop_back();
        for (auto const& site : sites)
            if (!site.callerIsLoad && site.caller == caller
                && reached.insert(site.callee.service).second)
                open.push_back(site.callee.service);
    }
    return reached;
}

} // namespace

Roster rosterOf(model::Scenario const& scenario) {
    Roster roster;
    for (auto const& service : scenario.services) {
        roster.names.services.push_back(service.name);
        for (auto const& endpoint : service.endpoints)
            roster.names.endpoints.push_back(service.name + "/" + endpoint.name);
    }
    for (auto const& fault : scenario.faults)
        roster.names.events.push_back(fault.name);
    for (auto const& operation : scenario.operations)
        roster.names.events.push_back(operation.name);
    if (!scenario.live)
        return roster;
    for (auto const& live : scenario.live->load)
        roster.loads.push_back(loadOf(scenario, live, roster.names));
    for (auto const& probe : scenario.live->probes)
        roster.loads.push_back(
            {"probe:" + probe.name, record::nobody, record::nobody, "", Duration::none()});
    auto const sites = checking::callSitesOf(scenario);
    roster.behind.resize(roster.names.calls.size());
    for (auto const& load : roster.loads) {
        roster.names.loads.push_back(load.name);
        if (load.call != record::nobody)
            roster.behind[load.call] = behind(load.service, sites);
    }
    return roster;
}

std::vector<std::uint32_t> witnessesOf(model::Subject const& subject, Roster const& roster) {
    auto const tells = [&](RosterLoad const& load) {
        switch (subject.kind) {
        case model::SubjectKind::Load:
            return load.name == subject.name;
        case model::SubjectKind::Service:
            return load.service == subject.name;
        case model::SubjectKind::Endpoint:
            return load.endpoint != record::nobody
                   && roster.names.endpoints[load.endpoint] == subject.name;
        case model::SubjectKind::Call:
            return load.call != record::nobody && roster.names.calls[load.call] == subject.name;
        case model::SubjectKind::Topic:
        case model::SubjectKind::Fault:
            break;
        }
        return false;
    };
    std::vector<std::uint32_t> found;
    for (std::uint32_t i = 0; i < roster.loads.size(); ++i)
        if (tells(roster.loads[i]))
            found.push_back(i);
    return found;
}

} // namespace shakedown::conduct
