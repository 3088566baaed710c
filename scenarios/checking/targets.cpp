#include <algorithm>

#include "scenarios/checking/codes.hpp"
#include "scenarios/checking/known_names.hpp"
#include "scenarios/checking/rules.hpp"

namespace shakedown::checking {

using namespace model;

namespace {

class Targets {
public:
    Targets(Scenario const& scenario, Report& report) : names_(scenario, report), report_(report) {}

    void check(Target const& target, Place const& place) const {
        checkService(target, place);
        if (target.call) {
            names_.requireCall(*target.call, place, KnownNames::Star::Allowed);
        }
        if (!target.zone.empty()) {
            names_.requireZone(target.zone, place);
        }
        if (!target.host.empty()) {
            names_.requireHost(target.host, place);
        }
        if (!target.link.empty()) {
            names_.requireLink(target.link, place);
        }
        if (!target.topic.empty()) {
            names_.requireTopic(target.topic, place);
        }
        if (!target.load.empty()) {
            names_.requireLoad(target.load, place);
        }
    }

    void checkFault(Fault const& fault) const {
        std::visit([&](auto const& what) { checkFault(what, fault.place); }, fault.what);
    }
    void checkOperation(Operation const& operation) const {
        std::visit([&](auto const& what) { checkOperation(what, operation.place); },
                   operation.what);
    }

private:
    void checkFault(Partition const& partition, Place const& place) const {
        for (auto const* side : {&partition.between, &partition.andSide}) {
            for (auto const& name : *side) {
                names_.requireSide(name, place);
            }
        }
    }
    void checkFault(Cold const& cold, Place const& place) const {
        check(cold.target, place);
        if (!cold.cache.empty()) {
            names_.requireCache(cold.cache, place);
        }
    }
    template <class F>
    void checkFault(F const& fault, Place const& place) const {
        check(fault.target, place);
    }

    void checkOperation(FlipBreaker const& flip, Place const& place) const {
        names_.requireCall(flip.call, place, KnownNames::Star::Allowed);
    }
    void checkOperation(Deploy const& deploy, Place const& place) const {
        check(deploy.target, place);
        Service const* const service = names_.service(deploy.target.service);
        if (service == nullptr || deploy.version.empty()) {
            return;
        }
        std::vector<std::string> versions;
        for (auto const& version : service->versions) {
            versions.push_back(version.name);
        }
        if (std::find(versions.begin(), versions.end(), deploy.version) == versions.end()) {
            report_.add(codes::unknownThing, place,
                        "'" + service->name + "' has no version '" + deploy.version + "'",
                        nearestOf(deploy.version, versions));
        }
    }
    void checkOperation(Set const&, Place const&) const {} // its path was followed by the reader
    void checkOperation(ReplayEvents const& replay, Place const& place) const {
        names_.requireProjection(replay.projection, place);
    }
    template <class O>
    void checkOperation(O const& operation, Place const& place) const {
        check(operation.target, place);
    }

    void checkService(Target const& target, Place const& place) const {
        if (target.service.empty()) {
            return;
        }
        if (!target.endpoint.empty()) {
            names_.requireEndpoint({target.service, target.endpoint}, place);
        } else {
            names_.requireService(target.service, place);
        }
        if (Service const* const service = names_.service(target.service)) {
            checkReplicas(target.replicas, *service, place);
        }
    }

    void checkReplicas(ReplicaChoice const& choice, Service const& service,
                       Place const& place) const {
        auto const tooMany = [&](int number) {
            report_.add(codes::impossibleNumber, place,
                        std::holds_alternative<ReplicaList>(choice)
                            ? "'" + service.name + "' has no replica number "
                                  + std::to_string(number)
                            : "'" + service.name + "' does not have " + std::to_string(number)
                                  + " replicas",
                        "it has " + std::to_string(service.replicas) + ", numbered from 0");
        };
        if (auto const* count = std::get_if<ReplicaCount>(&choice);
            count && count->count > service.replicas) {
            tooMany(count->count);
        }
        if (auto const* list = std::get_if<ReplicaList>(&choice)) {
            for (int const number : list->numbers) {
                if (number < 0 || number >= service.replicas) {
                    tooMany(number);
                }
            }
        }
    }

    KnownNames names_;
    Report& report_;
};

} // namespace

void checkTargets(Scenario const& scenario, Report& report) {
    Targets const targets(scenario, report);
    for (auto const& fault : scenario.faults) {
        targets.checkFault(fault);
    }
    for (auto const& operation : scenario.operations) {
        targets.checkOperation(operation);
    }
}

} // namespace shakedown::checking
