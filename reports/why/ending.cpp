#include "reports/why/ending.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

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

// Of the attempts below, the failed one that was answered last before its parent answered.
std::optional<std::uint32_t> failedBelow(record::Request const& request, std::uint32_t parent) {
    auto const& above = request.spans[parent];
    SimTime const until = std::min({above.ended, above.answered, request.ended});
    std::optional<std::uint32_t> last;
    for (std::uint32_t i = parent + 1; i < request.spans.size(); ++i) {
        auto const& s = request.spans[i];
        bool const failed = s.parent == parent && s.cause != Cause::None
                            && s.cause != Cause::Cancelled && s.answered <= until;
        if (failed && (!last || s.answered >= request.spans[*last].answered)) {
            last = i;
        }
    }
    return last;
}

} // namespace

std::vector<std::uint32_t> wayDown(record::Request const& request) {
    std::vector<std::uint32_t> way;
    for (std::uint32_t i = 0; i < request.spans.size(); ++i) {
        if (request.spans[i].parent == record::nobody) {
            way = {i};
        }
    }
    while (!way.empty()) {
        auto const& s = request.spans[way.back()];
        auto const below = failedBelow(request, way.back());
        // The status of an error is handed on by who called.
        bool const isHandedOn =
            s.cause == Cause::ErrorReply || s.cause == Cause::None
            || (s.cause == Cause::Injected && below && request.spans[*below].answered == s.ended);
        if (!below || !isHandedOn) {
            break;
        }
        way.push_back(*below);
    }
    return way;
}

Proximate proximateOf(record::Request const& request) {
    auto const way = wayDown(request);
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
