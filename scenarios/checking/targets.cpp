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

    void checkFault(Fault const& fault) const {
        std::visit(
            [&](auto const& what) {
                checkFault(what, Where{fault.place, fault.mentions});
            },
            fault.what);
    }
    void checkOperation(Operation const& operation) const {
        std::visit(
            [&](auto const& what) {
                checkOperation(what, Where{operation.place, operation.mentions});
            },
            operation.what);
    }

private:
    // The fault or operation in the file, and the words it is written with.
    struct Where {
        Place const& whole;
        Mentions const& mentions;
        Place of(std::string const& word) const { return placeOf(word, mentions, whole); }
    };

    void check(Target const& target, Where const& where) const {
        checkService(target, where);
        if (target.call) {
            checkCall(*target.call, where);
        }
        if (!target.zone.empty()) {
            names_.requireZone(target.zone, where.of(target.zone));
        }
        if (!target.host.empty()) {
            names_.requireHost(target.host, where.of(target.host));
        }
        if (!target.link.empty()) {
            names_.requireLink(target.link, where.of(target.link));
        }
        if (!target.topic.empty()) {
            names_.requireTopic(target.topic, where.of(target.topic));
        }
        if (!target.load.empty()) {
            names_.requireLoad(target.load, where.of(target.load));
        }
    }

    void checkFault(Partition const& partition, Where const& where) const {
        for (auto const* side : {&partition.between, &partition.andSide}) {
            for (auto const& name : *side) {
                names_.requireSide(name, where.of(name));
            }
        }
    }
    void checkFault(Cold const& cold, Where const& where) const {
        check(cold.target, where);
        if (!cold.cache.empty()) {
            names_.requireCache(cold.cache, where.of(cold.cache));
        }
    }
    template <class F>
    void checkFault(F const& fault, Where const& where) const {
        check(fault.target, where);
    }

    void checkOperation(FlipBreaker const& flip, Where const& where) const {
        checkCall(flip.call, where);
    }
    void checkOperation(Deploy const& deploy, Where const& where) const {
        check(deploy.target, where);
        Service const* const service = names_.service(deploy.target.service);
        if (service == nullptr || deploy.version.empty()) {
            return;
        }
        std::vector<std::string> versions;
        for (auto const& version : service->versions) {
            versions.push_back(version.name);
        }
        if (std::find(versions.begin(), versions.end(), deploy.version) == versions.end()) {
            report_.add(codes::unknownThing, where.of(deploy.version),
                        "'" + service->name + "' has no version '" + deploy.version + "'",
                        nearestOf(deploy.version, versions));
        }
    }
    void checkOperation(Set const&, Where const&) const {} // its path was followed by the reader
    void checkOperation(ReplayEvents const& replay, Where const& where) const {
        names_.requireProjection(replay.projection, where.of(replay.projection));
    }
    template <class O>
    void checkOperation(O const& operation, Where const& where) const {
        check(operation.target, where);
    }

    void checkCall(CallName const& call, Where const& where) const {
        names_.requireCall(call, where.of(toText(call)), KnownNames::Star::Allowed);
    }

    void checkService(Target const& target, Where const& where) const {
        if (target.service.empty()) {
            return;
        }
        if (names_.service(target.service) == nullptr || target.endpoint.empty()) {
            names_.requireService(target.service, where.of(target.service));
        } else {
            names_.requireEndpoint({target.service, target.endpoint}, where.of(target.endpoint));
        }
        if (Service const* const service = names_.service(target.service)) {
            checkReplicas(target.replicas, *service, where);
        }
    }

    void checkReplicas(ReplicaChoice const& choice, Service const& service,
                       Where const& where) const {
        std::string const has = "it has " + std::to_string(service.replicas) + ", numbered from 0";
        if (auto const* count = std::get_if<ReplicaCount>(&choice);
            count && count->count > service.replicas) {
            std::string const number = std::to_string(count->count);
            report_.add(codes::impossibleNumber, where.of(number),
                        "'" + service.name + "' does not have " + number + " replicas", has);
        }
        auto const* const list = std::get_if<ReplicaList>(&choice);
        for (int const replica : list ? list->numbers : std::vector<int>()) {
            if (replica < 0 || replica >= service.replicas) {
                std::string const number = std::to_string(replica);
                report_.add(codes::impossibleNumber, where.of(number),
                            "'" + service.name + "' has no replica number " + number, has);
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
