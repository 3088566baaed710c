#include "reports/formats/otlp.hpp"

#include <algorithm>
#include <ostream>

#include "reports/formats/epoch.hpp"
#include "reports/formats/json_writer.hpp"
#include "reports/formats/trace_ids.hpp"
#include "reports/record/moment_words.hpp"

namespace shakedown::formats {

namespace {

using record::Cause;
using Side = TraceIds::Side;

constexpr std::size_t portionSize = std::size_t{1} << 20;

// Of Span.SpanKind and Status.StatusCode; OTLP/JSON wants numbers.
enum class Kind : std::uint32_t { Internal = 1, Server = 2, Client = 3 };
constexpr std::uint32_t statusError = 2;

std::string plain(std::uint64_t number) {
    return std::to_string(number);
}

void attribute(JsonWriter& json, char const* key, std::string_view text) {
    json.openObject();
    json.text("key", key);
    json.openObject("value");
    json.text("stringValue", text);
    json.closeObject();
    json.closeObject();
}

// Integers of 64 bits are strings.
void attribute(JsonWriter& json, char const* key, std::uint64_t number) {
    json.openObject();
    json.text("key", key);
    json.openObject("value");
    bool const fits = number <= std::numeric_limits<std::int64_t>::max();
    json.text(fits ? "intValue" : "stringValue", plain(number));
    json.closeObject();
    json.closeObject();
}

void unended(JsonWriter& json) {
    json.openObject();
    json.text("key", "shakedown.unended");
    json.openObject("value");
    json.raw("boolValue", "true");
    json.closeObject();
    json.closeObject();
}

void times(JsonWriter& json, SimTime from, SimTime to) {
    json.text("startTimeUnixNano", plain(unixNanoseconds(from)));
    json.text("endTimeUnixNano", plain(unixNanoseconds(to)));
}

void failure(JsonWriter& json, std::string_view message) {
    json.openObject("status");
    json.text("message", message);
    json.number("code", statusError);
    json.closeObject();
}

void opening(JsonWriter& json, std::string const& trace, std::string const& span,
             std::string const& parent, std::string_view name, Kind kind) {
    json.openObject();
    json.text("traceId", trace);
    json.text("spanId", span);
    if (!parent.empty()) {
        json.text("parentSpanId", parent);
    }
    json.text("name", name);
    json.number("kind", static_cast<std::uint32_t>(kind));
}

// What the callee did wrong, not what the caller made of it: a callee that answers after the
// caller's timeout has not failed.
bool isOfCallee(Cause cause) {
    switch (cause) {
    case Cause::ErrorReply:
    case Cause::QueueFull:
    case Cause::QueueTimeout:
    case Cause::Shed:
    case Cause::Reset:
    case Cause::Draining:
    case Cause::Injected:
        return true;
    case Cause::None:
    case Cause::Timeout:
    case Cause::Deadline:
    case Cause::BreakerOpen:
    case Cause::BulkheadFull:
    case Cause::Refused:
    case Cause::NoReplica:
    case Cause::Cancelled:
    case Cause::RateLimited:
    case Cause::Throttled:
    case Cause::PoolFull:
        return false;
    }
    return false;
}

bool wentWrong(measure::Outcome outcome) {
    return outcome != measure::Outcome::Ok && outcome != measure::Outcome::Degraded;
}

} // namespace

void OtlpWriter::begin(record::Header const& header) {
    header_ = header;
    nodes_.emplace(header.names);
    portions_.assign(nodes_->count(), "");
    out_ << "{\"resourceSpans\":[";
}

void OtlpWriter::take(record::Moment const& moment) {
    if (auto const* request = std::get_if<record::Request>(&moment.what)) {
        add(sane(moment.at), *request);
    }
}

void OtlpWriter::add(SimTime written, record::Request const& request) {
    TraceIds const ids(header_, request);
    addRequest(written, request, ids);
    for (std::size_t i = 0; i < request.spans.size(); ++i) {
        AttemptTimes const times = timesOf(request.spans[i], written);
        addCaller(times, request, i, ids);
        if (times.hasArrived) {
            addCallee(times, request, i, ids);
        }
    }
    if (waiting_ >= portionSize) {
        handOver();
    }
}

void OtlpWriter::hold(std::size_t node, std::string const& span) {
    std::string& portion = portions_[node];
    if (!portion.empty()) {
        portion += ",\n";
    }
    portion += span;
    waiting_ += span.size();
}

void OtlpWriter::addRequest(SimTime written, record::Request const& request, TraceIds const& ids) {
    bool const hasEnded = request.ended != SimTime::never();
    SimTime const from = sane(request.intended);
    SimTime const to = std::max(from, hasEnded ? sane(request.ended) : written);
    std::string span;
    JsonWriter json(span);
    opening(json, ids.trace(), ids.span(Side::Request), "", header_.names.loads[request.load],
            Kind::Internal);
    times(json, from, to);
    json.openList("attributes");
    attribute(json, "shakedown.request", request.number);
    if (hasEnded) {
        attribute(json, "shakedown.outcome", record::wordOf(request.outcome));
    } else {
        unended(json);
    }
    json.closeList();
    if (hasEnded && wentWrong(request.outcome)) {
        failure(json, request.cause == Cause::None ? record::wordOf(request.outcome)
                                                   : record::wordOf(request.cause));
    }
    json.closeObject();
    hold(nodes_->ofLoad(request.load), span);
}

void OtlpWriter::addCaller(AttemptTimes const& t, record::Request const& request, std::size_t index,
                           TraceIds const& ids) {
    record::Span const& span = request.spans[index];
    std::string parent = ids.span(Side::Request);
    std::size_t caller = nodes_->ofLoad(request.load);
    if (span.parent != record::nobody) {
        record::Span const& above = request.spans[span.parent];
        bool const wasServed = above.arrived != SimTime::never();
        parent = ids.span(wasServed ? Side::Callee : Side::Caller, span.parent);
        caller = nodes_->ofEndpoint(above.endpoint);
    }
    std::string text;
    JsonWriter json(text);
    opening(json, ids.trace(), ids.span(Side::Caller, index), parent,
            header_.names.endpoints[span.endpoint], Kind::Client);
    times(json, t.sent, t.answered);
    json.openList("attributes");
    attribute(json, "peer.service", nodes_->name(nodes_->ofEndpoint(span.endpoint)));
    attribute(json, "shakedown.attempt", span.attempt);
    if (span.answered == SimTime::never()) {
        unended(json);
    }
    json.closeList();
    if (span.cause != Cause::None) {
        failure(json, record::wordOf(span.cause));
    }
    json.closeObject();
    hold(caller, text);
}

void OtlpWriter::addCallee(AttemptTimes const& t, record::Request const& request, std::size_t index,
                           TraceIds const& ids) {
    record::Span const& span = request.spans[index];
    std::string text;
    JsonWriter json(text);
    opening(json, ids.trace(), ids.span(Side::Callee, index), ids.span(Side::Caller, index),
            header_.names.endpoints[span.endpoint], Kind::Server);
    times(json, t.arrived, t.ended);
    json.openList("attributes");
    if (span.replica != record::nobody) {
        attribute(json, "shakedown.replica", span.replica);
    }
    if (!t.hasEnded) {
        unended(json);
    }
    json.closeList();
    if (t.hasStarted) {
        json.openList("events");
        json.openObject();
        json.text("timeUnixNano", plain(unixNanoseconds(t.started)));
        json.text("name", "got a worker");
        json.closeObject();
        json.closeList();
    }
    if (isOfCallee(span.cause)) {
        failure(json, record::wordOf(span.cause));
    }
    json.closeObject();
    hold(nodes_->ofEndpoint(span.endpoint), text);
}

void OtlpWriter::handOver() {
    for (std::size_t node = 0; node < portions_.size(); ++node) {
        if (portions_[node].empty()) {
            continue;
        }
        std::string text = isFirst_ ? "\n" : ",\n";
        isFirst_ = false;
        JsonWriter json(text);
        json.openObject();
        json.openObject("resource");
        json.openList("attributes");
        attribute(json, "service.name", nodes_->name(node));
        attribute(json, "service.namespace", header_.scenario);
        attribute(json, "shakedown.seed", std::string_view(plain(header_.seed)));
        json.closeList();
        json.closeObject();
        json.openList("scopeSpans");
        json.openObject();
        json.openObject("scope");
        json.text("name", "shakedown");
        json.text("version", header_.version);
        json.closeObject();
        json.openList("spans");
        json.raw({}, portions_[node]);
        json.closeList();
        json.closeObject();
        json.closeList();
        json.closeObject();
        out_ << text;
        portions_[node].clear();
    }
    waiting_ = 0;
}

void OtlpWriter::finish(Results const&) {
    handOver();
    out_ << "\n]}\n";
}

} // namespace shakedown::formats
