// Retries of the AWS SDKs: standard and adaptive mode, and the jitters of their blog.
#include <algorithm>

#include "sim/replay/draws.hpp"
#include "sim/replay/retry_players.hpp"
#include "sim/resilience/backoff.hpp"
#include "sim/resilience/cubic_rate.hpp"
#include "sim/resilience/retry_quota.hpp"

namespace shakedown::replay {

using vectors::Step;
using vectors::Value;
using vectors::Vector;

namespace {

std::vector<double> exponentsOf(Arguments const& args, int n) {
    for (char const* key : {"exponents", "attempts"})
        if (args.has(key))
            return args.numbers(key);
    std::vector<double> list;
    for (int i = 0; i < n; ++i)
        list.push_back(i);
    return list;
}

class JitterPlayer : public Player {
public:
    explicit JitterPlayer(Vector const& vector) : draws_(vector.draws) {
        Arguments const config(vector.config, "config");
        strategy_ = config.text("strategy");
        backoff_.initial = Duration::fromSeconds(config.number("base", 5));
        backoff_.max = Duration::fromSeconds(config.number("cap", 2000));
        config.refuseOthers();
        previous_ = backoff_.initial;
        if (strategy_ == "full_jitter")
            backoff_.jitter = model::Jitter::Full;
        else if (strategy_ == "equal_jitter")
            backoff_.jitter = model::Jitter::Equal;
        else if (strategy_ == "decorrelated_jitter")
            backoff_.jitter = model::Jitter::Decorrelated;
        else if (strategy_ != "exponential" && strategy_ != "no_jitter" && strategy_ != "none"
                 && strategy_ != "no_backoff")
            throw Unplayable("'" + strategy_ + "' is no strategy");
    }
    Value play(Step const& step) override {
        if (step.verb != "backoff")
            refuseVerb(step);
        Arguments const args(step.args, "step 'backoff'");
        auto const exponents = exponentsOf(args, step.times);
        args.refuseOthers();
        Value list = Value::array();
        for (double const n : exponents) {
            bool const draws = backoff_.jitter != model::Jitter::None;
            Duration delay =
                backoff_.delay(static_cast<int>(n) + 1, draws ? draws_.uniform() : 0.5, previous_);
            previous_ = delay;
            list.push_back(strategy_ == "no_backoff" ? 0.0 : delay.inSeconds());
        }
        return {{"delay", list}, {"delays", list}};
    }
    bool repeats(std::string_view) const override { return true; }

private:
    DrawQueue draws_;
    std::string strategy_;
    resilience::Backoff backoff_;
    Duration previous_;
};

class AdaptivePlayer : public Player {
public:
    explicit AdaptivePlayer(Vector const& vector) : rate_(settingsOf(vector.config)) {}
    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        if (step.verb == "check") {
            args.refuseOthers();
            return seen();
        }
        double const at = args.duration("at", Duration()).inSeconds();
        if (step.verb == "success") {
            args.refuseOthers();
            return withRate(rate_.onSuccess(args.has("at_s") ? args.number("at_s") : at));
        }
        if (step.verb == "throttled") {
            double current = last_;
            for (char const* key : {"current_rate", "rate", "at_rate"})
                current = args.number(key, current);
            args.refuseOthers();
            return withRate(
                rate_.onThrottled(current, args.has("at_s") ? args.number("at_s") : at));
        }
        refuseVerb(step);
    }
    Value seen() const override {
        return {{"k", rate_.k()}, {"w_max", rate_.wMax()}, {"last_fail", rate_.lastFail()}};
    }

private:
    static resilience::CubicRateSettings settingsOf(Value const& map) {
        Arguments const config(map, "config");
        resilience::CubicRateSettings s;
        s.startingMaxRate = config.number("starting_max_rate", s.startingMaxRate);
        s.beta = config.number("beta", s.beta);
        s.scaleConstant = config.number("scale_constant", s.scaleConstant);
        s.startTimeSeconds = config.number("start_time_s", 0);
        config.refuseOthers();
        return s;
    }
    Value withRate(double rate) {
        last_ = rate;
        Value all = seen();
        all["new_rate"] = rate;
        return all;
    }

