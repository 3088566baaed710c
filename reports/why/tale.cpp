#include "reports/why/tale.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "reports/verdict/story.hpp"
#include "reports/why/beats.hpp"
#include "reports/why/ending.hpp"
#include "reports/why/healing.hpp"
#include "reports/why/tale_words.hpp"

namespace shakedown::why {

using record::nobody;

namespace {

// A load suffers from this share of bad outcomes on.
constexpr double suffers = 0.05;
// Loads that begin to suffer within so long of each other are told of together.
constexpr Duration together = Duration::seconds(2);

class Teller {
public:
    explicit Teller(Course const& course) : course_(course), names_(course.header().names) {}

    Tale tell() {
        tellEvents();
        tellCascade();
        tellLoads();
        if (tale_.hurtFrom) {
            measure(*tale_.hurtFrom);
            tale_.lines.push_back(howItEnded(course_, tale_));
        }
        std::stable_sort(tale_.lines.begin(), tale_.lines.end(),
                         [](TaleLine const& a, TaleLine const& b) { return a.at < b.at; });
        return std::move(tale_);
    }

private:
    void say(SimTime at, std::string text) { tale_.lines.push_back({at, std::move(text)}); }

    std::string eventName(std::uint32_t event) const {
        return nameOf({CauseKind::Event, event}, course_.header());
    }

    // "at autos", "on site -> autos", "for visitors".
    std::string whomOf(Occurrence const& o) const {
        std::vector<std::string> whom;
        std::uint32_t last = nobody;
        for (auto const& replica : o.replicas) {
            if (replica.service != last) {
                whom.push_back(names_.services[replica.service]);
                last = replica.service;
            }
        }
        char const* how = " at ";
        if (whom.empty()) {
            how = " on ";
            for (std::uint32_t const call : o.calls) {
                whom.push_back(names_.calls[call]);
            }
        }
        if (whom.empty()) {
            how = " for ";
            for (std::uint32_t const load : o.loads) {
                whom.push_back(names_.loads[load]);
            }
        }
        if (whom.size() > 3) {
            std::size_t const more = whom.size() - 2;
            whom.resize(2);
            whom.push_back(std::to_string(more) + " more");
        }
        return whom.empty() ? "" : how + listed(whom);
    }

    void tellEvents() {
        std::map<std::uint32_t, std::size_t> times;
        for (auto const& o : course_.occurrences()) {
            std::size_t const nth = ++times[o.event];
            if (nth > 1) {
                continue; // it comes again; once is enough to be told
            }
            bool const isStroke = o.end == o.begin;
            say(o.begin, eventName(o.event) + (isStroke ? " happens" : " begins") + whomOf(o));
            if (o.end != SimTime::never() && !isStroke) {
                say(o.end, eventName(o.event) + " ends");
            }
        }
        for (auto const& [event, count] : times) {
            if (count > 1) {
                for (auto const& o : course_.occurrences()) {
                    if (o.event == event) {
                        tale_.lines.push_back({o.begin, eventName(event) + " comes "
                                                            + std::to_string(count)
                                                            + " times in all"});
                        break;
                    }
                }
            }
        }
    }

    void tellCascade() {
        auto const& points = course_.evidence().turningPoints;
        for (auto const& item : verdict::whatBrokeFirst(course_.evidence(), names_)) {
            broken_.insert(item.subject);
            lastVictim_ = std::max(lastVictim_.value_or(item.at), item.at);
            auto const* pressure = std::get_if<record::PressureBegan>(&points[item.moment].what);
            if (pressure != nullptr) {
                say(item.at, pressureText(*pressure));
            } else {
                say(item.at, item.subject + ": " + item.what);
            }
        }
    }

    std::string pressureText(record::PressureBegan const& p) const {
        auto const& header = course_.header();
        std::string const service = names_.services[p.service];
        std::string const of =
            service
            + (header.replicas[p.service] > 1 ? " (replica " + std::to_string(p.replica) + ")"
                                              : "");
        std::string const workers = std::to_string(header.workers[p.service]);
        bool const isHeld = p.heldBy != nobody;
        std::string const held = std::to_string(p.held);
        if (p.what == record::Pressure::WorkersBusy) {
            return "all " + workers + " workers of " + of + " are busy"
                   + (isHeld             ? ", " + held + " of them waiting for " + awaited(p.heldBy)
                      : p.host != nobody ? ", waiting for host " + names_.hosts[p.host]
                                         : std::string());
        }
        std::uint32_t const capacity =
            p.service < header.capacities.size() ? header.capacities[p.service] : nobody;
        std::string const full = std::to_string(capacity);
        return "the queue of " + of + " is full"
               + (capacity == nobody ? "" : " (" + full + "/" + full + ")")
               + ": it refuses requests"
               + (isHeld ? "; " + held + " of its " + workers + " workers wait for "
                               + awaited(p.heldBy)
                         : std::string());
    }

    // Whom a call waits for.
    std::string const& awaited(std::uint32_t call) const {
        std::uint32_t const to = course_.routes()[call].to;
        return to == nobody ? names_.calls[call] : names_.services[to];
    }

    struct Onset {
        std::uint32_t load = 0;
        SimTime at;
        double share = 0;
    };

