#include "chaos-agent/protocol/fault_json.hpp"

#include <array>
#include <limits>

#include "chaos-agent/protocol/fields.hpp"
#include "chaos-agent/protocol/kind_json.hpp"

namespace shakedown::protocol {

namespace {

using nlohmann::json;

constexpr std::int64_t anyNumber = std::numeric_limits<std::int64_t>::max();
constexpr Duration longest = Duration::seconds(86'400);
constexpr std::size_t longestName = 256;

constexpr std::array waysInOrder{"in", "out", "both"};

template <class T>
Read<T> readOr(Fields& fields, T value) {
    if (auto why = fields.error(); !why.empty())
        return Unreadable{std::move(why)};
    return value;
}

// The enumerator whose name is in the field.
template <class Enum>
Enum named(Fields& fields, char const* field, Enum last) {
    std::string const name = fields.text(field, longestName);
    for (int i = 0; i <= static_cast<int>(last); ++i)
        if (name == nameOf(static_cast<Enum>(i)))
            return static_cast<Enum>(i);
    fields.complain(field, "has no meaning: '" + name + "'");
    return Enum{};
}

Way wayOf(Fields& fields) {
    std::string const name = fields.textOr("way", "both", longestName);
    for (std::size_t i = 0; i < waysInOrder.size(); ++i)
        if (name == waysInOrder[i])
            return static_cast<Way>(i);
    fields.complain("way", "must be in, out or both");
    return Way::Both;
}

} // namespace

json toJson(FaultRequest const& request) {
    json object{{"target", request.target},
                {"peers", request.peers},
                {"way", waysInOrder[static_cast<std::size_t>(request.way)]},
                {"duration_us", inMicroseconds(request.duration)},
                {"lease_us", inMicroseconds(request.lease)},
                {"reason", request.reason}};
    writeKind(request.what, object);
    return object;
}

Read<FaultRequest> readRequest(json const& value) {
    Fields fields(value);
    FaultRequest request;
    request.what = readKind(fields);
    request.target = fields.text("target", longestName);
    request.peers = fields.texts("peers");
    request.way = wayOf(fields);
    request.duration = fields.span("duration_us", Duration::milliseconds(1), longest);
    request.lease =
        fields.spanOr("lease_us", leaseUnlessTold, Duration::seconds(1), Duration::seconds(60));
    request.reason = fields.textOr("reason", "", 1024);
    return readOr(fields, std::move(request));
}

json toJson(FaultReport const& report) {
    return {{"id", report.id},
            {"plan_hash", report.planHash},
            {"request", toJson(report.request)},
            {"owner", report.owner},
            {"state", nameOf(report.state)},
            {"reason", nameOf(report.reason)},
            {"irreversible", report.irreversible},
            {"detail", report.detail},
            {"lease_left_us", inMicroseconds(report.leaseLeft)},
            {"duration_left_us", inMicroseconds(report.durationLeft)},
            {"started_at_ms", report.startedAtMs},
            {"ended_at_ms", report.endedAtMs}};
}

Read<FaultReport> readReport(json const& value) {
    Fields fields(value);
    FaultReport report;
    report.id = fields.text("id", longestName);
    report.planHash = fields.text("plan_hash", longestName);
    if (auto const* request = fields.any("request")) {
        auto read = readRequest(*request);
        if (auto const* unreadable = std::get_if<Unreadable>(&read))
            fields.complain("request", "cannot be read: " + unreadable->why);
        else
            report.request = std::get<FaultRequest>(std::move(read));
    }
    report.owner = fields.text("owner", longestName);
    report.state = named(fields, "state", FaultState::Failed);
    report.reason = named(fields, "reason", EndReason::ApplyFailed);
    report.irreversible = fields.flag("irreversible");
    report.detail = fields.text("detail", 64 * 1024);
    report.leaseLeft = fields.span("lease_left_us", Duration(), longest);
    report.durationLeft = fields.span("duration_left_us", Duration(), longest);
    report.startedAtMs = fields.count("started_at_ms", 0, anyNumber);
    report.endedAtMs = fields.count("ended_at_ms", 0, anyNumber);
    return readOr(fields, std::move(report));
}

json toJson(PlanReport const& plan) {
    json steps = json::array();
    for (auto const& step : plan.steps)
        steps.push_back({{"apply", step.apply}, {"revert", step.revert}});
    return {{"hash", plan.hash}, {"irreversible", plan.irreversible}, {"steps", std::move(steps)}};
}

Read<PlanReport> readPlan(json const& value) {
    Fields fields(value);
    PlanReport plan;
    plan.hash = fields.text("hash", longestName);
    plan.irreversible = fields.flag("irreversible");
    auto const* steps = fields.any("steps");
    if (steps != nullptr && !steps->is_array())
        fields.complain("steps", "must be a list");
    else if (steps != nullptr)
        for (auto const& one : *steps) {
            Fields step(one);
            plan.steps.push_back(
                {step.text("apply", 1024 * 1024), step.text("revert", 1024 * 1024)});
            if (auto const why = step.error(); !why.empty())
                fields.complain("steps", "cannot be read: " + why);
        }
    return readOr(fields, std::move(plan));
}

json toJson(Capability const& capability) {
    return {{"kind", capability.kind},
            {"target", capability.target},
            {"possible", capability.possible},
            {"why", capability.why}};
}

Read<Capability> readCapability(json const& value) {
    Fields fields(value);
    Capability capability;
    capability.kind = fields.text("kind", longestName);
    capability.target = fields.text("target", longestName);
    capability.possible = fields.flag("possible");
    capability.why = fields.text("why", 64 * 1024);
    return readOr(fields, std::move(capability));
}

json toJson(Halt const& halt) {
    return {{"on", halt.on}, {"reason", halt.reason}, {"by", halt.by}, {"since_ms", halt.sinceMs}};
}

Read<Halt> readHalt(json const& value) {
    Fields fields(value);
    Halt halt;
    halt.on = fields.flag("on");
    halt.reason = fields.text("reason", 64 * 1024);
    halt.by = fields.text("by", 4096);
    halt.sinceMs = fields.count("since_ms", 0, anyNumber);
    return readOr(fields, std::move(halt));
}

json toJson(AgentEvent const& event) {
    return {{"number", event.number},
            {"at_ms", event.atMs},
            {"what", event.what},
            {"fault", event.fault},
            {"detail", event.detail}};
}

Read<AgentEvent> readEvent(json const& value) {
    Fields fields(value);
    AgentEvent event;
    event.number = static_cast<std::uint64_t>(fields.count("number", 0, anyNumber));
    event.atMs = fields.count("at_ms", 0, anyNumber);
    event.what = fields.text("what", longestName);
    event.fault = fields.text("fault", longestName);
    event.detail = fields.text("detail", 64 * 1024);
    return readOr(fields, std::move(event));
}

} // namespace shakedown::protocol
