#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "chaos-agent/conduct/agent_port.hpp"
#include "chaos-agent/conduct/programme.hpp"

namespace shakedown::conduct {

/// An agent as a run uses it.
struct HeldAgent {
    std::string name;
    AgentPort* port = nullptr;
};

/// What became of a fault that was to be taken back.
enum class TakenBack : std::uint8_t {
    Reverted,
    Stuck,      // the agent says that it could not
    Unconfirmed // nobody answers; its lease is over
};

/// The faults that are at work: starts them, renews their leases, takes them back. Whatever is left
/// when it goes is taken back then, the youngest first.
class HeldFaults {
public:
    explicit HeldFaults(std::vector<HeldAgent> agents);
    ~HeldFaults();
    HeldFaults(HeldFaults const&) = delete;
    HeldFaults& operator=(HeldFaults const&) = delete;

    struct Started {
        std::size_t number = 0; // how it is known here
        std::string id;         // and to its agent
    };
    struct NotStarted {
        std::string why;
    };
    /// `key` (not empty) makes that it is started once, however often that is tried.
    std::variant<Started, NotStarted> start(AgentFault const& fault, Duration duration,
                                            std::string const& key);

    struct Ended {
        std::size_t number = 0;
        TakenBack how = TakenBack::Reverted;
        std::string detail; // for people, unless reverted
        std::string facts;  // how the host of a load was, if its agent told
    };
    /// Waits until it is known what became of it, at most a lease and a few seconds.
    Ended end(std::size_t number);
    /// All that are left, the youngest first.
    std::vector<Ended> endAll();
    bool isHeld(std::size_t number) const;

    /// Why a fault ended without being told to, or might have: an agent that is lost or was halted.
    std::optional<std::string> lost() const;

private:
    struct Held {
        std::uint32_t agent = 0;
        std::string id;
        std::string what; // "hang of orders"
        Duration lease;
        std::chrono::steady_clock::time_point ends;    // by its own duration
        std::chrono::steady_clock::time_point renewed; // for sure
        bool isOver = false;
    };

    void keepRenewing(std::uint32_t agent, std::stop_token const& stop);
    void noteRenewal(std::size_t number, protocol::OrError<protocol::FaultReport> const& answer);
    void lose(std::string why);
    std::string const& nameOf(Held const& held) const { return agents_[held.agent].name; }
    std::vector<std::size_t> dueOf(std::uint32_t agent) const;

    std::vector<HeldAgent> agents_;
    mutable std::mutex mutex_;
    std::condition_variable_any wake_;
    std::vector<Held> held_;
    std::optional<std::string> lost_;
    std::vector<std::jthread> renewals_; // last: ends first
};

} // namespace shakedown::conduct
