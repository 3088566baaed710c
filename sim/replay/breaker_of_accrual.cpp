// Failure accrual of Finagle and Linkerd.
#include <map>

#include "sim/replay/breaker_players.hpp"
#include "sim/resilience/failure_accrual.hpp"

namespace shakedown::replay {

using resilience::BreakerMode;
using resilience::FailureAccrual;
using resilience::FailureAccrualSettings;
using vectors::Step;
using vectors::Value;
using vectors::Vector;

namespace {

// One policy, or two of which either marks dead (Finagle's hybrid).
class FinaglePlayer : public Player {
public:
    explicit FinaglePlayer(Vector const& vector) : accrual_(settingsOf(vector.config)) {}

    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        Value marked = nullptr;
        if (step.verb == "result") {
            bool const good = isGood(args.text("outcome"));
            args.refuseOthers();
            if (auto const span = accrual_.onResult(now_, good))
                marked = span->inMilliseconds();
        } else if (step.verb == "revive") {
            args.refuseOthers();
            accrual_.revive();
        } else if (step.verb == "advance") {
            now_ = now_ + elapsedOf(args);
            args.refuseOthers();
        } else if (step.verb != "check") {
            refuseVerb(step);
        }
        return {{"mark_dead_for_ms", marked}, {"success_rate", accrual_.successRate()}};
    }

private:
    static FailureAccrualSettings settingsOf(Value const& map) {
        Arguments const c(map, "config");
        FailureAccrualSettings s;
        bool const countsRuns = c.has("numFailures") || c.has("consecutiveFailures");
        bool const hasRate = c.has("requiredSuccessRate") || c.has("successRate");
        s.consecutiveFailures = c.integer("numFailures", c.integer("consecutiveFailures", 5));
        s.successRate = c.number("requiredSuccessRate", c.number("successRate", 0.8));
        if (countsRuns && !hasRate)
            s.successRate = 0;
        if (hasRate && !countsRuns)
            s.consecutiveFailures = 0;
        bool const byRequests = c.has("window") && !c.duration("window");
        if (byRequests)
            s.windowRequests = c.integer("window");
        s.windowRequests = c.integer("windowRequests", s.windowRequests);
        s.window = c.duration("window", s.window);
        s.minimumRequests = c.integer("minRequestThreshold",
                                      s.windowRequests > 0 ? s.windowRequests : s.minimumRequests);
        s.deadFor = c.duration("markDeadFor", s.deadFor);
        s.deadFactor = 1; // a constant list unless a growing one is said
        if (c.has("markDeadFor_exponential_initial_ms")) {
            s.deadFor = c.duration("markDeadFor_exponential_initial", s.deadFor);
            s.deadForMost = c.duration("markDeadFor_exponential_max", s.deadForMost);
            s.deadFactor = 2;
        }
        c.refuseOthers();
        return s;
    }

    FailureAccrual accrual_;
    SimTime now_;
};

class LinkerdPlayer : public Player {
public:
    explicit LinkerdPlayer(Vector const& vector) : accrual_(settingsOf(vector.config)) {}

    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        Value all = Value::object();
        if (step.verb == "acquire") {
            std::string const id = args.text("id", "");
            args.refuseOthers();
            bool const allowed = accrual_.tryAcquire(now_);
            probes_[id] = allowed && accrual_.mode() == BreakerMode::HalfOpen;
            all["allowed"] = allowed;
        } else if (step.verb == "finish" || step.verb == "result" || step.verb == "call") {
            result(args, step.verb == "call");
        } else if (step.verb == "advance") {
            now_ = now_ + elapsedOf(args);
            args.refuseOthers();
        } else if (step.verb != "check") {
            refuseVerb(step);
        }
        bool const isProbe = accrual_.mode() == BreakerMode::Open && !accrual_.wouldRefuse(now_);
        all["available"] = accrual_.mode() == BreakerMode::Closed ? Value(true)
                           : isProbe                              ? Value("probation_1")
                                                                  : Value(false);
        return all;
    }
    Value seen() const override { return {{"allowed", false}, {"available", false}}; }

private:
    void result(Arguments const& args, bool asCall) {
        std::string const outcome = args.text("outcome");
        std::string const id = args.text("id", "");
        args.duration("duration");
        args.refuseOthers();
        bool const allowed = !asCall || accrual_.tryAcquire(now_);
        bool const wasProbe =
            asCall ? allowed && accrual_.mode() == BreakerMode::HalfOpen : probes_[id];
        // 429 counts for the rate alone, and fails a probe.
        bool const isLimited = outcome == "rate_limited" || outcome == "resource_exhausted";
        accrual_.record(now_, wasProbe, !isLimited && isGood(outcome));
    }
    static FailureAccrualSettings settingsOf(Value const& map) {
        Arguments const c(map, "config");
        FailureAccrualSettings s;
        s.consecutiveFailures = c.integer("max_consecutive_failures", c.integer("max_failures", 7));
        s.successRate = c.number("success_rate_threshold", 0);
        s.minimumRequests = c.integer("min_requests", s.minimumRequests);
        s.window = c.duration("decay", c.duration("window", s.window));
        s.deadFor = c.duration("backoff_min", c.duration("min_backoff", Duration::seconds(1)));
        s.deadFor = c.duration("min_penalty", c.duration("backoff", s.deadFor));
        s.deadForMost = c.duration("backoff_max", c.duration("max_backoff", Duration::seconds(60)));
        s.deadForMost = c.duration("max_penalty", s.deadForMost);
        c.number("jitter", c.number("backoff_jitter", c.number("jitter_ratio", 0)));
        c.refuseOthers();
        return s;
    }

    FailureAccrual accrual_;
    std::map<std::string, bool> probes_;
    SimTime now_;
};

} // namespace

std::unique_ptr<Player> accrualOfFinagle(Vector const& vector) {
    return std::make_unique<FinaglePlayer>(vector);
}
std::unique_ptr<Player> accrualOfLinkerd(Vector const& vector) {
    return std::make_unique<LinkerdPlayer>(vector);
}

} // namespace shakedown::replay
