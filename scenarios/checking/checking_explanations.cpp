#include "scenarios/checking/explanations.hpp"

#include "scenarios/checking/codes.hpp"

namespace shakedown::checking {

namespace {

std::vector<Explanation> ofNames() {
    return {
        {codes::unknownService, "Unknown service",
         "A call, a rule, a fault or an operation names a service that the document does not have. "
         "Most often a letter "
         "is missing; the hint has the nearest name.",
         ""},
        {codes::unknownEndpoint, "Unknown endpoint",
         "The service is there, but it has no endpoint of this name.", ""},
        {codes::ambiguousEndpoint, "Which endpoint?",
         "A service can be called by its name alone if it has exactly one endpoint. This one has "
         "several, or none.",
         "- call: shop/buy"},
        {codes::unknownThing, "Unknown name",
         "The zone, host, link, topic, cache, version, load or agent of this name does not exist "
         "in the document.",
         ""},
        {codes::dialectWithoutPattern, "The library has no such pattern",
         "A pattern names the library whose edges it follows, and that library has nothing of the "
         "kind: Envoy, for one, takes hosts out of a pool (outlier detection) and limits "
         "connections, but has no breaker that a call asks. Another library's edges in its name "
         "would be wrong.",
         "outlier_detection: { dialect: envoy, consecutive: 5 }"},
        {codes::keyOfOtherDialect, "The library has no such key",
         "The pattern is there, but the library named by its dialect does not know this key, and a "
         "run would leave it aside without a word.",
         "outlier_detection: { dialect: grpc, failure_rate: 85%, minimum_calls: 50 }"},
        {codes::unknownEvent, "Unknown fault or operation",
         "A window ('during X', 'after X') or a recovery ('of X') names a fault or an operation by "
         "its name. One "
         "without a name is called by verb and target, such as slow-autos; give it a name to be "
         "sure.",
         "- { at: 60s, for: 60s, name: autos-slow, slow: { service: autos, add: 3s } }"},
        {codes::unknownCall, "Unknown call",
         "A condition is about a call that nobody makes. Calls are measured by caller and service, "
         "without the endpoint.",
         "- open(site -> autos) < 10%"},
        {codes::impossiblePlatform, "A platform that cannot be",
         "Machines and links contradict themselves or what shall run on them: no host, a link with "
         "one end, two links between the same ends, a name for two things, a zone that a service "
         "stands in without a host there, or cores of a service where its hosts have them.",
         "platform: { hosts: { a: { cores: 4 } } }"},
        {codes::sizeWithoutWay, "A size that nothing carries",
         "Sizes of requests and answers matter where something carries them: the links of a "
         "platform, or the bandwidth of the call.",
         "\"a -> b\": { bandwidth: 100Mbps, request_size: 2KiB }"},
        {codes::metricOfSubject, "The subject has no such metric",
         "Queue and utilisation are of services, amplification and open of calls (of a service: "
         "all calls to it; of a "
         "load: all it makes), lag is of topics, blast_radius of faults.",
         ""},
    };
}

std::vector<Explanation> ofSense() {
    return {
        {codes::endlessCalls, "Calls that never end",
         "Every request of these endpoints calls the next one, and the last calls the first again, "
         "so that no request "
         "can ever be answered. A cycle that depends on chance ends some time and is allowed.",
         "- choose: [ { p: 10%, do: [ call: tree/node ] } ]"},
        {codes::impossibleNumber, "Numbers that contradict each other",
         "Each number is in its range, but together they cannot be: a warm-up as long as the run, "
         "more branches needed "
         "than there are, shares above 100 %, a replica that does not exist.",
         ""},
        {codes::tooManyWindows, "Too many windows of time",
         "Every window that an expectation speaks of (`during X`, `after X`, `from A to B`) is "
         "measured by itself, in every request. A run tells 63 of them apart, beside the whole "
         "run. "
         "Let expectations share their windows, or split the file.",
         ""},
        {codes::loadWithoutRate, "A load that asks nothing",
         "A load is open (`rate`: requests come whether answers come or not) or closed (`users`: "
         "each waits for its "
         "answer, thinks and asks again). Say one of them.",
         "visitors: { to: shop/buy, rate: 500/s }"},
        {codes::nothingToRun, "Nothing to run",
         "Without a load nothing happens, and a run would show nothing but zeros.",
         "load: { visitors: { to: shop/buy, rate: 500/s } }"},
        {codes::afterTheEnd, "Behind the end of the run",
         "A fault, an operation, a load or a window begins when the run is over, so it changes "
         "nothing. Make `run.for` "
         "longer; it counts from the start, warm-up included.",
         "run: { for: 3m }"},
        {codes::unusedRule, "A rule for no call",
         "No call falls under this rule of `calls:`. The caller or callee may be meant "
         "differently, or the call is missing from its steps.",
         ""},
        {codes::uselessLimit, "A limit that never matters",
         "One attempt may take longer than all attempts together, so its timeout never comes into "
         "play. Make it shorter than the deadline.",
         "\"a -> b\": { timeout: 300ms, deadline: 800ms }"},
    };
}

std::vector<Explanation> ofLint() {
    return {
        {codes::callWithoutTimeout, "A call without a timeout",
         "When the callee hangs, every worker of the caller ends up waiting for it, and the "
         "failure spreads upwards: "
         "the classic cascade. A timeout a little above the normal p99 of the callee turns a hang "
         "into an error that "
         "can be handled.",
         "calls: { \"* -> *\": { timeout: 1s } }"},
        {codes::unboundedQueue, "An unbounded queue",
         "Overloaded, an unbounded queue grows until every request waits longer than its caller "
         "does; then the service "
         "works only on what has been given up, and stays so after the load has fallen. A short "
         "queue refuses early "
         "and keeps the rest fast.",
         "queue: { capacity: 50 }"},
        {codes::retryWithoutBudget, "Retries without a budget",
         "Retries help when failures are rare. When everything fails, they multiply the load just "
         "when there is least "
         "room for it, and several layers multiply each other. A budget allows them only as a "
         "share of the requests.",
         "retry: { attempts: 3, budget: { ratio: 20%, min_rate: 10/s } }"},
        {codes::childOutlastsParent, "An inner timeout longer than the outer one",
         "The caller's caller gives up first, and the inner call goes on working for nobody. "
         "Timeouts grow from the "
         "inside out, or a deadline is handed down.",
         "calls:\n  \"site -> shop\": { timeout: 1s }\n  \"shop -> db\": { timeout: 300ms }"},
        {codes::noBreakerToFlip, "A breaker that is not there",
         "An operation holds the circuit breaker of a call by hand, but the call has none, so "
         "nothing is held. Give it one, or cut the call by a fault.",
         "calls:\n  \"site -> shop\": { circuit_breaker: { failure_rate: 50% } }"},
    };
}

} // namespace

std::vector<Explanation> checkingExplanations() {
    auto list = ofNames();
    for (auto part : {ofSense(), ofLint()}) {
        list.insert(list.end(), part.begin(), part.end());
    }
    return list;
}

} // namespace shakedown::checking
