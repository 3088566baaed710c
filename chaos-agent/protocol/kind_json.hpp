#pragma once

#include "chaos-agent/protocol/fault.hpp"
#include "chaos-agent/protocol/fields.hpp"

namespace shakedown::protocol {

/// The fields of a kind of fault, beside those that every request has.
void writeKind(FaultKind const& kind, nlohmann::json& object);
/// Takes the name from the field "kind"; complains to `fields` of what is wrong.
FaultKind readKind(Fields& fields);

} // namespace shakedown::protocol
