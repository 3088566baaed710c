#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "chaos-agent/control/http_message.hpp"
#include "chaos-agent/control/request_head.hpp"
#include "chaos-agent/safety/keeper.hpp"

/// The answers of the native API. An error is {"error": {"code": ..., "message": ...}}.
namespace shakedown::control {

Response nativeAnswer(unsigned status, nlohmann::json const& body);
Response nativeError(unsigned status, char const* code, std::string const& message);
Response nativeError(safety::Refusal const& refusal);
/// Of the gate, before anything was asked.
Response nativeError(HttpRefusal const& refusal);

unsigned statusOf(safety::Refusal::Reason reason);
char const* codeOf(safety::Refusal::Reason reason);

} // namespace shakedown::control
