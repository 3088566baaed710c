#include "reports/verdict/story.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace shakedown::verdict {

namespace {

using record::Moment;
using record::Pressure;

// Workers are all busy for an instant in any healthy system; only a lasting shortage is a step.
constexpr Duration lasting = Duration::seconds(1);
constexpr char const* allBusy = "workers all busy";

std::string nameOf(std::vector<std::string> const& names, std::uint32_t i) {
    return i < names.size() ? names[i] : std::string();
}

class Teller {
public:
    Teller(Evidence const& evidence, record::Names const& names)
        : evidence_(evidence), names_(names), from_(firstEvent()) {}

    std::vector<StoryItem> tell() {
        auto const& points = evidence_.turningPoints;
        for (std::size_t i = 0; i < points.size() && story_.size() < storyLimit; ++i) {
            follow(points[i]);
            if (points[i].at >= from_) {
                consider(i);
            }
        }
        std::stable_sort(story_.begin(), story_.end(),
                         [](StoryItem const& a, StoryItem const& b) { return a.at < b.at; });
        return std::move(story_);
    }

private:
    SimTime firstEvent() const {
        SimTime first = SimTime::never();
        for (EventSpan const& span : evidence_.eventSpans) {
            first = std::min(first, span.begin);
        }
        return evidence_.eventSpans.empty() ? SimTime() : first;
    }

    void follow(Moment const& moment) {
        if (auto const* began = std::get_if<record::EventBegan>(&moment.what)) {
            active_.push_back(*began);
            latest_ = began->event;
        } else if (auto const* ended = std::get_if<record::EventEnded>(&moment.what)) {
            auto const found = std::find_if(active_.begin(), active_.end(),
                                            [&](auto const& e) { return e.event == ended->event; });
            if (found != active_.end()) {
                active_.erase(found);
            }
        }
    }

    void consider(std::size_t i) {
        now_ = i;
        Moment const& moment = evidence_.turningPoints[i];
        if (auto const* p = std::get_if<record::PressureBegan>(&moment.what)) {
            if (p->what == Pressure::QueueFull) {
                addPressure(moment.at, *p, "queue full");
            } else if (lasts(i, *p)) {
                addPressure(moment.at, *p, allBusy);
            }
        } else if (auto const* h = std::get_if<record::HostCrowded>(&moment.what)) {
            std::string const user = nameOf(names_.services, h->user);
            std::string const event = underWay({});
            add(moment.at, hostName(h->host), "crowded by " + user,
                event.empty() && h->user != h->waiting ? "noisy neighbour " + user : event);
        } else if (auto const* b = std::get_if<record::BreakerChanged>(&moment.what)) {
            if (b->to == record::BreakerState::Open) {
                add(moment.at, nameOf(names_.calls, b->call), "breaker opened",
                    underWay(onCall(*b)));
            } else if (b->to == record::BreakerState::ForcedOpen) {
                add(moment.at, nameOf(names_.calls, b->call), "breaker opened by hand",
                    underWay(onCall(*b)));
            }
        } else if (auto const* r = std::get_if<record::ReplicaChanged>(&moment.what)) {
            if (r->to == record::ReplicaState::Down) {
                add(moment.at, nameOf(names_.services, r->service), "replica down",
                    underWay(onService(r->service)));
            } else if (r->to == record::ReplicaState::Hung) {
                add(moment.at, nameOf(names_.services, r->service), "replica hung",
                    underWay(onService(r->service)));
            }
        }
    }

    bool lasts(std::size_t i, record::PressureBegan const& began) const {
        if (told_.contains({nameOf(names_.services, began.service), allBusy})) {
            return false;
        }
        SimTime const at = evidence_.turningPoints[i].at;
        for (std::size_t k = i + 1; k < evidence_.turningPoints.size(); ++k) {
            Moment const& later = evidence_.turningPoints[k];
            if (later.at - at >= lasting) {
                return true;
            }
            auto const* ended = std::get_if<record::PressureEnded>(&later.what);
            if (ended != nullptr && ended->service == began.service
                && ended->replica == began.replica && ended->what == began.what) {
                return false;
            }
        }
        return evidence_.ended - at >= lasting;
    }

