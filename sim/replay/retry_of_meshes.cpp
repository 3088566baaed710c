// Retries of gRPC and Envoy.
#include <algorithm>
#include <optional>

#include "sim/replay/draws.hpp"
#include "sim/replay/retry_players.hpp"
#include "sim/resilience/concurrency_budget.hpp"
#include "sim/resilience/interval_backoff.hpp"
#include "sim/resilience/server_pushback.hpp"

namespace shakedown::replay {

using vectors::Step;
using vectors::Value;
using vectors::Vector;

namespace {

class GrpcPlayer : public Player {
public:
    explicit GrpcPlayer(Vector const& vector)
        : draws_(vector.draws), retry_(settingsOf(vector.config)) {
        Arguments const config(vector.config, "config");
        settingsOf(vector.config); // its keys are known
        for (char const* key : {"maxAttempts", "initialBackoff_ms", "maxBackoff_ms",
                                "backoffMultiplier", "initialBackoff_s", "maxBackoff_s"})
            config.says(key);
        if (config.has("retryableStatusCodes"))
            retryable_ = config.texts("retryableStatusCodes");
        if (config.has("maxTokens"))
            throttle_.emplace(resilience::RetryThrottleSettings{config.number("maxTokens"),
                                                                config.number("tokenRatio", 0.1)});
        config.says("tokenRatio");
        config.refuseOthers();
    }

    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        if (step.verb == "attempt_result")
            return attemptResult(args);
        args.refuseOthers();
        if (step.verb == "throttle_failure") {
            throttle().onFailure();
            return seen();
        }
        if (step.verb == "throttle_success") {
            throttle().onSuccess();
            return seen();
        }
        if (step.verb == "throttle_check" || step.verb == "check")
            return seen();
        refuseVerb(step);
    }
    Value seen() const override {
        Value seen = Value::object();
        if (throttle_) {
            seen["tokens"] = throttle_->tokens();
            seen["allowed"] = throttle_->mayRetry();
            seen["above_threshold"] = throttle_->mayRetry();
        }
        return seen;
    }

private:
    static resilience::PushbackRetrySettings settingsOf(Value const& map) {
        Arguments const config(map, "config");
        resilience::PushbackRetrySettings s;
        s.maxAttempts = config.integer("maxAttempts", s.maxAttempts);
        s.initialBackoffMs =
            config.duration("initialBackoff", Duration::milliseconds(100)).inMilliseconds();
        s.maxBackoffMs = config.duration("maxBackoff", Duration::seconds(1)).inMilliseconds();
        s.multiplier = config.number("backoffMultiplier", s.multiplier);
        return s;
    }
    resilience::RetryThrottle& throttle() {
        if (!throttle_)
            throw Unplayable("no throttle is configured");
        return *throttle_;
    }
    Value attemptResult(Arguments const& args) {
        std::string const status = args.text("status");
        std::optional<double> pushback;
        if (args.says("pushback_ms") && args.has("pushback_ms"))
            pushback = args.at("pushback_ms").is_number() ? args.number("pushback_ms") : -1;
        bool const isCommitted =
            args.flag("headers_received", false) || args.flag("committed", false);
        args.refuseOthers();
        if (status == "OK") {
            if (throttle_)
                throttle_->onSuccess();
            return withDecision({});
        }
        if (isCommitted)
            return withDecision({});
        bool const isRetryable =
            std::find(retryable_.begin(), retryable_.end(), status) != retryable_.end();
        return withDecision(retry_.onFailure(isRetryable, pushback,
                                             throttle_ ? &*throttle_ : nullptr, draws_.uniform()));
    }
    Value withDecision(resilience::PushbackRetry::Decision const& decision) const {
        Value all = seen();
        all["retry"] = decision.shallRetry;
        all["delay_ms"] = decision.shallRetry ? Value(decision.delayMs) : Value(nullptr);
        return all;
    }

    DrawQueue draws_;
    resilience::PushbackRetry retry_;
    std::vector<std::string> retryable_ = {"UNAVAILABLE"};
    std::optional<resilience::RetryThrottle> throttle_;
};

class EnvoyPlayer : public Player {
public:
    explicit EnvoyPlayer(Vector const& vector) : draws_(vector.draws) {
        Arguments const config(vector.config, "config");
        hasBudget_ = config.has("budget_percent") || config.has("min_retry_concurrency");
        settings_.budgetPercent = config.number("budget_percent", 20);
        settings_.minRetryConcurrency = config.integer("min_retry_concurrency", 3);
        maxRetries_ = config.integer("max_retries", 3);
        Duration const base = config.duration("base_interval", Duration::milliseconds(25));
        Duration const most = config.duration("max_interval", base * static_cast<std::int64_t>(10));
        lowerBound_ = config.duration("min_interval");
        if (!lowerBound_)
            lowerBound_ = config.duration("rate_limited_interval");
        config.refuseOthers();
        if (base <= Duration() || most < base)
            throw Refusal("invalid_config");
        backoff_ =
            resilience::IntervalBackoff(static_cast<std::uint64_t>(base.inMilliseconds() + 0.5),
                                        static_cast<std::uint64_t>(most.inMilliseconds() + 0.5));
    }

    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        if (step.verb == "retry_allowed") {
            resilience::RetryLoad const load{args.integer("active", 0), args.integer("pending", 0),
                                             args.integer("retries", 0)};
            args.refuseOthers();
            resilience::ConcurrencyBudget const budget(settings_);
            int const most = hasBudget_ ? budget.most(load) : maxRetries_;
            return {{"max", most}, {"allowed", load.retries < most}};
        }
        if (step.verb == "backoff")
            return backoff(args, step.times);
        if (step.verb == "reset") {
            args.refuseOthers();
            backoff_.reset();
            return Value::object();
        }
        refuseVerb(step);
    }
    bool repeats(std::string_view verb) const override { return verb == "backoff"; }

private:
    Value backoff(Arguments const& args, int n) {
        std::optional<Duration> const after = args.duration("retry_after");
        int const times = args.integer("attempts", n);
        args.refuseOthers();
        Value list = Value::array();
        std::optional<Duration> const least = after ? after : lowerBound_;
        for (int i = 0; i < times; ++i) {
            std::uint64_t const random = draws_.whole();
            list.push_back(least ? resilience::IntervalBackoff::afterRateLimit(
                               static_cast<std::uint64_t>(least->inMilliseconds() + 0.5), random)
                                 : backoff_.next(random));
        }
        return {{"delay_ms", list}, {"delays_ms", list}};
    }

    DrawQueue draws_;
    resilience::ConcurrencyBudgetSettings settings_;
    bool hasBudget_ = false;
    int maxRetries_ = 3;
    std::optional<Duration> lowerBound_;
    resilience::IntervalBackoff backoff_;
};

} // namespace

std::unique_ptr<Player> retryOfGrpc(Vector const& vector) {
    return std::make_unique<GrpcPlayer>(vector);
}
std::unique_ptr<Player> retryOfEnvoy(Vector const& vector) {
    return std::make_unique<EnvoyPlayer>(vector);
}

} // namespace shakedown::replay
