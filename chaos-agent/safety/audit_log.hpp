#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <variant>
#include <vector>

#include "chaos-agent/safety/journal.hpp"
#include "chaos-agent/system/descriptor.hpp"
#include "chaos-agent/system/failure.hpp"

namespace shakedown::safety {

/// Something for the record.
struct AuditLine {
    std::string who;
    std::string what;
    std::string fault; // its id; may be empty
    std::string detail;
};

/// How much of an audit log is kept.
struct AuditBounds {
    std::size_t fileBytes = 4UL * 1024 * 1024;
    std::size_t fullFiles = 64;
};

/// A file that is only appended to, a JSON object a line. Each line holds the SHA-256 of the one
/// before it and of itself, so that none can be changed or taken out unseen; the journal keeps the
/// newest one, so that none can be cut off at the end. On the disk before it returns.
///
/// A full file is kept beside it, named by the number of its last line, and the chain goes on in a
/// new one. When there are too many the oldest is removed, and a line of the chain says so first.
class AuditLog {
public:
    /// Reads the file to its end. A last line that was cut short by a crash is taken off and told
    /// of in a line of its own; a file whose chain does not hold is kept under another name, and
    /// told of in the first line of a new one.
    /// The line `known`, which the journal keeps, must be there: that is how an end that was cut
    /// off is seen before the journal forgets it.
    static system::Got<AuditLog> open(std::string const& path, AuditTail const& known = {},
                                      AuditBounds bounds = {});
    /// One that takes no line, and says why.
    static AuditLog missing(system::Failure why);

    /// `atMs` is Unix time, for people.
    system::Failed append(AuditLine const& line, std::int64_t atMs);
    AuditTail const& tail() const { return tail_; }
    /// The newest lines, oldest first; at most a thousand are kept at hand.
    std::vector<std::string> newest(std::size_t count) const;

private:
    explicit AuditLog(system::Descriptor file) : file_(std::move(file)) {}
    static system::Got<AuditLog> setAside(std::string const& path, std::string const& why,
                                          AuditBounds bounds);
    system::Failed put(AuditLine const& line, std::int64_t atMs);
    system::Failed turnOver();
    void forgetOldest(std::int64_t atMs);
    void remember(std::string line);

    std::string path_;
    AuditBounds bounds_;
    system::Descriptor file_;
    std::size_t size_ = 0; // of the file
    std::string missing_;  // why there is no file
    AuditTail tail_;
    std::deque<std::string> newest_;
};

/// What the chain of a file says.
struct AuditCheck {
    std::uint64_t lines = 0;
    AuditTail tail;
    std::string broken;    // where and why, from 1; empty if the chain holds
    bool isTorn = false;   // the last line was cut short
    std::size_t sound = 0; // bytes up to the end of the last whole line
};

/// Follows the chain from the first line, through the full files too. `known` is the tail the
/// journal kept: its line must be there. Reads a line at a time; one above 64 KiB breaks the chain.
system::Got<AuditCheck> checkAudit(std::string const& path, AuditTail const& known);

} // namespace shakedown::safety
