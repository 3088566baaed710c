#include "reports/why/healing.hpp"

#include <algorithm>
#include <map>

#include "reports/record/number_text.hpp"
#include "reports/why/beats.hpp"
#include "reports/why/tale_words.hpp"

namespace shakedown::why {

namespace {

// All is well below this share of bad outcomes, or below what is ordinary.
constexpr double well = 0.01;
// Still bad so long after everything done to the system was over: it keeps itself down.
constexpr double longAfter = 0.1; // of the run, or
constexpr Duration surelyLong = Duration::seconds(20);

// Never if one goes on; nothing if there was none.
std::optional<SimTime> lastEventEnd(Course const& course) {
    std::optional<SimTime> last;
    for (auto const& o : course.occurrences()) {
        last = std::max(last.value_or(o.begin), o.end);
    }
    return last;
}

// ", 3.9 s after autos-slow ended".
std::string afterText(Course const& course, Duration since) {
    std::uint32_t last = 0;
    SimTime end;
    for (auto const& o : course.occurrences()) {
        if (o.end != SimTime::never() && o.end >= end) {
            last = o.event;
            end = o.end;
        }
    }
    std::string const name = course.header().names.events[last];
    return since < Duration::milliseconds(50)
               ? " as soon as " + name + " is over"
               : ", " + secondsText(since) + " after " + name + " ended";
}

char const* stateText(record::BreakerState state) {
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

// What holds the system down although nothing is done to it any more.
std::string sustainedBy(Course const& course, Duration since, SimTime end) {
    auto const& names = course.header().names;
    auto const amplifiers = amplifiersBetween(course, end - since * 0.5, end);
    if (!amplifiers.empty()) {
        auto const& first = amplifiers.front();
        return std::string("; what keeps it down are ")
               + (first.kind == AmplifierKind::Retries ? "retries of " : "hedges of ")
               + names.calls[first.call] + ", " + record::significant(first.factor, 3)
               + " attempts a request";
    }
    for (std::uint32_t call = 0; call < names.calls.size(); ++call) {
        std::map<std::uint32_t, BreakerChange> last; // by caller
        for (auto const& change : course.breakers(call)) {
            last[change.caller] = change;
        }
        for (auto const& [caller, change] : last) {
            if (change.to != record::BreakerState::Closed) {
                return "; what keeps it down is the circuit breaker of " + names.calls[call] + ", "
                       + stateText(change.to) + " since " + record::fixed(change.at.inSeconds(), 1)
                       + " s";
            }
        }
    }
    return "";
}

// The end of the last stretch with bad outcomes in the last beat that was worse than usual.
SimTime lastBad(Course const& course, std::vector<Beat> const& beats, SimTime from) {
    double const ordinary = ordinaryShare(beats, course);
    SimTime until = from;
    for (auto const& b : beats) {
        if (b.ended >= 3 && b.share() >= std::max(well, 1.5 * ordinary)) {
            until = std::max(until, b.end);
        }
    }
    SimTime last = from;
    for (auto const& stretch : course.stretches()) {
        bool const isLastBeat = stretch.end <= until && until - stretch.end < beat;
        double bad = 0;
        for (auto const& row : stretch.what.loads) {
            bad += badOf(row);
        }
        if (isLastBeat && bad > 0) {
            last = std::max(last, stretch.end);
        }
    }
    return last;
}

// The worst of the last ten beats.
double shareAtEnd(std::vector<Beat> const& beats, SimTime end) {
    double share = 0;
    for (auto const& b : beats) {
        if (b.ended > 0 && end - b.begin < beat * 10.0) {
            share = std::max(share, b.share());
        }
    }
    return share;
}

} // namespace

TaleLine howItEnded(Course const& course, Tale& tale) {
    auto const beats = beatsOf(course, std::nullopt);
    SimTime const until = lastBad(course, beats, *tale.hurtFrom);
    SimTime const end = course.ended();
    Duration const margin = std::max(beat * 2.0, Duration::fromSeconds(0.02 * end.inSeconds()));
    tale.healed = end - until > margin;
    tale.hurtUntil = tale.healed ? until : end;
    auto const over = lastEventEnd(course);
    bool const hasEnd = over && *over != SimTime::never();
    bool const isOver = hasEnd && *over <= tale.hurtUntil;
    if (tale.healed) {
        if (hasEnd) {
            tale.toRecover = std::max(Duration(), until - *over);
        }
        return {until,
                "all is well again" + (isOver ? afterText(course, until - *over) : std::string())};
    }
    std::string text = (course.occurrences().empty() ? "it goes on to the end of the run: "
                                                     : "it has not healed when the run ends: ")
                       + percentText(shareAtEnd(beats, end)) + " still go wrong";
    Duration const since = isOver ? end - *over : Duration();
    tale.isMetastable =
        isOver && since >= std::min(surelyLong, Duration::fromSeconds(longAfter * end.inSeconds()));
    if (tale.isMetastable) {
        text += afterText(course, since) + sustainedBy(course, since, end);
    }
    return {end, std::move(text)};
}

} // namespace shakedown::why
