#include "scenarios/checking/known_names.hpp"

#include <algorithm>

#include "scenarios/checking/call_sites.hpp"
#include "scenarios/checking/codes.hpp"

namespace shakedown::checking {

using namespace model;

namespace {

template <class T>
void addNames(std::vector<T> const& list, std::unordered_set<std::string>& names) {
    for (auto const& one : list) {
        names.insert(one.name);
    }
}

std::vector<std::string> endpointNames(Service const& service) {
    std::vector<std::string> names;
    for (auto const& endpoint : service.endpoints) {
        names.push_back(endpoint.name);
    }
    return names;
}

} // namespace

KnownNames::KnownNames(Scenario const& scenario, Report& report) : report_(report) {
    for (auto const& service : scenario.services) {
        services_.emplace(service.name, &service);
        serviceNames_.push_back(service.name);
        zones_.insert(service.zones.begin(), service.zones.end());
        forEachStep(service, [&](Step const& step) {
            if (auto const* cache = std::get_if<Cache>(&step.what)) {
                caches_.insert(cache->name);
            }
        });
    }
    addNames(scenario.loads, loads_);
    addNames(scenario.topics, topics_);
    addNames(scenario.faults, events_);
    addNames(scenario.operations, events_);
    for (auto const& topic : scenario.topics) {
        addNames(topic.projections, projections_);
    }
    if (scenario.platform) {
        hasForeignMachines_ = !scenario.platform->file.empty();
        addNames(scenario.platform->hosts, hosts_);
        addNames(scenario.platform->links, links_);
        for (auto const& host : scenario.platform->hosts) {
            if (!host.zone.empty()) {
                zones_.insert(host.zone);
            }
        }
    }
}

std::vector<std::string> KnownNames::listOf(Set const& set) {
    std::vector<std::string> names(set.begin(), set.end());
    std::sort(names.begin(), names.end());
    return names;
}

Service const* KnownNames::service(std::string const& name) const {
    auto const found = services_.find(name);
    return found == services_.end() ? nullptr : found->second;
}

bool KnownNames::hasEnds(CallName const& name) const {
    bool const hasCaller =
        name.caller == "*" || service(name.caller) != nullptr || isLoad(name.caller);
    return hasCaller && (name.callee.service == "*" || service(name.callee.service) != nullptr);
}

void KnownNames::requireService(std::string const& name, Place const& place) const {
    if (service(name) == nullptr) {
        report_.add(codes::unknownService, place, "there is no service '" + name + "'",
                    nearestOf(name, serviceNames_));
    }
}

void KnownNames::requireEndpoint(EndpointName const& name, Place const& place) const {
    Service const* const target = service(name.service);
    if (target == nullptr) {
        requireService(name.service, place);
        return;
    }
    auto const names = endpointNames(*target);
    if (name.endpoint.empty()) {
        if (names.size() != 1) {
            report_.add(codes::ambiguousEndpoint, place,
                        names.empty() ? "the service '" + name.service + "' has no endpoint to call"
                                      : "which endpoint of '" + name.service + "' is called?",
                        names.empty() ? "give it one under 'endpoints:'"
                                      : "write '" + name.service + "/" + names.front() + "'");
        }
        return;
    }
    if (std::find(names.begin(), names.end(), name.endpoint) == names.end()) {
        report_.add(codes::unknownEndpoint, place,
                    "the service '" + name.service + "' has no endpoint '" + name.endpoint + "'",
                    nearestOf(name.endpoint, names));
    }
}

void KnownNames::requireCall(CallName const& name, Place const& place, Star star) const {
    bool const isAnyCaller = name.caller == "*" && star == Star::Allowed;
    bool const isAnyCallee = name.callee.service == "*" && star == Star::Allowed;
    if (!isAnyCaller && service(name.caller) == nullptr && !isLoad(name.caller)) {
        auto known = serviceNames_;
        known.insert(known.end(), loads_.begin(), loads_.end());
        std::sort(known.begin(), known.end());
        report_.add(codes::unknownService, place,
                    "there is no service or load '" + name.caller + "'",
                    nearestOf(name.caller, known));
    }
    if (isAnyCallee) {
        return;
    }
    if (name.callee.endpoint.empty()) {
        requireService(name.callee.service, place);
    } else {
        requireEndpoint(name.callee, place);
    }
}

void KnownNames::require(Set const& known, std::string const& name, char const* what,
                         Place const& place) const {
    if (!known.contains(name)) {
        report_.add(codes::unknownThing, place,
                    std::string("there is no ") + what + " '" + name + "'",
                    nearestOf(name, listOf(known)));
    }
}

void KnownNames::requireLoad(std::string const& name, Place const& place) const {
    require(loads_, name, "load", place);
}
void KnownNames::requireZone(std::string const& name, Place const& place) const {
    if (!hasForeignMachines_) {
        require(zones_, name, "zone", place);
    }
}
void KnownNames::requireHost(std::string const& name, Place const& place) const {
    if (!hasForeignMachines_) {
        require(hosts_, name, "host", place);
    }
}
void KnownNames::requireLink(std::string const& name, Place const& place) const {
    if (!hasForeignMachines_) {
        require(links_, name, "link", place);
    }
}
void KnownNames::requireTopic(std::string const& name, Place const& place) const {
    require(topics_, name, "topic", place);
}
void KnownNames::requireCache(std::string const& name, Place const& place) const {
    require(caches_, name, "cache", place);
}
void KnownNames::requireProjection(std::string const& name, Place const& place) const {
    require(projections_, name, "projection", place);
}

void KnownNames::requireSide(std::string const& name, Place const& place) const {
    if (service(name) != nullptr || isLoad(name) || isZone(name)) {
        return;
    }
    auto known = serviceNames_;
    known.insert(known.end(), loads_.begin(), loads_.end());
    known.insert(known.end(), zones_.begin(), zones_.end());
    std::sort(known.begin(), known.end());
    report_.add(codes::unknownThing, place, "there is no service, load or zone '" + name + "'",
                nearestOf(name, known));
}

void KnownNames::requireEvent(std::string const& name, Place const& place) const {
    if (!events_.contains(name)) {
        report_.add(codes::unknownEvent, place, "there is no fault or operation '" + name + "'",
                    nearestOf(name, listOf(events_)));
    }
}

} // namespace shakedown::checking
