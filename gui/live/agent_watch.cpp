#include "gui/live/agent_watch.hpp"

#include <algorithm>
#include <utility>

#include "chaos-agent/protocol/client.hpp"

namespace shakedown::gui {

namespace {

using namespace std::chrono_literals;
using protocol::Client;
using protocol::ClientError;

constexpr auto callWithin = 3s;
constexpr auto listenFor = 2s;
// What happened before we came is told at once, and not news.
constexpr auto passOverFor = 200ms;
constexpr std::chrono::milliseconds firstRest = 250ms;
constexpr std::chrono::milliseconds longestRest = 5s;

protocol::OrError<Client> clientOf(AgentPlace const& place) {
    protocol::ClientSettings settings;
    settings.address = place.address.toStdString();
    settings.tokenFile = place.tokenFile.toStdString();
    settings.limits.within = callWithin;
    return Client::make(settings);
}

QString wordsOf(ClientError const& error) {
    return QString::fromStdString(error.message);
}

} // namespace

AgentWatch::AgentWatch(AgentPlace place, OnSight onSight, OnEvent onEvent)
    : place_(std::move(place)), onSight_(std::move(onSight)), onEvent_(std::move(onEvent)),
      thread_([this] {
          work();
          hasEnded_ = true;
      }) {}

AgentWatch::~AgentWatch() {
    leave();
    thread_.join();
}

void AgentWatch::leave() {
    {
        std::lock_guard const lock(mutex_);
        isOver_ = true;
    }
    wake_.notify_all();
}

void AgentWatch::work() {
    auto pause = firstRest;
    while (!isOver_) {
        auto why = look();
        if (!why)
            why = listen();
        if (!why) {
            pause = firstRest;
            continue;
        }
        isFresh_ = true; // who comes back may count its events anew
        heard_ = 0;
        if (isOver_)
            return;
        AgentSight lost;
        lost.place = place_;
        lost.state = AgentSight::State::Lost;
        lost.why = *why;
        onSight_(std::move(lost));
        rest(pause);
        pause = std::min(2 * pause, longestRest);
    }
}

std::optional<QString> AgentWatch::look() {
    auto const client = clientOf(place_);
    if (auto const* error = std::get_if<ClientError>(&client))
        return wordsOf(*error);
    auto const halt = std::get<Client>(client).halted();
    if (auto const* error = std::get_if<ClientError>(&halt))
        return wordsOf(*error);
    auto faults = std::get<Client>(client).list();
    if (auto const* error = std::get_if<ClientError>(&faults))
        return wordsOf(*error);
    AgentSight sight;
    sight.place = place_;
    sight.state = AgentSight::State::Reachable;
    sight.halt = std::get<protocol::Halt>(halt);
    sight.faults = std::get<std::vector<protocol::FaultReport>>(std::move(faults));
    sight.seen = std::chrono::steady_clock::now();
    sight.wasSeen = true;
    if (!isOver_)
        onSight_(std::move(sight));
    return {};
}

// Until something happens.
std::optional<QString> AgentWatch::listen() {
    auto const client = clientOf(place_);
    if (auto const* error = std::get_if<ClientError>(&client))
        return wordsOf(*error);
    bool const isPast = std::exchange(isFresh_, false);
    auto const last = std::get<Client>(client).events(
        heard_,
        isPast ? std::chrono::milliseconds(passOverFor) : std::chrono::milliseconds(listenFor),
        [&](protocol::AgentEvent const& event) {
            if (isOver_)
                return protocol::Follow::End;
            if (isPast)
                return protocol::Follow::On;
            onEvent_(event);
            return protocol::Follow::End;
        });
    if (auto const* error = std::get_if<ClientError>(&last))
        return wordsOf(*error);
    heard_ = std::get<std::uint64_t>(last);
    return {};
}

void AgentWatch::rest(std::chrono::milliseconds span) {
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, span, [this] { return isOver_.load(); });
}

} // namespace shakedown::gui
