#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "chaos-agent/control/feed.hpp"
#include "chaos-agent/safety/keeper.hpp"

namespace shakedown::control {

/// Wakes everybody who reads the keeper's events. Nothing is kept here: each reader asks the keeper
/// for what came after the event it had last. The keeper must outlive this, and this the readers'
/// next().
class EventHub : public std::enable_shared_from_this<EventHub> {
public:
    explicit EventHub(safety::Keeper& keeper);
    ~EventHub();
    EventHub(EventHub const&) = delete;
    EventHub& operator=(EventHub const&) = delete;

    /// A stream of server-sent events: what comes after the event of that number; after the newest
    /// unless told. Where events are gone already, or the number is of an earlier life of the
    /// agent, an event named `lost` comes first.
    std::shared_ptr<Feed> subscribe(std::optional<std::uint64_t> after);

private:
    friend class EventFeed;

    safety::Keeper& keeper_;
    std::map<std::uint64_t, std::function<void()>> readers_;
    std::uint64_t made_ = 0;
};

} // namespace shakedown::control
