#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "chaos-agent/faults/operation.hpp"
#include "chaos-agent/protocol/fault.hpp"
#include "chaos-agent/system/failure.hpp"

struct sqlite3;

namespace shakedown::safety {

/// What is written down of a fault.
struct JournalEntry {
    std::string id;
    protocol::FaultRequest request;
    std::vector<injectors::Operation> steps;
    std::vector<std::string> claims;
    std::string planHash;
    std::string owner;
    std::string key; // idempotency; may be empty
    protocol::FaultState state = protocol::FaultState::Applying;
    protocol::EndReason reason = protocol::EndReason::None;
    std::string detail;
    std::string facts;
    std::size_t begun = 0; // steps that may have been done, wholly or in part
    bool irreversible = false;
    std::string boot; // the boot of the host it belongs to
    std::int64_t startedAtMs = 0;
    std::int64_t endedAtMs = 0;
    /// Why its steps cannot be read, so that nobody knows what it did; empty if they can.
    std::string unreadable;
};

bool isOver(protocol::FaultState state);

/// The last line of the audit log that is known to have been written.
struct AuditTail {
    std::uint64_t number = 0;
    std::string hash;
};

/// A file of SQLite, write-ahead logged and synchronous in full: what it took is on the disk.
class Journal {
public:
    static system::Got<Journal> open(std::string const& path);

    /// Inserts the entry or replaces the one of that id, and keeps the tail, in one transaction.
    system::Failed put(JournalEntry const& entry, AuditTail const& tail);
    /// Those that are not over, oldest first. Who can read the steps of one takes it back: what
    /// else is damaged has its default. One whose steps are damaged is told as `unreadable`.
    system::Got<std::vector<JournalEntry>> live() const;
    /// Those that are over, youngest first, but for damaged ones.
    system::Got<std::vector<JournalEntry>> ended(std::size_t atMost) const;
    /// Forgets all but the youngest `kept` of those that are over.
    system::Failed forget(std::size_t kept);

    system::Failed setHalt(protocol::Halt const& halt, AuditTail const& tail);
    system::Got<protocol::Halt> halt() const;
    system::Got<AuditTail> auditTail() const;

private:
    struct Closer {
        void operator()(sqlite3* database) const;
    };
    explicit Journal(sqlite3* database) : database_(database) {}
    system::Got<std::vector<JournalEntry>> select(std::string const& where) const;

    std::unique_ptr<sqlite3, Closer> database_;
};

} // namespace shakedown::safety