    void addPressure(SimTime at, record::PressureBegan const& began, char const* what) {
        if (began.since != SimTime::never()) {
            at = std::max(began.since, from_);
        }
        std::string const call = nameOf(names_.calls, began.heldBy);
        std::string const service = nameOf(names_.services, began.service);
        if (began.host != record::nobody && call.empty()) {
            std::string const host = hostName(began.host);
            add(at, service, what, "waiting for " + host, host);
        } else if (call.empty()) {
            add(at, service, what, underWay(onService(began.service)));
        } else {
            add(at, service, what, "waiting for " + call, calleeOf(call));
        }
    }

    std::string hostName(std::uint32_t host) const { return "host " + nameOf(names_.hosts, host); }

    // "a -> b/c" leads to b.
    static std::string calleeOf(std::string const& call) {
        constexpr std::string_view arrow = " -> ";
        auto const at = call.find(arrow);
        return at == std::string::npos
                   ? ""
                   : call.substr(at + arrow.size(), call.find('/', at) - at - arrow.size());
    }

    using Touches = std::function<bool(record::EventBegan const&)>;

    static Touches onService(std::uint32_t service) {
        return [service](record::EventBegan const& e) {
            return std::any_of(e.replicas.begin(), e.replicas.end(),
                               [&](record::ReplicaName r) { return r.service == service; });
        };
    }
    static Touches onCall(record::BreakerChanged const& b) {
        return [call = b.call](record::EventBegan const& e) {
            return std::find(e.calls.begin(), e.calls.end(), call) != e.calls.end();
        };
    }

    // What is being done to the system now, to the subject if to it at all; or was done last.
    std::string underWay(Touches const& touches) const {
        bool const isAimed = touches && std::any_of(active_.begin(), active_.end(), touches);
        std::string text;
        for (auto const& event : active_) {
            if (!isAimed || touches(event)) {
                text += (text.empty() ? "" : ", ") + nameOf(names_.events, event.event);
            }
        }
        if (text.empty() && latest_) {
            text = "aftermath of " + nameOf(names_.events, *latest_);
        }
        return text;
    }

    void add(SimTime at, std::string subject, std::string what, std::string because,
             std::string waitsFor = {}) {
        if (told_.emplace(subject, what).second) {
            story_.push_back({at, std::move(subject), std::move(what), std::move(because),
                              std::move(waitsFor), now_});
        }
    }

    Evidence const& evidence_;
    record::Names const& names_;
    SimTime from_;
    std::size_t now_ = 0; // the turning point considered
    std::vector<record::EventBegan> active_;
    std::optional<std::uint32_t> latest_;
    std::set<std::pair<std::string, std::string>> told_;
    std::vector<StoryItem> story_;
};

} // namespace

std::vector<StoryItem> whatBrokeFirst(Evidence const& evidence, record::Names const& names) {
    return Teller(evidence, names).tell();
}

namespace {

// As many steps as the story has: a circle of services that wait for each other ends there.
std::string rootOf(StoryItem const& item, std::vector<StoryItem> const& story) {
    StoryItem const* at = &item;
    for (std::size_t steps = 0; steps < story.size() && !at->waitsFor.empty(); ++steps) {
        auto const next = std::find_if(story.begin(), story.end(), [&](StoryItem const& other) {
            return other.subject == at->waitsFor;
        });
        if (next == story.end()) {
            break;
        }
        at = &*next;
    }
    return at->because;
}

} // namespace

std::string topCause(std::vector<StoryItem> const& story) {
    std::map<std::string, int> named;
    std::string top;
    for (auto const& item : story) {
        ++named[rootOf(item, story)];
    }
    for (auto const& item : story) {
        std::string const cause = rootOf(item, story);
        bool const more = top.empty() || named[cause] > named[top];
        if (!cause.empty() && more) {
            top = cause;
        }
    }
    return top;
}

} // namespace shakedown::verdict