    resilience::CubicRate rate_;
    double last_ = 0;
};

class StandardPlayer : public Player {
public:
    explicit StandardPlayer(Vector const& vector)
        : draws_(vector.draws), quota_(settingsOf(vector.config)) {}

    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        if (step.verb == "retry_quota") {
            auto const reason = reasonOf(args.text("error", "other"));
            args.refuseOthers();
            bool const allowed = quota_.tryRetry(reason);
            if (allowed)
                spent_ = quota_.costOf(reason);
            Value all = seen();
            all["allowed"] = allowed;
            return all;
        }
        if (step.verb == "call_succeeded") {
            bool const afterRetry = args.flag("after_retry", false);
            args.refuseOthers();
            quota_.onSuccess(afterRetry ? std::max(spent_, 1) : 0);
            return seen();
        }
        if (step.verb == "call_failed" || step.verb == "check") {
            args.flag("after_retry", false);
            args.refuseOthers();
            return seen();
        }
        if (step.verb == "backoff")
            return backoff(args, step.times);
        refuseVerb(step);
    }
    bool repeats(std::string_view verb) const override { return verb == "backoff"; }
    Value seen() const override { return {{"available", quota_.available()}}; }

private:
    static resilience::RetryReason reasonOf(std::string const& word) {
        if (word == "timeout")
            return resilience::RetryReason::Timeout;
        if (word == "throttling" || word == "throttled")
            return resilience::RetryReason::Throttling;
        return resilience::RetryReason::Other;
    }
    resilience::RetryQuotaSettings settingsOf(Value const& map) {
        Arguments const config(map, "config");
        resilience::RetryQuotaSettings s;
        bool const isNew = config.flag("new_retries_enabled", false)
                           || config.flag("NEW_RETRIES_ENABLED", false)
                           || config.text("mode", "standard") == "standard_new";
        if (isNew) {
            s.cost = s.timeoutCost = 14;
            base_ = 0.05;
        }
        s.capacity = config.integer("capacity", s.capacity);
        s.cost = config.integer("retry_cost", s.cost);
        s.timeoutCost = config.integer("timeout_cost", s.timeoutCost);
        s.throttlingCost = config.integer("throttling_cost", s.throttlingCost);
        maxBackoff_ = config.number("max_backoff_s", config.number("max_backoff", 20));
        config.integer("max_attempts", 3);
        config.refuseOthers();
        return s;
    }
    // u x min(2^(n-1), 20 s), n from 1; the new generation begins at 50 ms.
    Value backoff(Arguments const& args, int n) {
        auto attempts = args.has("attempts") ? args.numbers("attempts") : std::vector<double>{};
        for (int i = 0; attempts.empty() && i < n; ++i)
            attempts.push_back(i + 1);
        bool const isGiven = args.has("random01");
        double const given = args.number("random01", 0);
        bool const throttled = args.text("error", "other").starts_with("throttl");
        args.refuseOthers();
        Value list = Value::array();
        for (double const a : attempts) {
            double const u = isGiven ? given : draws_.uniform();
            double const base = throttled ? 1.0 : base_;
            list.push_back(
                u * std::min(base * std::ldexp(1.0, static_cast<int>(a) - 1), maxBackoff_));
        }
        return {{"delay_s", list}, {"delays_s", list}, {"delay", list}};
    }

    DrawQueue draws_;
    double base_ = 1;
    double maxBackoff_ = 20;
    int spent_ = 0;
    resilience::RetryQuota quota_;
};

} // namespace

std::unique_ptr<Player> retryOfAwsJitter(Vector const& vector) {
    return std::make_unique<JitterPlayer>(vector);
}
std::unique_ptr<Player> retryOfAwsAdaptive(Vector const& vector) {
    return std::make_unique<AdaptivePlayer>(vector);
}
std::unique_ptr<Player> retryOfAwsStandard(Vector const& vector) {
    return std::make_unique<StandardPlayer>(vector);
}

} // namespace shakedown::replay
