#include "reports/formats/chrome_trace.hpp"

#include <algorithm>
#include <ostream>
#include <string>

#include "reports/formats/attempt_times.hpp"
#include "reports/record/event_kind.hpp"
#include "reports/record/moment_words.hpp"

namespace shakedown::formats {

namespace {

// 0 is the idle task to a viewer.
constexpr std::uint64_t eventsProcess = 1;
constexpr std::uint64_t firstProcess = 2;

} // namespace

void ChromeTraceWriter::begin(record::Header const& header) {
    header_ = header;
    nodes_.emplace(header.names);
    counts_.assign(header.names.services.size(), std::nullopt);
    out_ << "{\"displayTimeUnit\":\"ms\",\"traceEvents\":[";
    events_.metadata("process_name", {eventsProcess, 0}, "faults and operations");
    events_.order("process_sort_index", {eventsProcess, 0}, 0);
    for (std::size_t node = 0; node < nodes_->unknown(); ++node) {
        std::string const what = nodes_->isLoad(node) ? "load " : "service ";
        Track const track{node + firstProcess, 0};
        events_.metadata("process_name", track, what + nodes_->name(node));
        events_.order("process_sort_index", track, node + 1);
    }
}

void ChromeTraceWriter::take(record::Moment const& moment) {
    SimTime const at = sane(moment.at);
    last_ = std::max(last_, at);
    std::visit([&](auto const& what) { follow(at, what); }, moment.what);
}

char const* ChromeTraceWriter::kindOf(std::uint32_t event) const {
    return record::isFault(event, header_) ? "fault" : "operation";
}

void ChromeTraceWriter::event(char phase, std::uint32_t event, std::uint64_t id, SimTime at) {
    events_.add(phase, header_.names.events[event], kindOf(event), {eventsProcess, 0}, at,
                [&](JsonWriter& json) { json.number("id", id); });
}

void ChromeTraceWriter::follow(SimTime at, record::EventBegan const& began) {
    std::uint64_t const id = nextId_++;
    open_[began.event].push_back(id);
    event('b', began.event, id, at);
    events_.instant('g', header_.names.events[began.event] + " begins", kindOf(began.event),
                    {eventsProcess, 0}, at);
}

void ChromeTraceWriter::follow(SimTime at, record::EventEnded const& ended) {
    auto& ids = open_[ended.event];
    if (ids.empty()) {
        return;
    }
    event('e', ended.event, ids.front(), at);
    ids.pop_front();
    events_.instant('g', header_.names.events[ended.event] + " ends", kindOf(ended.event),
                    {eventsProcess, 0}, at);
}

void ChromeTraceWriter::follow(SimTime at, record::ReplicaChanged const& changed) {
    events_.instant('p',
                    "replica " + std::to_string(changed.replica) + " "
                        + std::string(record::wordOf(changed.to)),
                    "replica", {nodes_->ofService(changed.service) + firstProcess, 0}, at);
}

void ChromeTraceWriter::follow(SimTime at, record::BreakerChanged const& changed) {
    events_.instant('p',
                    "breaker " + header_.names.calls[changed.call] + " of "
                        + std::to_string(changed.caller) + " "
                        + std::string(record::wordOf(changed.to)),
                    "breaker", {nodes_->callerOf(changed.call) + firstProcess, 0}, at);
}

void ChromeTraceWriter::follow(SimTime at, record::Interval const& interval) {
    std::size_t const count = std::min(interval.services.size(), counts_.size());
    for (std::size_t i = 0; i < count; ++i) {
        Count const now{interval.services[i].queue, interval.services[i].inService};
        if (counts_[i] == now) {
            continue;
        }
        counts_[i] = now;
        Track const track{nodes_->ofService(static_cast<std::uint32_t>(i)) + firstProcess, 0};
        events_.add('C', "requests", "counter", track, at, [&](JsonWriter& json) {
            json.openObject("args");
            json.number("waiting", now.queue);
            json.number("in service", now.inService);
            json.closeObject();
        });
    }
}

void ChromeTraceWriter::finish(Results const&) {
    for (auto const& [name, ids] : open_) {
        for (auto const id : ids) {
            event('e', name, id, last_);
        }
    }
    slices_.write(events_, header_.names, *nodes_, firstProcess);
    std::string other;
    JsonWriter json(other);
    json.openObject();
    json.text("scenario", header_.scenario);
    json.text("seed", std::to_string(header_.seed));
    json.text("version", header_.version);
    json.text("requests_left_out", std::to_string(slices_.requestsLeftOut()));
    json.closeObject();
    out_ << "\n],\"otherData\":" << other << "}\n";
}

} // namespace shakedown::formats
