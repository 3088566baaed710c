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

/// What a line says that older ones were removed for want of room: up to and with that one.
inline constexpr char const* forgottenUpTo = "forgotten up to";
std::string textOf(AuditTail const& tail); // "12345 HASH"

/// Follows a chain over files, oldest first. What came before the first line is taken as it says.
class AuditWalk {
public:
    /// The line `known` must be there.
    explicit AuditWalk(AuditTail known) : known_(std::move(known)) {}

    /// Goes on behind a line that is in a file before.
    void beginBehind(AuditTail const& start);

    enum class Part { Full, Current };
    /// Fails if the file cannot be read, whatever is in it. Lines that hold are told.
    system::Failed follow(std::string const& path, Part part,
                          std::function<void(std::string const& line)> const& onLine);
    bool isWhole() const { return check_.broken.empty(); }
    /// After the last file.
    AuditCheck finish() const;
    /// Lines before the first one of which none says that they were forgotten; empty if all is
    /// well.
    std::string gap() const;

private:
    std::string add(std::string const& line);

    AuditTail known_;
    AuditCheck check_;
    AuditTail start_;     // before the first line
    AuditTail forgotten_; // what the lines say of it
    bool isBegun_ = false;
    bool isKnownThere_ = false;
};

} // namespace shakedown::safety
