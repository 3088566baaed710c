#include "chaos-agent/control/event_hub.hpp"

#include <utility>

#include "chaos-agent/protocol/fault_json.hpp"

namespace shakedown::control {

namespace {

constexpr std::size_t eventsAtOnce = 64;

std::string textOf(protocol::AgentEvent const& event) {
    return "id: " + std::to_string(event.number) + "\ndata: "
           + protocol::toJson(event).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
           + "\n\n";
}

std::string lost(std::uint64_t after, std::uint64_t next) {
    return "event: lost\ndata: {\"after\":" + std::to_string(after)
           + ",\"next\":" + std::to_string(next) + "}\n\n";
}

} // namespace

/// What one reader has had, and how to wake it.
class EventFeed : public Feed {
public:
    // `first` says already that something is lost.
    EventFeed(std::shared_ptr<EventHub> hub, std::uint64_t number, std::uint64_t last,
              std::string first)
        : hub_(std::move(hub)), number_(number), last_(last), first_(std::move(first)) {}
    ~EventFeed() override { hub_->readers_.erase(number_); }

    std::string next() override {
        auto const events = hub_->keeper_.eventsAfter(last_);
        std::string text = std::exchange(first_, {});
        for (std::size_t i = 0; i < events.size() && i < eventsAtOnce; ++i) {
            if (events[i].number != last_ + 1 && (last_ != 0 || text.empty()))
                text += lost(last_, events[i].number);
            text += textOf(events[i]);
            last_ = events[i].number;
        }
        return text;
    }
    void onMore(std::function<void()> onMore) override {
        hub_->readers_[number_] = std::move(onMore);
    }

private:
    std::shared_ptr<EventHub> hub_;
    std::uint64_t number_; // of the reader
    std::uint64_t last_;   // event it had
    std::string first_;    // before any event
};

EventHub::EventHub(safety::Keeper& keeper) : keeper_(keeper) {
    keeper_.onEvent([this](protocol::AgentEvent const&) {
        for (auto const& [number, wake] : readers_)
            if (wake)
                wake();
    });
}

EventHub::~EventHub() {
    keeper_.onEvent({});
}

std::shared_ptr<Feed> EventHub::subscribe(std::optional<std::uint64_t> after) {
    auto const kept = keeper_.eventsAfter(0);
    std::uint64_t const newest = kept.empty() ? 0 : kept.back().number;
    std::uint64_t const number = made_++;
    // A number that is yet to come is of a life before this one: everything is new.
    if (after && *after > newest)
        return std::make_shared<EventFeed>(shared_from_this(), number, 0,
                                           lost(*after, kept.empty() ? 1 : kept[0].number));
    return std::make_shared<EventFeed>(shared_from_this(), number, after.value_or(newest), "");
}

} // namespace shakedown::control
