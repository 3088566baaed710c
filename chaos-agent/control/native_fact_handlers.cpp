#include "chaos-agent/control/native_handlers.hpp"

#include <charconv>

#include "chaos-agent/control/native_answers.hpp"
#include "chaos-agent/control/native_metrics.hpp"
#include "chaos-agent/control/openapi.hpp"
#include "chaos-agent/protocol/fault_json.hpp"

namespace shakedown::control {

namespace {

template <class Number>
std::optional<Number> numberIn(std::string const& text) {
    Number number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return {};
    return number;
}

} // namespace

Response serveTargets(NativeDesk& desk, NativeCall const&) {
    return nativeAnswer(200, {{"targets", desk.keeper.targets()}});
}

Response serveCapabilities(NativeDesk& desk, NativeCall const&) {
    auto list = nlohmann::json::array();
    for (auto const& capability : desk.keeper.capabilities())
        list.push_back(toJson(capability));
    return nativeAnswer(200, {{"capabilities", std::move(list)}});
}

Response serveAudit(NativeDesk& desk, NativeCall const& call) {
    auto const count =
        call.count.empty() ? std::optional(auditUnlessTold) : numberIn<std::size_t>(call.count);
    if (!count || *count == 0 || *count > auditAtMost)
        return nativeError(400, "bad_request",
                           "'count' must be a whole number from 1 to "
                               + std::to_string(auditAtMost));
    // As texts: the chain of hashes is over the very bytes.
    return nativeAnswer(200, {{"lines", desk.keeper.audit(*count)}});
}

Response serveEvents(NativeDesk& desk, NativeCall const& call) {
    std::optional<std::uint64_t> after;
    if (auto const& text = call.request.lastEventId; !text.empty()) {
        after = numberIn<std::uint64_t>(text);
        if (!after)
            return nativeError(400, "bad_request", "the Last-Event-ID must be a whole number");
    }
    return {200,
            "text/event-stream",
            "",
            {{"Cache-Control", "no-store"}},
            desk.events->subscribe(after)};
}

Response serveOpenApi(NativeDesk&, NativeCall const&) {
    return {200, "application/json", openApiText(), {}};
}

Response serveMetrics(NativeDesk& desk, NativeCall const&) {
    return {
        200, openMetricsContentType, metricsOf(desk.keeper.health(), desk.failedHandshakes), {}};
}

Response serveHealth(NativeDesk&, NativeCall const&) {
    return {200, "text/plain; charset=utf-8", "ok\n", {}};
}

Response serveReadiness(NativeDesk& desk, NativeCall const&) {
    auto const health = desk.keeper.health();
    if (!health.canRecord)
        return nativeError(503, "cannot_record",
                           "the journal or the audit log cannot be written: no fault would start");
    if (!health.isWatched)
        return nativeError(503, "not_watched",
                           "the watchdog is gone: nobody would take faults back if the agent died");
    return {200, "text/plain; charset=utf-8", "ready\n", {}};
}

} // namespace shakedown::control
