#include "reports/why/tale.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "reports/record/number_text.hpp"
#include "reports/verdict/story.hpp"
#include "reports/why/ending.hpp"

namespace shakedown::why {

using record::nobody;

namespace {

constexpr Duration beat = Duration::seconds(1);
// A load suffers from this share of bad outcomes on, and is well again below the other.
constexpr double suffers = 0.05;
constexpr double well = 0.01;
// Loads that begin to suffer within so long of each other are told of together.
constexpr Duration together = Duration::seconds(2);
// Still bad so long after everything done to the system was over: it keeps itself down.
constexpr double longAfter = 0.1; // of the run, or
constexpr Duration surelyLong = Duration::seconds(20);

std::string listed(std::vector<std::string> const& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
    }
    return text;
}

std::string percent(double share) {
    return record::significant(share * 100, 2) + " %";
}

std::string seconds(Duration d) {
    return record::significant(d.inSeconds(), 3) + " s";
}

class Teller {
public:
    explicit Teller(Course const& course)
        : course_(course), names_(course.header().names), all_(beatsOf(course, std::nullopt)) {}

    Tale tell() {
        tellEvents();
        tellCascade();
        tellLoads();
        tellEnd();
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
        std::string who;
        if (p.heldBy != nobody) {
            std::uint32_t const to = course_.routes()[p.heldBy].to;
            who = std::to_string(p.held) + " of them waiting for "
                  + (to == nobody ? names_.calls[p.heldBy] : names_.services[to]);
        } else if (p.host != nobody) {
            who = "waiting for host " + names_.hosts[p.host];
        }
        if (p.what == record::Pressure::WorkersBusy) {
            return "all " + workers + " workers of " + of + " are busy"
                   + (who.empty() ? "" : ", " + who);
        }
        std::uint32_t const capacity =
            p.service < header.capacities.size() ? header.capacities[p.service] : nobody;
        std::string const queue = capacity == nobody ? ""
                                                     : " (" + std::to_string(capacity) + "/"
                                                           + std::to_string(capacity) + ")";
        return "the queue of " + of + " is full" + queue + ": it refuses requests"
               + (who.empty() || p.heldBy == nobody
                      ? ""
                      : "; " + std::to_string(p.held) + " of its " + workers + " workers wait for "
                            + (course_.routes()[p.heldBy].to == nobody
                                   ? names_.calls[p.heldBy]
                                   : names_.services[course_.routes()[p.heldBy].to]));
    }

    struct Onset {
        std::uint32_t load = 0;
        SimTime at;
        double share = 0;
    };

    double ordinaryShare(std::vector<Beat> const& beats) const {
        double ended = 0;
        double bad = 0;
        SimTime const warm = SimTime::at(course_.header().warmup);
        for (auto const& b : beats) {
            if (b.end <= course_.firstEvent() && b.begin >= warm
                && course_.firstEvent() != SimTime::never()) {
                ended += b.ended;
                bad += b.bad;
            }
        }
        return ended > 0 ? bad / ended : 0;
    }

