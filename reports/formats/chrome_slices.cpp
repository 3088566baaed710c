#include "reports/formats/chrome_slices.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "reports/formats/attempt_times.hpp"
#include "reports/formats/lanes.hpp"
#include "reports/record/moment_words.hpp"

namespace shakedown::formats {

namespace {

// A viewer reads microseconds as floating point: with this much between them no two slices of a
// lane overlap by rounding.
constexpr Duration gap = Duration::microseconds(1);
constexpr auto category = "request";

std::string_view plainName(std::string_view endpoint) {
    return endpoint.substr(endpoint.find('/') + 1);
}

} // namespace

void ChromeSlices::add(SimTime written, record::Request const& request, Nodes const& nodes) {
    if (slices_.size() + refusals_.size() + request.spans.size() >= most) {
        ++leftOut_;
        return;
    }
    bool const hasEnded = request.ended != SimTime::never();
    auto const own = static_cast<std::uint32_t>(slices_.size());
    Slice& whole = slices_.emplace_back();
    whole.node = static_cast<std::uint32_t>(nodes.ofLoad(request.load));
    whole.begin = sane(request.intended);
    whole.end = std::max(whole.begin, hasEnded ? sane(request.ended) : written);
    whole.request = request.number;
    whole.name = request.load;
    whole.isRequest = true;
    whole.outcome = request.outcome;
    whole.cause = request.cause;
    whole.hasEnded = hasEnded;

    std::vector<std::uint32_t> sliceOf(request.spans.size(), none);
    for (std::size_t i = 0; i < request.spans.size(); ++i) {
        record::Span const& span = request.spans[i];
        AttemptTimes const t = timesOf(span, written);
        std::uint32_t const caller = span.parent == record::nobody ? own : sliceOf[span.parent];
        if (!t.hasArrived) {
            if (caller != none) {
                refusals_.push_back({t.sent, caller, span.call, span.cause});
            }
            continue;
        }
        sliceOf[i] = static_cast<std::uint32_t>(slices_.size());
        slices_.push_back({static_cast<std::uint32_t>(nodes.ofEndpoint(span.endpoint)),
                           span.replica == record::nobody ? 0 : span.replica, t.arrived, t.ended,
                           t.hasStarted ? t.started : SimTime::never(), t.sent, request.number,
                           span.endpoint, caller, span.attempt, false, measure::Outcome::Ok,
                           span.cause, t.hasEnded});
    }
}

// Lanes are made a replica, threads numbered through, so that no two processes share a number.
std::vector<Track> ChromeSlices::tracksOf(ChromeEvents& events, Nodes const& nodes,
                                          std::uint64_t firstProcess) const {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::uint32_t>> replicas;
    for (std::uint32_t i = 0; i < slices_.size(); ++i) {
        replicas[{slices_[i].node, slices_[i].replica}].push_back(i);
    }
    std::vector<Track> tracks(slices_.size());
    std::uint64_t thread = 1;
    for (auto const& [who, members] : replicas) {
        auto const [node, replica] = who;
        std::vector<Stretch> stretches;
        for (auto const i : members) {
            stretches.push_back({slices_[i].begin, slices_[i].end});
        }
        auto const lanes = lanesOf(stretches, gap);
        std::uint64_t const process = node + firstProcess;
        std::size_t used = 0;
        for (std::size_t k = 0; k < members.size(); ++k) {
            tracks[members[k]] = {process, thread + lanes[k]};
            used = std::max(used, lanes[k] + 1);
        }
        std::string const name =
            nodes.isLoad(node) ? "requests" : "replica " + std::to_string(replica);
        for (std::size_t lane = 0; lane < used; ++lane, ++thread) {
            events.metadata("thread_name", {process, thread},
                            name + " lane " + std::to_string(lane + 1));
            events.order("thread_sort_index", {process, thread}, thread);
        }
    }
    return tracks;
}

void ChromeSlices::writeSlice(ChromeEvents& events, Slice const& s, Track track,
                              record::Names const& names) const {
    std::string_view const name =
        s.isRequest ? std::string_view(names.loads[s.name]) : plainName(names.endpoints[s.name]);
    events.add('X', name, category, track, s.begin, [&](JsonWriter& json) {
        json.raw("dur", microsecondsText(s.end - s.begin));
        json.openObject("args");
        json.number("request", s.request);
        if (!s.hasEnded) {
            json.raw("unended", "true");
        } else if (s.isRequest) {
            json.text("outcome", record::wordOf(s.outcome));
        }
        if (!s.isRequest) {
            json.number("attempt", s.attempt);
        }
        if (s.cause != record::Cause::None) {
            json.text("cause", record::wordOf(s.cause));
        }
        json.closeObject();
    });
    if (s.started != SimTime::never() && s.started > s.begin && s.started < s.end) {
        events.add('X', "waiting", category, track, s.begin, [&](JsonWriter& json) {
            json.raw("dur", microsecondsText(s.started - s.begin));
        });
    }
}

void ChromeSlices::write(ChromeEvents& events, record::Names const& names, Nodes const& nodes,
                         std::uint64_t firstProcess) const {
    auto const tracks = tracksOf(events, nodes, firstProcess);
    for (std::size_t i = 0; i < slices_.size(); ++i) {
        writeSlice(events, slices_[i], tracks[i], names);
    }
    // An arrow begins and ends in a slice that a viewer has met: so all slices come first.
    for (std::size_t i = 0; i < slices_.size(); ++i) {
        Slice const& s = slices_[i];
        if (s.caller == none) {
            continue;
        }
        Slice const& caller = slices_[s.caller];
        SimTime const left = std::clamp(s.sent, caller.begin, caller.end);
        auto const id = [&](JsonWriter& json) { json.number("id", std::uint64_t{i}); };
        events.add('s', "call", category, tracks[s.caller], left, id);
        events.add('f', "call", category, tracks[i], s.begin, [&](JsonWriter& json) {
            id(json);
            json.text("bp", "e");
        });
    }
    for (auto const& refusal : refusals_) {
        events.instant('t',
                       names.calls[refusal.call] + ": "
                           + std::string(refusal.cause == record::Cause::None
                                             ? "not arrived"
                                             : record::wordOf(refusal.cause)),
                       "refusal", tracks[refusal.slice], refusal.at);
    }
}

} // namespace shakedown::formats
