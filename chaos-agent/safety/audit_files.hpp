#pragma once

#include <string>
#include <vector>

#include "chaos-agent/safety/audit_log.hpp"

/// The files of an audit log: PATH, which is written, and PATH.000000012345 for each that is full,
/// named by the number of its last line.
namespace shakedown::safety {

std::string fullAuditFile(std::string const& path, std::uint64_t lastNumber);
/// Oldest first.
std::vector<std::string> fullAuditFiles(std::string const& path);

/// Number and hash of the last line of a full file; the hash is empty if the line cannot be read.
AuditTail tailOfFull(std::string const& file);

/// What was renamed and made in the folder of `path` is on the disk.
void syncFolderOf(std::string const& path);

} // namespace shakedown::safety
