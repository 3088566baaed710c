#include "scenarios/reading/fields.hpp"

#include <algorithm>

#include "scenarios/reading/quantity_grammar.hpp"
#include "scenarios/reading/scalar_kinds.hpp"
#include "scenarios/vocabulary/quantity_text.hpp"

namespace shakedown::reading {

namespace {

using namespace model;

constexpr auto dialectSentence = "The library whose behaviour at the edges it follows and whose "
                                 "values fill the keys that are not "
                                 "said; that of the preset if not said.";

// What holds where a pattern is there but a key of it is not said.
CallPolicy const& shownDefaults() {
    static CallPolicy const shown = [] {
        CallPolicy policy = patternDefaults();
        policy.retry->backoff.reset(); // without a backoff the next attempt goes at once
        return policy;
    }();
    return shown;
}

template <class E>
std::string wordsOf() {
    std::string list;
    for (auto const& named : model::namesOf<E>()) {
        list += (list.empty() ? "" : ", ") + std::string(named.name);
    }
    return list;
}

// A number of replicas, or `all`, which is kept as 0.
class ChoicesKind : public Kind {
public:
    void read(Node const& node, void* value, Reading& reading) const override {
        if (node.isScalar("all")) {
            *static_cast<int*>(value) = 0;
            return;
        }
        number_->read(node, value, reading);
    }
    std::optional<Node> write(void const* value) const override {
        return *static_cast<int const*>(value) == 0 ? Node::scalar("all") : number_->write(value);
    }
    Json schema(Definitions& definitions) const override {
        return {{"anyOf", Json::array({number_->schema(definitions), Json{{"const", "all"}}})}};
    }
    std::string name() const override { return number_->name() + " or all"; }
    std::string range() const override { return number_->range(); }

private:
    KindPtr number_ = count(atLeast(1)).kind;
};

Of<int> choices() {
    return {std::make_shared<ChoicesKind>()};
}

// Keys of two kinds of one thing exclude each other.
AfterReading oneKindOf(std::vector<std::vector<std::string>> kinds, std::string what) {
    return [kinds = std::move(kinds), what = std::move(what)](void*, Node const& map,
                                                              Reading& reading) {
        std::string first;
        for (auto const& keys : kinds) {
            for (auto const& key : keys) {
                MapEntry const* const entry = map.entry(key);
                if (entry == nullptr) {
                    continue;
                }
                bool const isOtherKind =
                    !first.empty() && std::find(keys.begin(), keys.end(), first) == keys.end();
                if (isOtherKind) {
                    reading.findings.error(codes::contradictingKeys, entry->key.place(),
                                           "'" + first + "' and '" + key
                                               + "' belong to different kinds of " + what,
                                           "keep the keys of one kind");
                    return;
                }
                first = key;
            }
        }
    };
}

Of<Backoff> backoffKind() {
    return record<Backoff>(
        {"backoff",
         "The wait before another attempt: initial x factor^n, at most max, then jitter.",
         {field<&Backoff::initial>("initial", duration(), "The wait before the second attempt."),
          field<&Backoff::factor>("factor", number(atLeast(1)), "How much longer each wait is."),
          field<&Backoff::max>("max", duration(NoneWord::Allowed), "The longest wait."),
          field<&Backoff::jitter>("jitter", word<Jitter>(), "How waits are spread by chance.")},
         "initial",
         {},
         &*patternDefaults().retry->backoff});
}

Of<RetryBudget> budgetKind() {
    return record<RetryBudget>(
        {"retry budget",
         "A limit of retries for all requests of a caller replica to a callee together. Finagle's "
         "kind (ratio, min_rate), Envoy's (percent, min_concurrent) or a bucket (tokens, deposit, "
         "cost).",
         {field<&RetryBudget::ratio>(
              "ratio", share(100), "Retries allowed as a share of the requests of the last 10 s."),
          field<&RetryBudget::minRate>("min_rate", rate(), "Retries allowed whatever the share."),
          field<&RetryBudget::percent>("percent", share(100),
                                       "Retries allowed as a share of active requests."),
          field<&RetryBudget::minConcurrent>("min_concurrent", count(),
                                             "Retries allowed at once whatever the share."),
          field<&RetryBudget::tokens>("tokens", number(), "Size of the bucket."),
          field<&RetryBudget::deposit>(
              "deposit", number(),
              "What a request puts in (with the dialects grpc and aws-sdk, a success)."),
          field<&RetryBudget::cost>("cost", number(), "What a retry takes out.")},
         "",
         oneKindOf(
             {{"ratio", "min_rate"}, {"percent", "min_concurrent"}, {"tokens", "deposit", "cost"}},
             "budget"),
         nullptr});
}

Of<BreakerWindow> breakerWindowKind() {
    return record<BreakerWindow>(
        {"breaker window",
         "The results a breaker looks at: the last calls, or those of the last time.",
         {field<&BreakerWindow::calls>("calls", count(atLeast(1)), "How many of the last calls."),
          field<&BreakerWindow::time>("time", duration(), "How long back.")},
         "",
         oneKindOf({{"calls"}, {"time"}}, "window"),
         nullptr});
}

// A duration, or a percentile of the call's own latency: `p95`, `p99.9`.
class HedgeAfterKind : public Kind {
public:
    void read(Node const& node, void* value, Reading& reading) const override {
        auto& after = *static_cast<std::variant<Duration, Ratio>*>(value);
        bool const isPercentile = node.isScalar() && node.text().starts_with('p');
        if (!isPercentile) {
            Duration span;
            duration().kind->read(node, &span, reading);
            after = span;
            return;
        }
        auto const percent = parseNumber(std::string_view(node.text()).substr(1));
        if (!percent || percent.value() <= 0 || percent.value() >= 100) {
            reading.findings.error(codes::badQuantity, node.place(),
                                   node.described() + " is no percentile",
                                   "write p95 or p99.9, or a duration");
            return;
        }
        after = Ratio::percent(percent.value());
    }
    std::optional<Node> write(void const* value) const override {
        auto const& after = *static_cast<std::variant<Duration, Ratio> const*>(value);
        if (auto const* span = std::get_if<Duration>(&after)) {
            return Node::scalar(toText(*span));
        }
        std::string percent = toText(std::get<Ratio>(after));
        percent.pop_back();
        return Node::scalar("p" + percent);
    }
    Json schema(Definitions& definitions) const override {
        return {{"anyOf",
                 Json::array({duration().kind->schema(definitions),
                              Json{{"type", "string"}, {"pattern", R"(^p[0-9]+(\.[0-9]+)?$)"}}})}};
    }
    std::string name() const override { return "duration or percentile"; }
};

} // namespace

Of<Retry> retryKind() {
    static Of<Retry> const kind = record<Retry>(
        {"retry",
         "Trying again. A bare number is the attempts.",
         {field<&Retry::attempts>("attempts", count({1, 1000}), "Attempts, the first included."),
          field<&Retry::backoff>("backoff", backoffKind(), "The wait before another attempt."),
          field<&Retry::budget>("budget", budgetKind(),
                                "A limit of retries for all requests together."),
          field<&Retry::retryOn>("retry_on", listOf(word<RetryOn>(), "outcomes", Single::Allowed),
                                 "Outcomes that are tried again: " + wordsOf<RetryOn>() + "."),
          field<&Retry::avoidSameReplica>(
              "avoid_same_replica", flag(),
              "Whether another attempt goes to another replica where there is one."),
          field<&Retry::dialect>("dialect", word<Dialect>(), dialectSentence)},
         "attempts",
         {},
         &*shownDefaults().retry});
    return kind;
}

Of<ClientThrottle> clientThrottleKind() {
    static Of<ClientThrottle> const kind = record<ClientThrottle>(
        {"client throttle",
         "Refuses at the caller with the chance max(0, (requests - k accepts) / (requests + 1)).",
         {field<&ClientThrottle::k>("k", number(atLeast(1)),
                                    "How many times more than was accepted may be sent."),
          field<&ClientThrottle::window>("window", duration(),
                                         "How long back requests and accepts count.")},
         "",
         {},
         &*shownDefaults().clientThrottle});
    return kind;
}

Of<CircuitBreaker> circuitBreakerKind() {
    static Of<CircuitBreaker> const kind = record<CircuitBreaker>(
        {"circuit breaker",
         "Not calling for a while what keeps failing.",
         {field<&CircuitBreaker::window>("window", breakerWindowKind(), "The results it looks at."),
          field<&CircuitBreaker::minimumCalls>("minimum_calls", count(atLeast(1)),
                                               "Fewer results in the window never open it."),
          field<&CircuitBreaker::failureRate>("failure_rate", share(),
                                              "It opens at this share of failures."),
          field<&CircuitBreaker::slowRate>("slow_rate", share(),
                                           "It opens at this share of slow calls."),
          field<&CircuitBreaker::slowAfter>("slow_after", duration(),
                                            "A call that takes longer is slow."),
          field<&CircuitBreaker::openFor>("open_for", duration(),
                                          "How long it stays open before it tries again."),
          field<&CircuitBreaker::halfOpenCalls>("half_open_calls", count(atLeast(1)),
                                                "Calls let through to try."),
          field<&CircuitBreaker::halfOpenFor>("half_open_for", duration(NoneWord::Allowed),
                                              "The longest time half open."),
          field<&CircuitBreaker::consecutive>(
              "consecutive", count(atLeast(1)),
              "Failures in a row that open it, in dialects that count runs."),
          field<&CircuitBreaker::per>("per", word<BreakerScope>(), "What has a state of its own."),
          field<&CircuitBreaker::byHand>("by_hand", word<BreakerByHand>(),
                                         "Whether it works by itself or is held by hand."),
          field<&CircuitBreaker::dialect>("dialect", word<Dialect>(), dialectSentence)},
         "",
         {},
         &*shownDefaults().circuitBreaker});
    return kind;
}

Of<Bulkhead> bulkheadKind() {
    static Of<Bulkhead> const kind = record<Bulkhead>(
        {"bulkhead",
         "A limit of calls at once. A bare number is max_concurrent.",
         {field<&Bulkhead::maxConcurrent>("max_concurrent", count(), "Calls at once."),
          field<&Bulkhead::maxWait>("max_wait", duration(NoneWord::Allowed),
                                    "How long a call waits for its place."),
          field<&Bulkhead::threads>("threads", count(atLeast(1)),
                                    "Own threads instead of a semaphore."),
          field<&Bulkhead::queue>("queue", count(), "Waiting places before the own threads."),
          field<&Bulkhead::dialect>("dialect", word<Dialect>(), dialectSentence)},
         "max_concurrent",
         {},
         &*shownDefaults().bulkhead});
    return kind;
}

Of<RateLimit> rateLimitKind() {
    static Of<RateLimit> const kind = record<RateLimit>(
        {"rate limit",
         "A limit of calls per time. A bare rate is the rate.",
         {field<&RateLimit::rate>("rate", rate(), "Calls per time."),
          field<&RateLimit::burst>("burst", count(atLeast(1)), "Calls let through at once."),
          field<&RateLimit::maxWait>("max_wait", duration(NoneWord::Allowed),
                                     "How long a call waits for its turn."),
          field<&RateLimit::dialect>("dialect", word<Dialect>(), dialectSentence)},
         "rate",
         {},
         nullptr});
    return kind;
}

Of<Hedge> hedgeKind() {
    static Of<Hedge> const kind = record<Hedge>(
        {"hedge",
         "A second attempt while the first is still awaited.",
         {field<&Hedge::after>(
              "after", Of<std::variant<Duration, Ratio>>{std::make_shared<HedgeAfterKind>()},
              "When: after a duration, or a percentile of the call's own latency (p95)."),
          field<&Hedge::max>("max", count(atLeast(1)), "Additional attempts at most."),
          field<&Hedge::dialect>("dialect", word<Dialect>(), dialectSentence)},
         "after",
         {},
         nullptr});
    return kind;
}

Of<Fallback> fallbackKind() {
    static Of<Fallback> const kind = record<Fallback>(
        {"fallback",
         "What is answered when the call has failed. A bare word is the answer.",
         {field<&Fallback::answer>("answer", word<FallbackAnswer>(), "How the answer counts."),
          field<&Fallback::work>("work", varying(), "What making it costs the caller.")},
         "answer",
         {},
         &*shownDefaults().fallback});
    return kind;
}

namespace {

bool isPrime(int n) {
    for (int d = 2; d <= n / d; ++d)
        if (n % d == 0)
            return false;
    return n > 1;
}

void checkBalance(void* value, Node const& map, Reading& reading) {
    auto const& balance = *static_cast<Balance const*>(value);
    if (balance.bound && balance.bound->value() < 1)
        reading.findings.error(codes::outOfRange, map.find("bound")->place(),
                               "'bound' is less than what a replica has on average",
                               "at least 100%");
    bool const isMaglev = balance.policy == BalancePolicy::Maglev;
    if (isMaglev && balance.size && !isPrime(*balance.size))
        reading.findings.error(codes::outOfRange, map.find("size")->place(),
                               "the size of Maglev's table is no prime", "size: 65537");
}

} // namespace

Of<Balance> balanceKind() {
    static Of<Balance> const kind = record<Balance>(
        {"balance",
         "Which replica is called. A bare word is the policy.",
         {field<&Balance::policy>("policy", word<BalancePolicy>(), "How it is picked."),
          field<&Balance::choices>("choices", choices(),
                                   "least_request: replicas compared, drawn with replacement; all "
                                   "if not said and no preset says otherwise."),
          field<&Balance::weights>("weights", optionally(listOf(count(atLeast(1)), "weights")),
                                   "weighted, hashing, round_robin and least_request: of the "
                                   "replicas in order, again from the first when they end."),
          field<&Balance::bound>("bound", optionally(share(100)),
                                 "ring_hash and maglev: what a replica may have under way, by the "
                                 "mean of all (125%, at least 100%); no bound if not said."),
          field<&Balance::size>("size", optionally(count({1, 8'388'608})),
                                "ring_hash: points of the ring at least (1024); maglev: places of "
                                "the table, a prime (65537)."),
          field<&Balance::firstRoundTrip>("first_round_trip", optionally(duration()),
                                          "peak_ewma: assumed of a replica before its first "
                                          "answer (30ms)."),
          field<&Balance::decay>("decay", optionally(duration()),
                                 "peak_ewma: how long a slow answer is remembered (10s).")},
         "policy",
         checkBalance,
         nullptr});
    return kind;
}

Of<OutlierDetection> outlierDetectionKind() {
    static Of<OutlierDetection> const kind = record<OutlierDetection>(
        {"outlier detection",
         "Leaving out replicas that fail more than others.",
         {field<&OutlierDetection::consecutive>("consecutive", count(atLeast(1)),
                                                "Failures in a row that eject a replica."),
          field<&OutlierDetection::failureRate>("failure_rate", share(),
                                                "Share of failures that ejects a replica."),
          field<&OutlierDetection::minimumCalls>("minimum_calls", count(atLeast(1)),
                                                 "Fewer results never eject."),
          field<&OutlierDetection::interval>("interval", duration(), "Time between two looks."),
          field<&OutlierDetection::ejectFor>(
              "eject_for", duration(),
              "How long a replica is left out, times its ejections so far."),
          field<&OutlierDetection::maxEjected>("max_ejected", share(),
                                               "Share of replicas left out at most."),
          field<&OutlierDetection::dialect>("dialect", word<Dialect>(), dialectSentence)},
         "",
         {},
         &*shownDefaults().outlierDetection});
    return kind;
}

Of<Connections> connectionsKind() {
    static Of<Connections> const kind = record<Connections>(
        {"connections",
         "Limits of the connection pool.",
         {field<&Connections::max>("max", count(atLeast(1)), "Connections at once."),
          field<&Connections::pending>("pending", count(), "Requests that may wait for one.")},
         "max",
         {},
         nullptr});
    return kind;
}

Of<SlowStart> slowStartKind() {
    static Of<SlowStart> const kind = record<SlowStart>(
        {"slow start",
         "Little traffic at first for a new replica.",
         {field<&SlowStart::window>("window", duration(),
                                    "How long it takes until it gets its full share."),
          field<&SlowStart::aggression>("aggression", number(),
                                        "1: the share grows in a straight line; more: sooner.")},
         "window",
         {},
         nullptr});
    return kind;
}

} // namespace shakedown::reading
