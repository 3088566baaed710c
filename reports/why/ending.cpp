#include "reports/why/ending.hpp"

#include <string_view>

#include "reports/why/span_tree.hpp"

namespace shakedown::why {

using record::Cause;

namespace {

// Of "a -> b/c", b.
std::string calleeOf(std::string_view call) {
    constexpr std::string_view arrow = " -> ";
    auto const at = call.find(arrow);
    if (at == std::string_view::npos) {
        return std::string(call);
    }
    call.remove_prefix(at + arrow.size());
    return std::string(call.substr(0, call.find('/')));
}

} // namespace

Proximate proximateOf(record::Request const& request) {
    auto const way = SpanTree(request).wayDown();
    return way.empty() ? Proximate()
                       : Proximate{request.spans[way.back()].cause, request.spans[way.back()].call};
}

std::string endingText(Proximate const& what, record::Header const& header) {
    std::string const call =
        what.call < header.names.calls.size() ? header.names.calls[what.call] : "?";
    std::string const callee = calleeOf(call);
    switch (what.cause) {
    case Cause::None:
        return "late or degraded at " + callee;
    case Cause::ErrorReply:
        return "error from " + callee;
    case Cause::Timeout:
        return "timeout of " + call;
    case Cause::Deadline:
        return "deadline of " + call;
    case Cause::QueueFull:
        return "queue full at " + callee;
    case Cause::QueueTimeout:
        return "waited too long in the queue of " + callee;
    case Cause::Shed:
        return "shed by " + callee;
    case Cause::BreakerOpen:
        return "circuit breaker open on " + call;
    case Cause::BulkheadFull:
        return "bulkhead full on " + call;
    case Cause::Refused:
        return "connection refused by " + callee;
    case Cause::Reset:
        return "connection reset by " + callee;
    case Cause::NoReplica:
        return "no replica of " + callee;
    case Cause::Draining:
        return callee + " takes nothing new";
    case Cause::Injected:
        return "error of " + callee;
    case Cause::Cancelled:
        return "cancelled on " + call;
    case Cause::RateLimited:
        return "rate limit on " + call;
    case Cause::Throttled:
        return "client throttle on " + call;
    case Cause::PoolFull:
        return "connection pool full on " + call;
    }
    return {};
}

} // namespace shakedown::why
