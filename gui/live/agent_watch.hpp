#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "gui/live/agent_sight.hpp"

namespace shakedown::gui {

/// Looks at one agent on a thread of its own: its lever and its faults, again whenever its stream
/// of events says that something happened, and at least every two seconds. An agent that is not
/// reached is tried again, later each time up to five seconds.
class AgentWatch {
public:
    /// Called on the watch's thread.
    using OnSight = std::function<void(AgentSight)>;
    using OnEvent = std::function<void(protocol::AgentEvent const&)>;

    AgentWatch(AgentPlace place, OnSight onSight, OnEvent onEvent);
    /// Waits for what is under way: at most the limit of a call.
    ~AgentWatch();
    AgentWatch(AgentWatch const&) = delete;
    AgentWatch& operator=(AgentWatch const&) = delete;

    /// Nothing is told from now on; so that several can end at the same time.
    void leave();
    /// Its thread has nothing more to do: nobody waits for it.
    bool hasEnded() const { return hasEnded_; }

private:
    void work();
    /// Nothing, or why it is not reached.
    std::optional<QString> look();
    std::optional<QString> listen();
    void rest(std::chrono::milliseconds span);

    AgentPlace place_;
    OnSight onSight_;
    OnEvent onEvent_;
    std::uint64_t heard_ = 0; // number of the last event
    bool isFresh_ = true;     // events from before we came have not been passed over yet
    std::atomic<bool> isOver_ = false;
    std::atomic<bool> hasEnded_ = false;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::thread thread_;
};

} // namespace shakedown::gui
