#include "scenarios/reading/fields.hpp"
#include "scenarios/reading/preset_kind.hpp"
#include "scenarios/reading/scalar_kinds.hpp"

namespace shakedown::reading {

namespace {

using namespace model;

std::vector<Field> networkRows() {
    return {field<&CallPolicy::latency>("latency", varying(), "Network time, one way."),
            field<&CallPolicy::transport>("transport", word<Transport>(),
                                          "tcp: a lost message costs retransmission timeouts (RFC "
                                          "6298). datagram: lost is lost."),
            field<&CallPolicy::loss>("loss", share(), "Share of messages lost."),
            field<&CallPolicy::bandwidth>("bandwidth", bandwidth(), "What the way carries."),
            field<&CallPolicy::connect>(
                "connect", varying(),
                "Time to connect, paid on first use of a pooled connection and after a reset."),
            field<&CallPolicy::requestSize>("request_size", bytes(),
                                            "Size of a request, for bandwidth and links."),
            field<&CallPolicy::responseSize>("response_size", bytes(),
                                             "Size of an answer, for bandwidth and links.")};
}

std::vector<Field> timeRows() {
    return {field<&CallPolicy::timeout>(
                "timeout", duration(NoneWord::Allowed),
                "Limit of one attempt. An answer exactly at its timeout is late."),
            field<&CallPolicy::deadline>("deadline", duration(NoneWord::Allowed),
                                         "Limit of all attempts together."),
            field<&CallPolicy::propagateDeadline>(
                "propagate_deadline", flag(),
                "Whether the callee inherits what is left of the deadline."),
            field<&CallPolicy::cancel>("cancel", flag(),
                                       "true: an attempt given up is withdrawn at the callee. "
                                       "false: it keeps its place and its worker.")};
}

std::vector<Field> patternRows() {
    return {
        field<&CallPolicy::retry>("retry", pattern(retryKind()), "Trying again."),
        field<&CallPolicy::clientThrottle>(
            "client_throttle", pattern(clientThrottleKind()),
            "Refusing at the caller what would probably be refused."),
        field<&CallPolicy::circuitBreaker>("circuit_breaker", pattern(circuitBreakerKind()),
                                           "Not calling for a while what keeps failing."),
        field<&CallPolicy::bulkhead>(
            "bulkhead", pattern(bulkheadKind()),
            "A limit of calls at once, so that one callee cannot take every worker."),
        field<&CallPolicy::rateLimit>("rate_limit", pattern(rateLimitKind()),
                                      "A limit of calls per time."),
        field<&CallPolicy::hedge>("hedge", pattern(hedgeKind()),
                                  "A second attempt while the first is still awaited."),
        field<&CallPolicy::fallback>("fallback", pattern(fallbackKind()),
                                     "What is answered when the call has failed."),
        field<&CallPolicy::balance>("balance", balanceKind(), "Which replica is called."),
        field<&CallPolicy::outlierDetection>("outlier_detection", pattern(outlierDetectionKind()),
                                             "Leaving out replicas that fail more than others."),
        field<&CallPolicy::connections>("connections", connectionsKind(),
                                        "Limits of the connection pool."),
        field<&CallPolicy::slowStart>("slow_start", pattern(slowStartKind()),
                                      "Little traffic at first for a new replica."),
        field<&CallPolicy::order>(
            "order", listOf(word<Pattern>(), "patterns"),
            "The order of the stacked patterns, outside in: fallback, deadline, retry, hedge, "
            "balance, circuit_breaker, rate_limit, timeout, bulkhead, connection, network."),
        field<&CallPolicy::preset>("preset", presetChoice(),
                                   "The library whose edges and published defaults hold; see "
                                   "[presets](#presets).")};
}

} // namespace

Of<CallPolicy> callPolicyKind() {
    static Of<CallPolicy> const kind = record<CallPolicy>(
        {"call policy",
         "How one service calls another: the network between them and the patterns of resilience.",
         callPolicyRows(),
         "",
         {},
         &callDefaults()});
    return kind;
}

std::vector<Field> callPolicyRows() {
    return joined(joined(networkRows(), timeRows()), patternRows());
}

Of<std::vector<CallRule>> callRulesKind() {
    return {std::make_shared<NamedMapKind<CallRule>>(
        callName().kind, callPolicyKind().kind, [](CallRule& rule) -> void* { return &rule.name; },
        [](CallRule& rule) -> void* { return &rule.policy; }, "call rules", NewNames::Allowed)};
}

} // namespace shakedown::reading
