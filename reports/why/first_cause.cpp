#include "reports/why/first_cause.hpp"

#include "reports/record/event_kind.hpp"

namespace shakedown::why {

using record::isFault;

namespace {

std::string at(std::vector<std::string> const& names, std::uint32_t i) {
    return i < names.size() ? names[i] : std::string("?");
}

std::string eventName(std::uint32_t event, record::Header const& header) {
    std::string const name = at(header.names.events, event);
    std::string const verb = event < header.verbs.size() ? header.verbs[event] : std::string();
    return (isFault(event, header) ? "fault " : "operation ") + name
           + (verb.empty() || verb == name ? "" : " (" + verb + ")");
}

} // namespace

Nature natureOf(FirstCause cause, record::Header const& header) {
    switch (cause.kind) {
    case CauseKind::Event:
        return isFault(cause.of, header) ? Nature::Fault : Nature::Operation;
    case CauseKind::Overload:
    case CauseKind::Neighbour:
        return Nature::Saturation;
    case CauseKind::ShortTimeout:
    case CauseKind::Bulkhead:
    case CauseKind::Pool:
    case CauseKind::RateLimit:
    case CauseKind::ServerLimit:
    case CauseKind::ShortQueue:
    case CauseKind::OwnErrors:
    case CauseKind::SlowWork:
    case CauseKind::Network:
    case CauseKind::NobodyThere:
    case CauseKind::TrippedBreaker:
        break;
    }
    return Nature::Configuration;
}

char const* wordOf(Nature nature) {
    switch (nature) {
    case Nature::Fault:
        return "fault";
    case Nature::Operation:
        return "operation";
    case Nature::Saturation:
        return "saturation";
    case Nature::Configuration:
        break;
    }
    return "configuration";
}

std::string nameOf(FirstCause cause, record::Header const& header) {
    auto const service = [&] { return at(header.names.services, cause.of); };
    auto const call = [&] { return at(header.names.calls, cause.of); };
    switch (cause.kind) {
    case CauseKind::Event:
        return eventName(cause.of, header);
    case CauseKind::Overload:
        return "too little capacity of " + service();
    case CauseKind::Neighbour:
        return "noisy neighbour " + service();
    case CauseKind::ShortTimeout:
        return "timeout of " + call();
    case CauseKind::Bulkhead:
        return "bulkhead of " + call();
    case CauseKind::Pool:
        return "connection pool of " + call();
    case CauseKind::RateLimit:
        return "rate limit of " + call();
    case CauseKind::ServerLimit:
        return "limit of " + service();
    case CauseKind::ShortQueue:
        return "short queue of " + service();
    case CauseKind::OwnErrors:
        return "errors of " + service() + " itself";
    case CauseKind::SlowWork:
        return "slow work of " + service();
    case CauseKind::Network:
        return "network of " + call();
    case CauseKind::NobodyThere:
        return "no replica of " + service();
    case CauseKind::TrippedBreaker:
        return "circuit breaker of " + call();
    }
    return {};
}

char const* whatIsWrong(CauseKind kind) {
    switch (kind) {
    case CauseKind::Event:
        return "it was done to the system";
    case CauseKind::Overload:
        return "more work comes than its workers can do";
    case CauseKind::Neighbour:
        return "it takes the processor from others on its host";
    case CauseKind::ShortTimeout:
        return "it is shorter than the callee takes when all is well";
    case CauseKind::Bulkhead:
        return "it has fewer permits than there are calls at once when all is well";
    case CauseKind::Pool:
        return "it has fewer connections than there are calls at once when all is well";
    case CauseKind::RateLimit:
        return "it lets fewer calls through than are wanted";
    case CauseKind::ServerLimit:
        return "it takes fewer requests than come";
    case CauseKind::ShortQueue:
        return "it refuses in short bursts that its workers could have done";
    case CauseKind::OwnErrors:
        return "it answers with errors although nothing was done to it";
    case CauseKind::SlowWork:
        return "its own work takes so long, with nothing in its way";
    case CauseKind::Network:
        return "messages are lost or late without a fault";
    case CauseKind::NobodyThere:
        return "there was nobody to send to";
    case CauseKind::TrippedBreaker:
        return "it opened for failures that the record does not hold";
    }
    return "";
}

} // namespace shakedown::why
