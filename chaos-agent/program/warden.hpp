#pragma once

#include <memory>
#include <optional>

#include "chaos-agent/faults/connections.hpp"
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
    Warden(proxy::asio::io_context& io, Config const& config, injectors::Connections& connections);
    ~Warden();

    /// Takes the tenure, opens journal and audit log, starts the watchdog.
    system::Failed open();
    /// Time begins; faults that were left are taken back from here on.
    void start();
    /// Takes everything back, and waits a few seconds for what takes its time. How many faults are
    /// left that could not be.
    std::size_t shutDown();
    /// Null where nothing is kept.
    safety::HostKeeper* keeper() { return keeper_.get(); }

private:
    void tick();
    void onPoint();
    system::Failed watchAgain();

    Config const& config_;
    injectors::Connections& connections_;
    proxy::asio::steady_timer timer_;
    std::optional<safety::Tenure> tenure_;
    std::optional<safety::Watchman> watchman_;
    std::unique_ptr<safety::HostKeeper> keeper_;
    bool started_ = false;
};

} // namespace shakedown::agent
