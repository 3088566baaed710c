#pragma once

#include <memory>
#include <optional>

#include "chaos-agent/faults/operation.hpp"
#include "chaos-agent/program/config.hpp"
#include "chaos-agent/proxy/asio.hpp"
#include "chaos-agent/safety/host_keeper.hpp"
#include "chaos-agent/safety/tenure.hpp"
#include "chaos-agent/safety/watchman.hpp"

namespace shakedown::agent {

/// Runs the keeper: opens what it needs, tells it the time, beats to the watchdog and starts a new
/// one when that is gone. Without a state directory nothing is kept.
class Warden {
public:
    /// `tools` must outlive this.
    Warden(proxy::asio::io_context& io, Config const& config, injectors::Tools tools);
    ~Warden();

    /// Takes the tenure, opens journal and audit log, starts the watchdog. Where that fails, what
    /// an agent before this one left is taken back all the same.
    system::Failed open();
    /// Time begins; faults that were left are taken back from here on.
    void start();
    /// Looks at the time if it has not for a while: many requests must not keep faults from ending.
    void lookUp();
    /// Takes everything back, and waits a few seconds for what takes its time. How many faults are
    /// left that could not be.
    std::size_t shutDown();
    /// Null where nothing is kept.
    safety::HostKeeper* keeper() { return keeper_.get(); }

private:
    system::Failed openKeeper();
    void settleIn() const;
    void tick();
    void look();
    void onPoint();
    void watchAgain();
    system::Failed startWatchman();

    Config const& config_;
    injectors::Tools tools_;
    system::Companions companions_;
    proxy::asio::steady_timer timer_;
    std::optional<safety::Tenure> tenure_;
    std::optional<safety::Watchman> watchman_;
    std::unique_ptr<safety::HostKeeper> keeper_;
    bool started_ = false;
    Duration lookedAt_; // since boot
    Duration watchAt_;  // not sooner is another watchdog started
};

} // namespace shakedown::agent
