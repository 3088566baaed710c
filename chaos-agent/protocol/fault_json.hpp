#pragma once

#include <string>
#include <variant>

#include <nlohmann/json.hpp>

#include "chaos-agent/protocol/fault.hpp"

/// The JSON of the messages. Durations are whole microseconds in fields that end in `_us`, shares
/// numbers from 0 to 1, sizes bytes.
namespace shakedown::protocol {

/// Why a document is not what it should be: names the field.
struct Unreadable {
    std::string why;
};
template <class T>
using Read = std::variant<T, Unreadable>;

nlohmann::json toJson(FaultRequest const& request);
/// Refuses unknown fields, wrong types, and values out of their ranges.
Read<FaultRequest> readRequest(nlohmann::json const& value);

nlohmann::json toJson(FaultReport const& report);
Read<FaultReport> readReport(nlohmann::json const& value);

nlohmann::json toJson(PlanReport const& plan);
Read<PlanReport> readPlan(nlohmann::json const& value);

nlohmann::json toJson(Capability const& capability);
Read<Capability> readCapability(nlohmann::json const& value);

nlohmann::json toJson(Halt const& halt);
Read<Halt> readHalt(nlohmann::json const& value);

nlohmann::json toJson(HaltOrder const& order);
Read<HaltOrder> readHaltOrder(nlohmann::json const& value);

nlohmann::json toJson(AgentEvent const& event);
Read<AgentEvent> readEvent(nlohmann::json const& value);

} // namespace shakedown::protocol
