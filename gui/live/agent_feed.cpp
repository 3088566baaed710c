#include "gui/live/agent_feed.hpp"

#include <algorithm>

namespace shakedown::gui {

AgentFeed::AgentFeed(QObject* parent) : QObject(parent) {}

AgentFeed::~AgentFeed() {
    for (auto const& one : watched_)
        one.watch->leave();
}

AgentSight const* AgentFeed::find(QString const& address) const {
    auto const found = std::find_if(sights_.begin(), sights_.end(), [&](AgentSight const& sight) {
        return sight.place.address == address;
    });
    return found == sights_.end() ? nullptr : &*found;
}

QString AgentFeed::add(AgentPlace const& place) {
    if (QString const why = whyNoPlace(place); !why.isEmpty())
        return why;
    for (std::size_t i = 0; i < sights_.size(); ++i)
        if (sights_[i].place.address == place.address) {
            if (sights_[i].place.tokenFile == place.tokenFile)
                return {};
            drop(i);
            break;
        }
    if (sights_.size() == mostAgents)
        return QString("%1 agents are looked at, and no more at once").arg(mostAgents);
    AgentSight sight;
    sight.place = place;
    if (sight.place.name.isEmpty())
        sight.place.name = place.address;
    sights_.push_back(sight);
    // Calls come on the thread of the watch, which ends before this object does.
    auto const number = ++added_;
    auto const name = sight.place.name;
    watched_.push_back(
        {number, std::make_unique<AgentWatch>(
                     sight.place,
                     [this, number](AgentSight seen) {
                         QMetaObject::invokeMethod(
                             this, [this, number, seen = std::move(seen)] { take(number, seen); },
                             Qt::QueuedConnection);
                     },
                     [this, name](protocol::AgentEvent const& event) {
                         QString const line = name + ": " + QString::fromStdString(event.what) + " "
                                              + QString::fromStdString(event.fault) + " "
                                              + QString::fromStdString(event.detail);
                         QMetaObject::invokeMethod(
                             this, [this, line = line.simplified()] { Q_EMIT told(line); },
                             Qt::QueuedConnection);
                     })});
    Q_EMIT changed();
    return {};
}

void AgentFeed::remove(QString const& address) {
    for (std::size_t i = 0; i < sights_.size(); ++i)
        if (sights_[i].place.address == address) {
            drop(i);
            Q_EMIT changed();
            return;
        }
}

// Its thread may be in a call: it is waited for when this object goes, not now.
void AgentFeed::drop(std::size_t i) {
    std::erase_if(leaving_, [](auto const& watch) { return watch->hasEnded(); });
    auto const at = static_cast<std::ptrdiff_t>(i);
    watched_[i].watch->leave();
    leaving_.push_back(std::move(watched_[i].watch));
    watched_.erase(watched_.begin() + at);
    sights_.erase(sights_.begin() + at);
}

void AgentFeed::take(std::uint64_t number, AgentSight sight) {
    auto const found = std::find_if(watched_.begin(), watched_.end(),
                                    [&](Watched const& one) { return one.number == number; });
    if (found == watched_.end())
        return;
    auto& known = sights_[static_cast<std::size_t>(found - watched_.begin())];
    if (sight.state == AgentSight::State::Lost) { // what it had at work is still of interest
        known.state = sight.state;
        known.why = sight.why;
    } else {
        known = std::move(sight);
    }
    Q_EMIT changed();
}

} // namespace shakedown::gui
