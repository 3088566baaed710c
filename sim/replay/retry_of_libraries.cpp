// Retries of libraries inside a process: resilience4j, Polly v8.
#include "sim/replay/draws.hpp"
#include "sim/replay/retry_players.hpp"
#include "sim/resilience/polly_delay.hpp"
#include "sim/resilience/retry_intervals.hpp"

namespace shakedown::replay {

using vectors::Step;
using vectors::Value;
using vectors::Vector;

namespace {

class Resilience4jPlayer : public Player {
public:
    explicit Resilience4jPlayer(Vector const& vector) : draws_(vector.draws) {
        Arguments const config(vector.config, "config");
        maxAttempts_ = config.integer("maxAttempts", 3);
        failAfterMaxAttempts_ = config.flag("failAfterMaxAttempts", false);
        settings_.initialMilliseconds =
            config.duration("waitDuration", Duration::milliseconds(500)).inMilliseconds();
        if (auto const initial = config.duration("exponential_initial")) {
            settings_.initialMilliseconds = initial->inMilliseconds();
            settings_.isExponential = true;
        }
        for (char const* key : {"exponential_multiplier", "multiplier"})
            if (config.has(key)) {
                settings_.multiplier = config.number(key);
                settings_.isExponential = true;
            }
        for (char const* key : {"exponential_max", "maxInterval", "max_interval"})
            if (auto const most = config.duration(key))
                settings_.maxMilliseconds = most->inMilliseconds();
        for (char const* key : {"randomizationFactor", "randomization_factor", "random_factor"})
            if (config.has(key))
                settings_.randomization = config.number(key);
        for (char const* key :
             {"random_initial", "randomized_initial", "exponential_random_initial"})
            if (auto const initial = config.duration(key)) {
                settings_.initialMilliseconds = initial->inMilliseconds();
                settings_.isExponential |= std::string_view(key) == "exponential_random_initial";
                if (!settings_.randomization)
                    settings_.randomization = 0.5;
            }
        config.refuseOthers();
        bool const isWrong =
            maxAttempts_ < 1 || settings_.initialMilliseconds < 0 || settings_.multiplier < 1
            || (settings_.randomization
                && (*settings_.randomization < 0 || *settings_.randomization >= 1));
        if (isWrong)
            throw Refusal("invalid_config");
    }

    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        if (step.verb == "run")
            return run(args);
        if (step.verb == "intervals")
            return intervals(args, step.times);
        if (step.verb == "check")
            return seen();
        refuseVerb(step);
    }
    bool repeats(std::string_view verb) const override { return verb == "intervals"; }

    Value seen() const override {
        return {{"succeeded_no_retry", succeededAtOnce_},
                {"succeeded_with_retry", succeededLater_},
                {"failed_no_retry", failedAtOnce_},
                {"failed_with_retry", failedLater_}};
    }

private:
    // Outcomes that are tried again: failure, and a result that is not wanted.
    static bool isRetried(std::string const& outcome) {
        return outcome == "failure" || outcome == "bad_result" || outcome == "retry_result"
               || outcome == "result";
    }

    Value run(Arguments const& args) {
        auto const outcomes = args.texts("outcomes");
        args.refuseOthers();
        if (outcomes.empty())
            throw Unplayable("a run has at least one outcome");
        resilience::RetryIntervals intervals(settings_);
        Value waits = Value::array();
        std::string outcome;
        int attempts = 0;
        for (;;) {
            outcome = outcomes[std::min<std::size_t>(static_cast<std::size_t>(attempts),
                                                     outcomes.size() - 1)];
            ++attempts;
            if (!isRetried(outcome) || attempts >= maxAttempts_)
                break;
            waits.push_back(intervals.next(draws_.uniform()));
        }
        count(outcome, attempts);
        bool const isExhausted = isRetried(outcome) && outcome != "failure";
        Value all = seen();
        all["outcome"] = isExhausted && failAfterMaxAttempts_ ? "max_retries_exceeded" : outcome;
        all["attempts"] = attempts;
        all["waits_ms"] = waits;
        return all;
    }
    void count(std::string const& outcome, int attempts) {
        bool const good = outcome == "success";
        if (isRetried(outcome))
            ++failedLater_;
        else if (attempts > 1)
            ++(good ? succeededLater_ : failedAtOnce_);
        else
            ++(good ? succeededAtOnce_ : failedAtOnce_);
    }
    Value intervals(Arguments const& args, int n) {
        args.refuseOthers();
        resilience::RetryIntervals intervals(settings_);
        Value list = Value::array();
        for (int i = 0; i < n; ++i)
            list.push_back(intervals.next(draws_.uniform()));
        return {{"intervals_ms", list}};
    }