    void tellLoads() {
        std::vector<Onset> onsets;
        for (std::uint32_t l = 0; l < names_.loads.size(); ++l) {
            auto const beats = beatsOf(course_, l);
            double const ordinary = ordinaryShare(beats, course_);
            for (auto const& b : beats) {
                if (b.ended >= 3 && b.share() >= std::max(suffers, 3 * ordinary)) {
                    onsets.push_back({l, firstBad(l, b), worst(beats, b)});
                    break;
                }
            }
        }
        std::stable_sort(onsets.begin(), onsets.end(),
                         [](Onset const& a, Onset const& b) { return a.at < b.at; });
        for (std::size_t i = 0; i < onsets.size();) {
            std::size_t k = i + 1;
            while (k < onsets.size() && onsets[k].at - onsets[i].at <= together) {
                ++k;
            }
            sayOnset({onsets.begin() + static_cast<std::ptrdiff_t>(i),
                      onsets.begin() + static_cast<std::ptrdiff_t>(k)});
            i = k;
        }
        if (!onsets.empty()) {
            tale_.hurtFrom = onsets.front().at;
            lastVictim_ = std::max(lastVictim_.value_or(onsets.back().at), onsets.back().at);
        }
    }

    SimTime firstBad(std::uint32_t load, Beat const& b) const {
        for (auto const& stretch : course_.stretches()) {
            if (stretch.begin >= b.begin && badOf(stretch.what.loads[load]) > 0) {
                return stretch.end;
            }
        }
        return b.end;
    }

    // Of the ten beats that begin here the worst: what it came to.
    static double worst(std::vector<Beat> const& beats, Beat const& from) {
        double most = 0;
        for (auto const& b : beats) {
            if (b.begin >= from.begin && b.begin - from.begin < beat * 10.0) {
                most = std::max(most, b.share());
            }
        }
        return most;
    }

    // How most of its requests ended badly in the seconds after an instant.
    std::string howFrom(std::uint32_t load, SimTime at) const {
        std::map<Proximate, int> endings;
        for (auto const& request : course_.requests()) {
            if (request.load != load || request.ended < at - beat || request.ended > at + beat * 5.0
                || request.spans.empty()) {
                continue;
            }
            ++endings[proximateOf(request)];
        }
        auto const most =
            std::max_element(endings.begin(), endings.end(),
                             [](auto const& a, auto const& b) { return a.second < b.second; });
        return most == endings.end() ? "" : endingText(most->first, course_.header());
    }

    void sayOnset(std::vector<Onset> const& onsets) {
        std::vector<std::string> loads;
        std::set<std::string> hows;
        double most = 0;
        std::set<std::uint32_t> through;
        for (auto const& onset : onsets) {
            loads.push_back(names_.loads[onset.load]);
            if (auto const how = howFrom(onset.load, onset.at); !how.empty()) {
                hows.insert(how);
            }
            most = std::max(most, onset.share);
            auto const& services = course_.servicesOf(onset.load);
            through.insert(services.begin(), services.end());
        }
        if (loads.size() > 6) {
            std::size_t const more = loads.size() - 5;
            loads.resize(5);
            loads.push_back(std::to_string(more) + " more");
        }
        std::string text = "requests of " + listed(loads) + " go wrong, up to " + percentText(most);
        if (!hows.empty() && hows.size() <= 3) {
            text += " (" + listed({hows.begin(), hows.end()}) + ")";
        }
        // Worth a word where they go down with somebody else.
        auto const healthy =
            broken_.empty() ? std::vector<std::string>() : healthyAmong(through, onsets.front().at);
        if (!healthy.empty()) {
            text += ", although " + listed(healthy) + (healthy.size() == 1 ? " is" : " are")
                    + " healthy";
        }
        say(onsets.front().at, std::move(text));
    }

    // Services that nothing was done to, that are not under pressure and wait for nobody.
    std::vector<std::string> healthyAmong(std::set<std::uint32_t> const& services,
                                          SimTime at) const {
        std::vector<std::string> healthy;
        std::size_t const stretch = course_.stretchAt(at);
        for (std::uint32_t const s : services) {
            bool isTouched = false;
            for (auto const& o : course_.occurrences()) {
                isTouched = isTouched
                            || std::any_of(o.replicas.begin(), o.replicas.end(),
                                           [&](auto const& r) { return r.service == s; });
                for (std::uint32_t const call : course_.callsTo(s)) {
                    isTouched =
                        isTouched || std::binary_search(o.calls.begin(), o.calls.end(), call);
                }
            }
            bool const isBroken = broken_.contains(names_.services[s]);
            bool const callsOn = !course_.callsOf(s).empty();
            bool const isBusy = course_.stretches()[stretch].what.services[s].utilisation > 0.8;
            if (!isTouched && !isBroken && !isBusy && !callsOn) {
                healthy.push_back(names_.services[s]);
            }
        }
        if (healthy.size() > 4) {
            healthy.clear();
        }
        return healthy;
    }

    void measure(SimTime hurtFrom) {
        if (course_.firstEvent() <= hurtFrom) {
            tale_.toDetect = hurtFrom - course_.firstEvent();
        }
        if (lastVictim_ && *lastVictim_ > hurtFrom) {
            tale_.toSpread = *lastVictim_ - hurtFrom;
        }
    }

    Course const& course_;
    record::Names const& names_;
    Tale tale_;
    std::set<std::string> broken_;
    std::optional<SimTime> lastVictim_;
};

} // namespace

Tale tell(Course const& course) {
    if (course.stretches().empty()) {
        return {};
    }
    return Teller(course).tell();
}

} // namespace shakedown::why