    void tellLoads() {
        std::vector<Onset> onsets;
        for (std::uint32_t l = 0; l < names_.loads.size(); ++l) {
            auto const beats = beatsOf(course_, l);
            double const ordinary = ordinaryShare(beats);
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
        std::string text = "requests of " + listed(loads) + " go wrong, up to " + percent(most);
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

    std::optional<SimTime> lastEventEnd() const {
        std::optional<SimTime> last;
        for (auto const& o : course_.occurrences()) {
            last = std::max(last.value_or(o.begin), o.end);
        }
        return last;
    }

    // ", 3.9 s after autos-slow ended".
    std::string afterText(Duration since) const {
        std::uint32_t last = 0;
        SimTime end;
        for (auto const& o : course_.occurrences()) {
            if (o.end != SimTime::never() && o.end >= end) {
                last = o.event;
                end = o.end;
            }
        }
        std::string const name = names_.events[last];
        return since < Duration::milliseconds(50)
                   ? " as soon as " + name + " is over"
                   : ", " + seconds(since) + " after " + name + " ended";
    }

    // What holds the system down although nothing is done to it any more.
    std::string sustainedBy(Duration since, SimTime end) const {
        auto const amplifiers = amplifiersBetween(course_, end - since * 0.5, end);
        if (!amplifiers.empty()) {
            auto const& first = amplifiers.front();
            return std::string("; what keeps it down are ")
                   + (first.kind == AmplifierKind::Retries ? "retries of " : "hedges of ")
                   + names_.calls[first.call] + ", " + record::significant(first.factor, 3)
                   + " attempts a request";
        }
        for (std::uint32_t call = 0; call < names_.calls.size(); ++call) {
            std::map<std::uint32_t, BreakerChange> last; // by caller
            for (auto const& change : course_.breakers(call)) {
                last[change.caller] = change;
            }
            for (auto const& [caller, change] : last) {
                if (change.to != record::BreakerState::Closed) {
                    return "; what keeps it down is the circuit breaker of " + names_.calls[call]
                           + ", " + stateText(change.to) + " since "
                           + record::fixed(change.at.inSeconds(), 1) + " s";
                }
            }
        }
        return "";
    }

    static char const* stateText(record::BreakerState state) {
        switch (state) {
        case record::BreakerState::Closed:
            return "closed";
        case record::BreakerState::Open:
            return "open";
        case record::BreakerState::HalfOpen:
            return "half open";
        case record::BreakerState::ForcedOpen:
            return "open by hand";
        case record::BreakerState::Disabled:
            return "disabled";
        }
        return "";
    }

    void tellEnd() {
        if (!tale_.hurtFrom) {
            return;
        }
        double const ordinary = ordinaryShare(all_);
        SimTime until = *tale_.hurtFrom;
        for (auto const& b : all_) {
            if (b.ended >= 3 && b.share() >= std::max(well, 1.5 * ordinary)) {
                until = std::max(until, b.end);
            }
        }
        for (auto const& stretch : course_.stretches()) {
            bool const isLastBeat = stretch.end <= until && until - stretch.end < beat;
            double bad = 0;
            for (auto const& row : stretch.what.loads) {
                bad += badOf(row);
            }
            if (isLastBeat && bad > 0) {
                lastBad_ = stretch.end;
            }
        }
        until = std::max(lastBad_, *tale_.hurtFrom);
        SimTime const end = course_.ended();
        Duration const margin = std::max(beat * 2.0, Duration::fromSeconds(0.02 * end.inSeconds()));
        tale_.healed = end - until > margin;
        tale_.hurtUntil = tale_.healed ? until : end;
        auto const over = lastEventEnd();
        if (course_.firstEvent() <= *tale_.hurtFrom) {
            tale_.toDetect = *tale_.hurtFrom - course_.firstEvent();
        }
        if (lastVictim_ && *lastVictim_ > *tale_.hurtFrom) {
            tale_.toSpread = *lastVictim_ - *tale_.hurtFrom;
        }
        bool const isOver = over && *over != SimTime::never() && *over <= tale_.hurtUntil;
        if (tale_.healed) {
            if (over && *over != SimTime::never()) {
                tale_.toRecover = std::max(Duration(), until - *over);
            }
            say(until, "all is well again" + (isOver ? afterText(until - *over) : std::string()));
            return;
        }
        double still = 0;
        for (auto const& b : all_) {
            if (b.ended > 0 && end - b.begin < beat * 10.0) {
                still = std::max(still, b.share());
            }
        }
        std::string text = (course_.occurrences().empty() ? "it goes on to the end of the run: "
                                                          : "it has not healed when the run ends: ")
                           + percent(still) + " still go wrong";
        Duration const since = isOver ? end - *over : Duration();
        tale_.isMetastable =
            isOver
            && since >= std::min(surelyLong, Duration::fromSeconds(longAfter * end.inSeconds()));
        if (tale_.isMetastable) {
            text += afterText(since) + sustainedBy(since, end);
        }
        say(end, std::move(text));
    }

    Course const& course_;
    record::Names const& names_;
    std::vector<Beat> all_;
    Tale tale_;
    std::set<std::string> broken_;
    std::optional<SimTime> lastVictim_;
    SimTime lastBad_;
};

} // namespace

std::vector<Beat> beatsOf(Course const& course, std::optional<std::uint32_t> load) {
    std::vector<Beat> beats;
    for (auto const& stretch : course.stretches()) {
        if (beats.empty() || beats.back().end - beats.back().begin >= beat) {
            beats.push_back({stretch.begin, stretch.begin, 0, 0});
        }
        Beat& b = beats.back();
        b.end = stretch.end;
        for (std::uint32_t l = 0; l < stretch.what.loads.size(); ++l) {
            if (load && *load != l) {
                continue;
            }
            auto const& row = stretch.what.loads[l];
            b.ended += double{1} * row.ok + row.degraded + row.failed + row.rejected + row.timedOut;
            b.bad += badOf(row);
        }
    }
    return beats;
}

Tale tell(Course const& course) {
    if (course.stretches().empty()) {
        return {};
    }
    return Teller(course).tell();
}

} // namespace shakedown::why
