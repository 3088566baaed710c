#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "scenarios/checking/report.hpp"
#include "scenarios/model/scenario.hpp"

namespace shakedown::checking {

/// What the names of a scenario can mean; looks them up and reports those that mean nothing.
class KnownNames {
public:
    KnownNames(model::Scenario const& scenario, Report& report);

    enum class Star : std::uint8_t { Refused, Allowed };

    model::Service const* service(std::string const& name) const;
    bool isLoad(std::string const& name) const { return loads_.contains(name); }
    /// Whether both ends of a call are there or '*'.
    bool hasEnds(model::CallName const& name) const;
    bool isZone(std::string const& name) const { return zones_.contains(name); }

    /// Reports an endpoint that is not there, or a service named alone that has several.
    void requireEndpoint(model::EndpointName const& name, Place const& place) const;
    void requireService(std::string const& name, Place const& place) const;
    /// Reports ends of a call that are not there.
    void requireCall(model::CallName const& name, Place const& place, Star star) const;
    void requireLoad(std::string const& name, Place const& place) const;
    void requireZone(std::string const& name, Place const& place) const;
    void requireHost(std::string const& name, Place const& place) const;
    void requireLink(std::string const& name, Place const& place) const;
    void requireTopic(std::string const& name, Place const& place) const;
    void requireCache(std::string const& name, Place const& place) const;
    void requireProjection(std::string const& name, Place const& place) const;
    /// A side of a partition: a service, a load or a zone.
    void requireSide(std::string const& name, Place const& place) const;
    /// A fault or an operation.
    void requireEvent(std::string const& name, Place const& place) const;

private:
    using Set = std::unordered_set<std::string>;
    void require(Set const& known, std::string const& name, char const* what,
                 Place const& place) const;
    static std::vector<std::string> listOf(Set const& set);

    Report& report_;
    std::unordered_map<std::string, model::Service const*> services_;
    std::vector<std::string> serviceNames_;
    bool hasForeignMachines_ = false; // in a file that only SimGrid reads
    Set loads_, zones_, hosts_, links_, topics_, caches_, projections_, events_;
};

} // namespace shakedown::checking
