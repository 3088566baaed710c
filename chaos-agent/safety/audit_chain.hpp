#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "chaos-agent/safety/audit_log.hpp"

/// How lines of the audit log hang together: hash = SHA-256 of the object without the field
/// `hash`, its fields in the order of their names and without spaces; `previous` is the hash of
/// the line before, empty in the first.
namespace shakedown::safety {

/// The whole line, without its end, and its hash.
std::pair<std::string, std::string> chained(nlohmann::json body);

/// "2026-01-31T12:00:00.000Z"
std::string timeText(std::int64_t unixMs);

/// As checkAudit, and tells each line that holds.
system::Got<AuditCheck> followAudit(std::string const& path, AuditTail const& known,
                                    std::function<void(std::string const& line)> const& onLine);

} // namespace shakedown::safety
