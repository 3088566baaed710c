#pragma once

#include <functional>
#include <memory>

#include "scenarios/model/scenario.hpp"
#include "sim/world/hosting.hpp"

namespace shakedown::world {

/// Places the replicas and loads of a checked scenario with a `platform:` on its machines. `edges`
/// tell who calls whom, `zone` gives the number of a zone's name. Errors: a file that SimGrid
/// refuses, a host that is not there, callers that cannot reach their callees.
Result<std::shared_ptr<HostingPlan const>>
hostingOf(model::Scenario const& scenario, std::vector<Edge> const& edges,
          std::function<std::uint32_t(std::string const&)> const& zone);

/// Whether two plans have the same machines and links, so that a run can go from one to the other.
bool sameMachines(HostingPlan const& a, HostingPlan const& b);

} // namespace shakedown::world
