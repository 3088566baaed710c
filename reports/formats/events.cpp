#include "reports/formats/events.hpp"

#include <algorithm>

#include "reports/formats/attempt_times.hpp"
#include "reports/formats/event_line.hpp"
#include "reports/record/digest.hpp"
#include "reports/record/event_kind.hpp"
#include "reports/record/moment_words.hpp"
#include "reports/verdict/written_unit.hpp"

namespace shakedown::formats {

namespace {

using record::wordOf;
using Level = LogLevel;

std::string replicaName(std::string const& service, std::uint32_t replica) {
    return service + "#" + std::to_string(replica);
}

// "workers_busy" for people.
std::string spaced(std::string_view word) {
    std::string text(word);
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

Level levelOf(record::ReplicaState state) {
    bool const isGone = state == record::ReplicaState::Down || state == record::ReplicaState::Hung;
    return isGone ? Level::Warn : Level::Info;
}

Level levelOf(record::BreakerState state) {
    return state == record::BreakerState::Open ? Level::Warn : Level::Info;
}

std::string percent(double share) {
    return record::significant(share * 100, 3) + " %";
}

} // namespace

void EventsWriter::begin(record::Header const& header) {
    header_ = header;
    EventLine(out_, SimTime(), Level::Info, "run_began", header.scenario,
              "run of " + header.scenario + " begins")
        .text("file", header.file)
        .text("scenario_digest", header.scenarioDigest)
        .text("platform", header.platform)
        .number("seed", header.seed)
        .number("replication", header.replication)
        .text("version", header.version);
}

void EventsWriter::take(record::Moment const& moment) {
    SimTime const at = sane(moment.at);
    last_ = std::max(last_, at);
    std::visit([&](auto const& what) { tell(at, what); }, moment.what);
}

void EventsWriter::tell(SimTime at, record::EventBegan const& began) {
    std::string const& name = header_.names.events[began.event];
    bool const bad = record::isFault(began.event, header_);
    EventLine(out_, at, bad ? Level::Warn : Level::Info, bad ? "fault_began" : "operation_began",
              name, name + " begins");
}

void EventsWriter::tell(SimTime at, record::EventEnded const& ended) {
    std::string const& name = header_.names.events[ended.event];
    EventLine(out_, at, Level::Info,
              record::isFault(ended.event, header_) ? "fault_ended" : "operation_ended", name,
              name + " ends");
}

void EventsWriter::tell(SimTime at, record::ReplicaChanged const& changed) {
    std::string const& service = header_.names.services[changed.service];
    std::string const name = replicaName(service, changed.replica);
    EventLine(out_, at, levelOf(changed.to), "replica_changed", service,
              name + " is " + std::string(wordOf(changed.to)))
        .number("replica", changed.replica)
        .text("to", wordOf(changed.to));
}

void EventsWriter::tell(SimTime at, record::BreakerChanged const& changed) {
    std::string const& call = header_.names.calls[changed.call];
    EventLine(out_, at, levelOf(changed.to), "breaker_changed", call,
              "breaker " + call + " of caller " + std::to_string(changed.caller) + " is "
                  + spaced(wordOf(changed.to)))
        .number("caller", changed.caller)
        .text("from", wordOf(changed.from))
        .text("to", wordOf(changed.to));
}

void EventsWriter::tell(SimTime at, record::PressureBegan const& began) {
    std::string const& service = header_.names.services[began.service];
    std::string message = replicaName(service, began.replica) + ": " + spaced(wordOf(began.what));
    bool const isHeld = began.heldBy != record::nobody;
    if (isHeld) {
        message +=
            ", " + std::to_string(began.held) + " wait for " + header_.names.calls[began.heldBy];
    }
    EventLine line(out_, at, Level::Warn, "pressure_began", service, message);
    line.number("replica", began.replica).text("what", wordOf(began.what));
    if (isHeld) {
        line.text("held_by", header_.names.calls[began.heldBy]).number("held", began.held);
    }
    if (began.host != record::nobody) {
        line.text("host", header_.names.hosts[began.host]);
    }
}

void EventsWriter::tell(SimTime at, record::PressureEnded const& ended) {
    std::string const& service = header_.names.services[ended.service];
    EventLine(out_, at, Level::Info, "pressure_ended", service,
              replicaName(service, ended.replica) + ": no longer " + spaced(wordOf(ended.what)))
        .number("replica", ended.replica)
        .text("what", wordOf(ended.what));
}

void EventsWriter::tell(SimTime at, record::HostCrowded const& crowded) {
    std::string const& host = header_.names.hosts[crowded.host];
    std::string const& user = header_.names.services[crowded.user];
    std::string const& waiting = header_.names.services[crowded.waiting];
    EventLine(out_, at, Level::Warn, "host_crowded", host,
              host + ": " + user + " uses " + percent(crowded.used) + ", " + waiting + " misses "
                  + percent(crowded.missed))
        .text("user", user)
        .number("used", record::tidied(crowded.used))
        .text("waiting", waiting)
        .number("missed", record::tidied(crowded.missed));
}

void EventsWriter::tell(SimTime at, record::HostRelieved const& relieved) {
    std::string const& host = header_.names.hosts[relieved.host];
    EventLine(out_, at, Level::Info, "host_relieved", host, host + " is no longer crowded");
}

void EventsWriter::tell(SimTime at, record::RunEnded const& ended) {
    bool const whole = ended.reason == record::EndReason::Finished;
    EventLine(out_, at, whole ? Level::Info : Level::Error, "run_ended", header_.scenario,
              "run of " + header_.scenario + " ends: " + spaced(wordOf(ended.reason)))
        .text("reason", wordOf(ended.reason))
        .number("events", ended.events)
        .text("digest", record::digestText(ended.digest));
}

// "held" is null where nothing could be measured; value and limit are in the unit beside them.
void EventsWriter::tell(verdict::Judgement const& j) {
    auto const [factor, unit] = verdict::writtenAs(j.unit);
    std::string const measured =
        j.value ? record::significant(*j.value * factor, 3) + " " + unit : "nothing measured";
    bool const broken = j.held == verdict::Held::No;
    char const* const how = j.held == verdict::Held::Yes ? "held: "
                            : broken                     ? "failed: "
                                                         : "not checked: ";
    EventLine line(out_, last_,
                   broken                             ? Level::Error
                   : j.held == verdict::Held::Unknown ? Level::Warn
                                                      : Level::Info,
                   "expectation", j.text, how + j.text + ", " + measured);
    line.raw("held", j.held == verdict::Held::Unknown ? "null" : broken ? "false" : "true");
    if (j.value) {
        line.number("value", record::tidied(*j.value * factor));
    } else {
        line.raw("value", "null");
    }
    line.number("limit", record::tidied(j.limit * factor)).text("unit", unit);
    if (!j.note.empty()) {
        line.text("note", j.note);
    }
}

void EventsWriter::finish(Results const& results) {
    if (results.summary == nullptr) {
        return;
    }
    for (auto const& judgement : results.summary->expectations) {
        tell(judgement);
    }
}

} // namespace shakedown::formats
