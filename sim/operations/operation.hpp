#pragma once

#include "scenarios/model/operation.hpp"
#include "sim/faults/fault.hpp"

namespace shakedown::operations {

using faults::Occurrence;
using faults::Undo;

/// Begins a planned operation; what it returns is done at its end, if it has one. `set` is not
/// here: what it changes comes as a revision of the document. Operations that this release cannot
/// simulate were refused by checking.
Undo begin(world::World& world, model::Operation const& operation, Occurrence const& occurrence);

} // namespace shakedown::operations
