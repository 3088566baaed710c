#include "chaos-agent/protocol/fault_json.hpp"

#include "chaos-agent/protocol/field_reader.hpp"
#include "chaos-agent/protocol/field_writer.hpp"
#include "chaos-agent/protocol/report_fields.hpp"

namespace shakedown::protocol {

using nlohmann::json;

namespace {

// What no single field can say.
std::string contradictionIn(FaultKind const& kind) {
    if (auto const* http = std::get_if<Http>(&kind)) {
        if (!http->abort && !http->delay && http->header.empty() && http->body.empty())
            return "http needs 'abort', 'delay_us', 'header' or 'body'";
        if (!http->header.empty() && http->header.find(':') == std::string::npos)
            return "'header' must be a name, a colon and a value";
        if (!http->path.empty() && !http->path.starts_with('/'))
            return "'path' must begin with a slash";
    }
    auto const* memory = std::get_if<Memory>(&kind);
    if (memory != nullptr && memory->bytes.has_value() == memory->share.has_value())
        return "memory needs 'bytes' or 'share', and not both";
    auto const* latency = std::get_if<Latency>(&kind);
    if (latency != nullptr && latency->delay == Duration() && latency->jitter == Duration())
        return "a latency without delay and jitter does nothing";
    return "";
}

std::string contradictionIn(FaultRequest const& request) {
    return contradictionIn(request.what);
}
std::string contradictionIn(FaultReport const& report) {
    return contradictionIn(report.request.what);
}
template <class T>
std::string contradictionIn(T const&) {
    return "";
}

template <class T>
json write(T value) { // a copy: a description takes what it can also read into
    FieldWriter writer;
    describe(writer, value);
    return writer.result();
}

template <class T>
Read<T> read(json const& value) {
    T message;
    FieldReader reader(value, "");
    describe(reader, message);
    auto error = reader.finish();
    if (error.empty())
        error = contradictionIn(message);
    if (!error.empty())
        return Unreadable{std::move(error)};
    return message;
}

} // namespace

json toJson(FaultRequest const& request) {
    return write(request);
}
Read<FaultRequest> readRequest(json const& value) {
    return read<FaultRequest>(value);
}

json toJson(FaultReport const& report) {
    return write(report);
}
Read<FaultReport> readReport(json const& value) {
    return read<FaultReport>(value);
}

json toJson(PlanReport const& plan) {
    return write(plan);
}
Read<PlanReport> readPlan(json const& value) {
    return read<PlanReport>(value);
}

json toJson(Capability const& capability) {
    return write(capability);
}
Read<Capability> readCapability(json const& value) {
    return read<Capability>(value);
}

json toJson(Halt const& halt) {
    return write(halt);
}
Read<Halt> readHalt(json const& value) {
    return read<Halt>(value);
}

json toJson(HaltOrder const& order) {
    return write(order);
}
Read<HaltOrder> readHaltOrder(json const& value) {
    return read<HaltOrder>(value);
}

json toJson(AgentEvent const& event) {
    return write(event);
}
Read<AgentEvent> readEvent(json const& value) {
    return read<AgentEvent>(value);
}

} // namespace shakedown::protocol
