#pragma once

#include "chaos-agent/control/native_routes.hpp"

/// What the routes of the native API do, once it is clear that they may.
namespace shakedown::control {

Response servePlan(NativeDesk& desk, NativeCall const& call);
Response serveFaults(NativeDesk& desk, NativeCall const& call);
Response serveStart(NativeDesk& desk, NativeCall const& call);
Response serveFault(NativeDesk& desk, NativeCall const& call);
Response serveStop(NativeDesk& desk, NativeCall const& call);
Response serveRenew(NativeDesk& desk, NativeCall const& call);

Response serveHalted(NativeDesk& desk, NativeCall const& call);
Response serveHalt(NativeDesk& desk, NativeCall const& call);
Response serveRelease(NativeDesk& desk, NativeCall const& call);

Response serveTargets(NativeDesk& desk, NativeCall const& call);
Response serveCapabilities(NativeDesk& desk, NativeCall const& call);
Response serveAudit(NativeDesk& desk, NativeCall const& call);
Response serveEvents(NativeDesk& desk, NativeCall const& call);
Response serveOpenApi(NativeDesk& desk, NativeCall const& call);
Response serveMetrics(NativeDesk& desk, NativeCall const& call);
Response serveHealth(NativeDesk& desk, NativeCall const& call);
Response serveReadiness(NativeDesk& desk, NativeCall const& call);

inline constexpr std::size_t auditUnlessTold = 100;
inline constexpr std::size_t auditAtMost = 1000;

} // namespace shakedown::control
