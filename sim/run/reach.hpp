#pragma once

#include "sim/faults/fault.hpp"

/// Whom an event touches, so that what follows can be put down to it.
namespace shakedown::run {

/// The replicas, calls and loads that a fault or an operation touches when it begins now; `event`
/// is left to the caller. Makes the same draws as the fault itself. Of what happens to a link of
/// the platform, every call is touched.
record::EventBegan reachOf(world::World const& world, model::FaultKind const& fault,
                           faults::Occurrence const& occurrence);
record::EventBegan reachOf(world::World const& world, model::OperationKind const& operation,
                           faults::Occurrence const& occurrence);

} // namespace shakedown::run
