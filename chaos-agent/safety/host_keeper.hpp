#pragma once

#include <deque>
#include <map>
#include <optional>

#include "chaos-agent/faults/planner.hpp"
#include "chaos-agent/safety/audit_log.hpp"
#include "chaos-agent/safety/guard.hpp"
#include "chaos-agent/safety/journal.hpp"
#include "chaos-agent/safety/keeper.hpp"

namespace shakedown::safety {

/// A point between two steps, at which a process can die: told to who wants to know.
enum class Point {
    BeforeAudit,
    AfterAudit,
    BeforeJournal,
    AfterJournal,
    BeforeApply,
    AfterApply,
    BeforeRevert,
    AfterRevert
};
char const* nameOf(Point point);

struct KeeperSettings {
    injectors::Targets targets;
    Caps caps;
    injectors::Protected spared;
    injectors::Tools tools;
    std::function<void(Point)> onPoint; // may be empty
    /// Called now and then where much is looked at, and may tick; may be empty.
    std::function<void()> meanwhile;
};

/// The keeper of one host. Adopts what it finds in the journal and takes it back. Time is the time
/// since boot; `tick` is to be called every 100 ms or so. In files by what happens to a fault: it
/// is adopted (host_keeper.cpp), started (_starting), kept or stopped (_orders), ended (_ending),
/// told of (_facts).
class HostKeeper final : public Keeper {
public:
    /// The journal must have been opened by the process that holds the tenure.
    static system::Got<std::unique_ptr<HostKeeper>> open(KeeperSettings settings, Journal journal,
                                                         AuditLog audit, Duration now);

    Or<protocol::PlanReport> plan(protocol::FaultRequest const& request) override;
    Or<protocol::FaultReport> start(protocol::FaultRequest const& request, Caller const& caller,
                                    std::string const& key) override;
    Or<protocol::FaultReport> renew(std::string const& id, Caller const& caller) override;
    Or<protocol::FaultReport> stop(std::string const& id, Caller const& caller) override;
    Or<protocol::FaultReport> get(std::string const& id) const override;
    std::vector<protocol::FaultReport> list() const override;
    std::vector<protocol::Capability> capabilities() const override;
    std::vector<std::string> targets() const override;
    protocol::Halt halted() const override { return halt_; }
    Or<protocol::Halt> halt(std::string const& reason, Caller const& caller) override;
    Or<protocol::Halt> release(Caller const& caller) override;
    void onDenied(std::string const& who, std::string const& what) override;
    std::vector<std::string> audit(std::size_t count) const override;
    void onEvent(std::function<void(protocol::AgentEvent const&)> listener) override;
    std::vector<protocol::AgentEvent> eventsAfter(std::uint64_t number) const override;
    Health health() const override;

    /// Ends what has to end, looks again at what was not yet so, and tries again what is stuck.
    void tick(Duration now);
    /// The agent ends: takes everything back.
    void shutDown();
    /// Faults that are not over, stuck ones too.
    std::size_t liveCount() const;
    /// Who takes back if we cannot, and so is in no fault itself; none if there is nobody.
    void setWatchdog(std::optional<system::ProcessId> watchdog) { watchdog_ = watchdog; }

private:
    struct Live {
        JournalEntry entry;
        Duration leaseUntil;
        Duration endsAt;
        Duration decideBy; // until when NotYet is good enough
        Duration retryAt;  // of a stuck one, and of what could not be written
        Duration revertBegan;
        bool isRefused = false; // a step could not be taken back: no use to wait for it
        bool isWritten = true;  // that it is over
        std::string toldStuck;  // why, when it was told last
    };
    /// Lines that others can cause as often as they like.
    struct Often {
        Duration since;
        std::size_t count = 0; // in the minute since then
    };

    static constexpr std::size_t endedAtHand = 1000;
    /// For what a process does in its own time.
    static constexpr Duration patience = Duration::seconds(30);

    HostKeeper(KeeperSettings settings, Journal journal, AuditLog audit, Duration now);
    void adopt(JournalEntry entry);
    Or<injectors::Plan> allowedPlan(protocol::FaultRequest const& request);
    void rememberKey(JournalEntry const& entry);
    void applySteps(Live& live);
    void settle(Live& live);
    void settleApplying(Live& live);
    void settleReverting(Live& live);
    /// Takes back; what it came to is looked at by settle().
    void beginRevert(Live& live, protocol::EndReason reason, std::string const& detail);
    void revertSteps(Live& live);
    void endIfDue(Live& live);
    void settleSome();
    void retry(Live& live);
    void stick(Live& live, std::string const& why);
    void finish(Live& live);
    void writeEnd(Live& live);
    system::Failed record(AuditLine const& line);
    void record(AuditLine const& line, Often& often);
    Refusal notYours(Live const& live, Caller const& caller, std::string const& what);
    system::Failed write(Live const& live);
    void tell(std::string const& what, std::string const& fault, std::string const& detail);
    protocol::FaultReport reportOf(JournalEntry const& entry, Live const* live) const;
    Live* find(std::string const& id);
    void at(Point point) const;
    AtWork atWork() const;
    injectors::Protected spared() const;

    KeeperSettings settings_;
    Journal journal_;
    AuditLog audit_;
    Duration now_;
    protocol::Halt halt_;
    std::map<std::string, Live> live_;                                // by id
    std::deque<protocol::FaultReport> ended_;                         // youngest first
    std::map<std::pair<std::string, std::string>, std::string> keys_; // owner and key to id
    std::deque<protocol::AgentEvent> events_;
    std::uint64_t eventCount_ = 0;
    std::function<void(protocol::AgentEvent const&)> listener_;
    std::string settledLast_; // an id; the others are looked at before it
    Health health_;
    bool canAudit_ = true;
    bool canJournal_ = true;
    std::optional<system::ProcessId> watchdog_;
    Often denied_;
    Often refused_;
};

} // namespace shakedown::safety
