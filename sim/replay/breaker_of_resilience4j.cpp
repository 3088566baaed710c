#include "sim/replay/breaker_players.hpp"

namespace shakedown::replay {

using resilience::BreakerMode;
using resilience::CallResult;
using resilience::CircuitBreaker;
using resilience::CircuitBreakerSettings;
using vectors::Step;
using vectors::Value;
using vectors::Vector;

namespace {

void check(bool isRight) {
    if (!isRight)
        throw Refusal("invalid_config");
}

CircuitBreakerSettings settingsOf(Value const& map) {
    Arguments const c(map, "config");
    CircuitBreakerSettings s;
    double const failure = c.number("failureRateThreshold", 50);
    double const slow = c.number("slowCallRateThreshold", 100);
    check(failure > 0 && failure <= 100 && slow > 0 && slow <= 100);
    s.failureRate = failure / 100;
    s.slowRate = slow / 100;
    s.slowAfter = c.duration("slowCallDurationThreshold", s.slowAfter);
    int const size = c.integer("slidingWindowSize", 100);
    s.minimumCalls = c.integer("minimumNumberOfCalls", 100);
    s.halfOpenCalls = c.integer("permittedNumberOfCallsInHalfOpenState", s.halfOpenCalls);
    check(s.slowAfter >= Duration::nanoseconds(1) && size >= 1 && s.minimumCalls >= 1
          && s.halfOpenCalls >= 1);
    std::string const type = c.text("slidingWindowType", "COUNT_BASED");
    if (type == "TIME_BASED")
        s.window = Duration::seconds(size);
    else if (type == "COUNT_BASED")
        s.window = size;
    else
        throw Unplayable("'" + type + "' is no type of window");
    auto const exponential = c.duration("waitIntervalFunction_exponential_initial");
    s.openFor = exponential.value_or(c.duration("waitDurationInOpenState", s.openFor));
    if (exponential)
        s.openFactor = 1.5;
    s.openFactor = c.number("waitIntervalFunction_exponential_multiplier", s.openFactor);
    check(s.openFor >= Duration::milliseconds(1) && s.openFactor >= 1);
    s.leavesOpenByItself = c.flag("automaticTransitionFromOpenToHalfOpenEnabled", false);
    Duration const most = c.duration("maxWaitDurationInHalfOpenState", Duration());
    check(most >= Duration());
    s.halfOpenFor = most > Duration() ? most : Duration::none();
    s.afterHalfOpenFor = modeOf(c.text("transitionToStateAfterWaitDuration", "OPEN"));
    check(s.afterHalfOpenFor == BreakerMode::Open || s.afterHalfOpenFor == BreakerMode::Closed);
    s.initial = modeOf(c.text("initialState", "CLOSED"));
    c.flag("writableStackTraceEnabled", true);
    c.refuseOthers();
    return s;
}

double percentOf(std::optional<double> const& share) {
    return share ? *share * 100 : -1;
}

class Resilience4jPlayer : public Player {
public:
    explicit Resilience4jPlayer(Vector const& vector)
        : settings_(settingsOf(vector.config)), breaker_(settings_) {}

    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        Value all = Value::object();
        if (step.verb == "acquire") {
            args.text("id", "");
            args.refuseOthers();
            all["allowed"] = breaker_.tryAcquire(now_);
        } else if (step.verb == "finish") {
            finish(args);
        } else if (step.verb == "call") {
            if (!breaker_.tryAcquire(now_))
                throw Refusal("not_permitted");
            all["allowed"] = true;
            finish(args);
        } else if (step.verb == "advance") {
            advance(elapsedOf(args));
            args.refuseOthers();
        } else if (step.verb == "transition") {
            transition(args);
        } else if (step.verb == "configure") {
            auto const settings = settingsOf(args.at("config"));
            args.refuseOthers();
            breaker_.change(settings);
        } else {
            args.refuseOthers();
            if (step.verb == "reset")
                breaker_.flip(now_, BreakerMode::Closed);
            else if (step.verb == "release")
                breaker_.release();
            else if (step.verb != "check")
                refuseVerb(step);
        }
        all.update(seenNow());
        return all;
    }
    Value seen() const override { return {{"state", wordOf(breaker_.mode())}, {"allowed", false}}; }

private:
    void finish(Arguments const& args) {
        std::string const outcome = args.text("outcome");
        Duration const took = args.duration("duration", Duration());
        args.text("id", "");
        args.refuseOthers();
        if (outcome == "ignored")
            return breaker_.release();
        breaker_.record(now_, isGood(outcome) ? CallResult::Success : CallResult::Failure, took);
    }
    void transition(Arguments const& args) {
        auto const to = modeOf(args.text("to"));
        auto const span = args.duration("for");
        args.refuseOthers();
        if (!breaker_.mayFlip(to))
            throw Refusal("illegal_transition");
        if (span)
            breaker_.openFor(now_, *span);
        else
            breaker_.flip(now_, to);
    }
    void advance(Duration span) {
        SimTime const to = now_ + span;
        while (breaker_.nextTimer() <= to) {
            now_ = breaker_.nextTimer();
            breaker_.onTimer(now_);
        }
        now_ = to;
    }
    Value seenNow() {
        auto const counts = breaker_.counts(now_);
        auto const rates = breaker_.rates(now_);
        auto const& events = breaker_.events();
        return {{"state", wordOf(breaker_.mode())},
                {"buffered", counts.total},
                {"failed", counts.failures},
                {"successful", counts.total - counts.failures},
                {"slow", counts.slow},
                {"slow_failed", counts.slowFailures},
                {"slow_successful", counts.slow - counts.slowFailures},
                {"failure_rate", percentOf(rates.failure)},
                {"slow_call_rate", percentOf(rates.slow)},
                {"not_permitted", events.notPermitted},
                {"transitions", events.transitions},
                {"failure_rate_exceeded_events", events.failureRateExceeded},
                {"slow_call_rate_exceeded_events", events.slowRateExceeded}};
    }

    CircuitBreakerSettings settings_;
    CircuitBreaker breaker_;
    SimTime now_;
};

} // namespace

std::unique_ptr<Player> breakerOfResilience4j(Vector const& vector) {
    return std::make_unique<Resilience4jPlayer>(vector);
}

} // namespace shakedown::replay