    DrawQueue draws_;
    resilience::RetryIntervalSettings settings_;
    int maxAttempts_ = 3;
    bool failAfterMaxAttempts_ = false;
    int succeededAtOnce_ = 0;
    int succeededLater_ = 0;
    int failedAtOnce_ = 0;
    int failedLater_ = 0;
};

class PollyPlayer : public Player {
public:
    explicit PollyPlayer(Vector const& vector) : draws_(vector.draws) {
        Arguments const config(vector.config, "config");
        settings_.delayMs = config.duration("Delay", Duration::seconds(2)).inMilliseconds();
        settings_.useJitter = config.flag("UseJitter", false);
        if (auto const most = config.duration("MaxDelay"))
            settings_.maxDelayMs = most->inMilliseconds();
        settings_.type = typeOf(config.text("BackoffType", "Constant"));
        maxRetries_ = config.integer("MaxRetryAttempts", 3);
        config.refuseOthers();
        if (maxRetries_ < 1 || settings_.delayMs < 0)
            throw Refusal("invalid_config");
    }

    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        if (step.verb == "backoff")
            return backoff(args, step);
        if (step.verb == "run")
            return run(args);
        refuseVerb(step);
    }
    bool repeats(std::string_view) const override { return true; }

private:
    static resilience::PollyBackoff typeOf(std::string const& word) {
        if (word == "Constant")
            return resilience::PollyBackoff::Constant;
        if (word == "Linear")
            return resilience::PollyBackoff::Linear;
        if (word == "Exponential")
            return resilience::PollyBackoff::Exponential;
        throw Unplayable("'" + word + "' is no type of backoff");
    }

    Value backoff(Arguments const& args, Step const& step) {
        auto settings = settings_;
        if (args.has("type"))
            settings.type = typeOf(args.text("type"));
        settings.useJitter = args.flag("jitter", settings.useJitter);
        std::vector<double> attempts;
        if (args.has("attempts"))
            attempts = args.numbers("attempts");
        for (int i = 0; attempts.empty() && i < step.times; ++i)
            attempts.push_back(i);
        std::vector<double> given;
        if (args.has("random01") && args.at("random01").is_array())
            given = args.numbers("random01");
        else if (args.has("random01"))
            given.assign(attempts.size(), args.number("random01"));
        args.refuseOthers();
        resilience::PollyDelay delay(settings);
        Value list = Value::array();
        for (std::size_t i = 0; i < attempts.size(); ++i)
            list.push_back(delay.next(static_cast<int>(attempts[i]),
                                      given.empty() ? draws_.uniform()
                                                    : given[std::min(i, given.size() - 1)]));
        return {{"delay_ms", list}, {"delays_ms", list}};
    }
    Value run(Arguments const& args) {
        auto const outcomes = args.texts("outcomes");
        args.refuseOthers();
        resilience::PollyDelay delay(settings_);
        Value waits = Value::array();
        std::size_t attempts = 0;
        std::string outcome;
        do {
            outcome = outcomes.at(std::min(attempts, outcomes.size() - 1));
            if (++attempts > static_cast<std::size_t>(maxRetries_) || outcome == "success"
                || outcome == "unhandled" || outcome == "ignored")
                break;
            waits.push_back(delay.next(static_cast<int>(attempts) - 1, draws_.uniform()));
        } while (true);
        return {{"attempts", attempts}, {"outcome", outcome}, {"waits_ms", waits}};
    }

    DrawQueue draws_;
    resilience::PollyDelaySettings settings_;
    int maxRetries_ = 3;
};

} // namespace

std::unique_ptr<Player> retryOfResilience4j(Vector const& vector) {
    return std::make_unique<Resilience4jPlayer>(vector);
}
std::unique_ptr<Player> retryOfPolly(Vector const& vector) {
    return std::make_unique<PollyPlayer>(vector);
}

} // namespace shakedown::replay
