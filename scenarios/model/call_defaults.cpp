#include "scenarios/model/call_policy.hpp"
#include "scenarios/model/presets.hpp"

namespace shakedown::model {

CallPolicy const& callDefaults() {
    static CallPolicy const defaults = [] {
        CallPolicy p;
        p.latency = Distribution::constant(Duration());
        p.transport = Transport::Tcp;
        p.loss = Ratio::of(0);
        p.connect = Distribution::constant(Duration());
        p.timeout = Duration::none();
        p.deadline = Duration::none();
        p.propagateDeadline = true;
        p.cancel = false;
        p.balance = Balance{BalancePolicy::RoundRobin, std::nullopt};
        return p;
    }();
    return defaults;
}

CallPolicy const& patternDefaults() {
    static CallPolicy const defaults = [] {
        CallPolicy p;
        p.retry =
            Retry{false,
                  3,
                  Backoff{Duration::milliseconds(100), 2.0, Duration::seconds(10), Jitter::Full},
                  std::nullopt,
                  std::vector{RetryOn::Timeout, RetryOn::Error, RetryOn::Connect},
                  false,
                  std::nullopt};
        p.clientThrottle = ClientThrottle{false, 2.0, Duration::seconds(120)};
        p.circuitBreaker = CircuitBreaker{false,
                                          BreakerWindow{100, std::nullopt},
                                          100,
                                          Ratio::percent(50),
                                          Ratio::percent(100),
                                          Duration::seconds(60),
                                          Duration::seconds(60),
                                          10,
                                          Duration::none(),
                                          std::nullopt,
                                          BreakerScope::CallerReplica,
                                          BreakerByHand::Auto,
                                          std::nullopt};
        p.bulkhead = Bulkhead{false, 25, Duration(), std::nullopt, std::nullopt, std::nullopt};
        p.fallback = Fallback{false, FallbackAnswer::Degraded, Distribution()};
        p.outlierDetection = OutlierDetection{false,
                                              5,
                                              std::nullopt,
                                              100,
                                              Duration::seconds(10),
                                              Duration::seconds(30),
                                              Ratio::percent(10),
                                              std::nullopt};
        return p;
    }();
    return defaults;
}

namespace {

// What fills the keys of a pattern that are not said: the values of its own dialect, else of the
// preset, else, where that library has no such pattern, the format's own.
class Filling {
public:
    explicit Filling(CallPolicy const& policy)
        : policy_(policy), preset_(policy.preset.value_or(std::nullopt)) {}

    CallPolicy take() {
        fill(&CallPolicy::retry);
        fill(&CallPolicy::clientThrottle);
        fill(&CallPolicy::circuitBreaker);
        fill(&CallPolicy::bulkhead);
        fill(&CallPolicy::rateLimit);
        fill(&CallPolicy::hedge);
        fill(&CallPolicy::fallback);
        fill(&CallPolicy::outlierDetection);
        fill(&CallPolicy::slowStart);
        fillChoices();
        return std::move(values_);
    }

private:
    template <class P>
    void fill(std::optional<P> CallPolicy::*pattern) {
        auto const& said = policy_.*pattern;
        if (!said || said->off)
            return;
        auto const dialect = dialectOf(*said);
        auto const* const published = dialect ? &(publishedBy(*dialect).*pattern) : nullptr;
        if (published == nullptr || !*published) {
            fillWithOurs(*said, pattern);
            return;
        }
        P values = **published;
        if constexpr (requires { values.dialect; })
            values.dialect = dialect;
        fit(values, *said, publishedOtherwise(*dialect));
        values_.*pattern = std::move(values);
    }

    template <class P>
    std::optional<Dialect> dialectOf(P const& said) const {
        if constexpr (requires { said.dialect; }) {
            if (said.dialect)
                return said.dialect;
        }
        return preset_;
    }

    template <class P>
    void fillWithOurs(P const& said, std::optional<P> CallPolicy::*pattern) {
        values_.*pattern = patternDefaults().*pattern;
        if constexpr (std::is_same_v<P, Retry>) {
            if (!said.backoff)
                values_.retry->backoff.reset();
        }
    }

    template <class P>
    static void fit(P&, P const&, CallPolicy const&) {}

    static void fit(Retry& values, Retry const& said, CallPolicy const& otherwise) {
        Retry const& ours = *patternDefaults().retry;
        if (!values.attempts)
            values.attempts = ours.attempts;
        if (!values.retryOn)
            values.retryOn = ours.retryOn;
        if (!values.avoidSameReplica)
            values.avoidSameReplica = ours.avoidSameReplica;
        if (said.backoff && !values.backoff)
            values.backoff = ours.backoff;
        // A budget of another kind replaces this one when it is laid on it.
        if (said.budget && otherwise.retry)
            values.budget = otherwise.retry->budget;
    }

    static void fit(CircuitBreaker& values, CircuitBreaker const& said, CallPolicy const&) {
        CircuitBreaker const& ours = *patternDefaults().circuitBreaker;
        if (!values.per)
            values.per = ours.per;
        if (!values.byHand)
            values.byHand = ours.byHand;
        bool const countsRunsOnly = values.consecutive && !values.failureRate;
        if (countsRunsOnly && said.failureRate)
            values.consecutive.reset();
    }

    static void fit(Bulkhead& values, Bulkhead const& said, CallPolicy const& otherwise) {
        bool const saysThreads = said.threads || said.queue;
        bool const saysSemaphore = said.maxConcurrent || said.maxWait;
        bool const isOtherKind = values.threads ? saysSemaphore && !saysThreads : saysThreads;
        if (!isOtherKind)
            return;
        auto const dialect = values.dialect;
        values = otherwise.bulkhead.value_or(Bulkhead());
        values.dialect = dialect;
    }

    void fillChoices() {
        bool const drawsFew =
            policy_.balance && policy_.balance->policy == BalancePolicy::LeastRequest;
        if (!drawsFew || !preset_)
            return;
        values_.balance = publishedBy(*preset_).balance;
        if (values_.balance)
            values_.balance->policy = BalancePolicy::LeastRequest;
    }

    CallPolicy const& policy_;
    std::optional<Dialect> preset_;
    CallPolicy values_;
};

} // namespace

CallPolicy completed(CallPolicy policy) {
    CallPolicy const values = Filling(policy).take();
    return overlay(values, policy);
}

} // namespace shakedown::model
