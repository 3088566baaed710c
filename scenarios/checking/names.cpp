#include <algorithm>

#include "scenarios/checking/call_sites.hpp"
#include "scenarios/checking/codes.hpp"
#include "scenarios/checking/known_names.hpp"
#include "scenarios/checking/rules.hpp"

namespace shakedown::checking {

using namespace model;

namespace {

void checkTopics(Scenario const& scenario, KnownNames const& names) {
    for (auto const& service : scenario.services) {
        forEachStep(service, [&](Step const& step) {
            if (auto const* publish = std::get_if<Publish>(&step.what)) {
                names.requireTopic(publish->topic, step.place);
            }
        });
    }
    for (auto const& topic : scenario.topics) {
        for (auto const& consumer : topic.consumers) {
            names.requireEndpoint({consumer.service, consumer.endpoint}, consumer.place);
        }
        if (!topic.deadLetters.empty()) {
            names.requireTopic(topic.deadLetters, topic.place);
        }
        for (auto const& projection : topic.projections) {
            names.requireService(projection.service, projection.place);
        }
    }
}

void checkMachines(PlatformSection const& platform, KnownNames const& names) {
    for (auto const& link : platform.links) {
        for (auto const& end : link.between) {
            if (!names.isZone(end)) {
                names.requireHost(end, link.place);
            }
        }
    }
    for (auto const& rule : platform.explicitly) {
        if (!names.isLoad(rule.service)) {
            names.requireService(rule.service, rule.place);
        }
        for (auto const& host : rule.hosts) {
            names.requireHost(host, rule.place);
        }
    }
}

void checkLive(Live const& live, KnownNames const& names, Report& report) {
    std::vector<std::string> agents;
    for (auto const& agent : live.agents) {
        agents.push_back(agent.name);
    }
    for (auto const& target : live.services) {
        names.requireService(target.service, target.place);
        bool const isKnown =
            target.agent.empty()
            || std::find(agents.begin(), agents.end(), target.agent) != agents.end();
        if (!isKnown) {
            report.add(codes::unknownThing, target.place,
                       "there is no agent '" + target.agent + "'", nearestOf(target.agent, agents));
        }
    }
    for (auto const& load : live.load) {
        names.requireLoad(load.load, load.place);
    }
}

bool speaksOf(CallName const& rule, CallSite const& site) {
    bool const callerFits = rule.caller == "*" ? !site.callerIsLoad : rule.caller == site.caller;
    bool const calleeFits =
        rule.callee.service == "*" || rule.callee.service == site.callee.service;
    return callerFits && calleeFits;
}

// A rule that no call falls under is probably about a call with another name.
void checkRules(Scenario const& scenario, KnownNames const& names, Report& report) {
    auto const sites = callSitesOf(scenario);
    for (auto const& rule : scenario.calls) {
        names.requireCall(rule.name, rule.place, KnownNames::Star::Allowed);
        bool const isGeneral = rule.name.caller == "*" && rule.name.callee.service == "*";
        bool const isUsed = std::any_of(sites.begin(), sites.end(), [&](CallSite const& site) {
            return speaksOf(rule.name, site);
        });
        if (!isUsed && !isGeneral && names.hasEnds(rule.name)) {
            report.add(codes::unusedRule, rule.place,
                       "nobody makes a call '" + toText(rule.name) + "'",
                       "remove the rule, or add the call to the caller's steps");
        }
    }
}

} // namespace

void checkNames(Scenario const& scenario, Report& report) {
    KnownNames const names(scenario, report);
    for (auto const& site : callSitesOf(scenario)) {
        names.requireEndpoint(site.callee, site.place);
    }
    checkRules(scenario, names, report);
    checkTopics(scenario, names);
    if (scenario.platform) {
        checkMachines(*scenario.platform, names);
    }
    if (scenario.live) {
        checkLive(*scenario.live, names, report);
    }
}

} // namespace shakedown::checking
