#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/faults/fault.hpp"

/// Names of a fault's target looked up in the world.
namespace shakedown::faults {

/// The number of a service, or `world::nothing`.
std::uint32_t serviceNamed(world::World const& world, std::string const& name);
/// The number of "service/endpoint", or `world::nothing` (all endpoints) if none is named.
std::uint32_t endpointOf(world::World const& world, model::Target const& target);
/// The replicas (global numbers) a target names; chosen ones are drawn from the fault's stream.
std::vector<std::uint32_t> replicasOf(world::World const& world, model::Target const& target,
                                      Occurrence const& occurrence);
/// The machines a target names by host, by zone, or by the replicas of a service that stand on
/// them; none where the world has no machines.
std::vector<world::MachineId> machinesOf(world::World const& world, model::Target const& target,
                                         Occurrence const& occurrence);
/// The number of a zone, or `world::nothing`.
std::uint32_t zoneNamed(world::World const& world, std::string const& name);
/// The link of the platform that a target names, or `world::nothing`.
std::uint32_t wireOf(world::World const& world, model::Target const& target);

/// The connections a target names: those of its call ("*" matches any service), or all to its
/// service.
std::vector<std::uint32_t> linksOf(world::World const& world, model::Target const& target);

} // namespace shakedown::faults
