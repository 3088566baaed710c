// Failure accrual of Finagle and Linkerd.
#include <map>

#include "sim/replay/breaker_players.hpp"
#include "sim/replay/draws.hpp"
#include "sim/resilience/failure_accrual.hpp"

namespace shakedown::replay {

using resilience::AccrualKind;
using resilience::BreakerMode;
using resilience::CallResult;
using resilience::FailureAccrual;
using resilience::FailureAccrualSettings;
using vectors::Step;
using vectors::Value;
using vectors::Vector;

namespace {

// An endpoint's failure accrual, as a call that may be refused meets it.
class AccrualPlayer : public Player {
protected:
    AccrualPlayer(FailureAccrualSettings const& settings, vectors::Draws const& draws)
        : accrual_(settings), draws_(draws) {}

    bool acquire(std::string const& id) {
        bool const isAllowed = accrual_.tryAcquire(now_);
        probes_[id] = isAllowed && accrual_.mode() == BreakerMode::HalfOpen;
        return isAllowed;
    }
    void finish(std::string const& id, CallResult result) {
        accrual_.record(now_, probes_[id], result, drawFor(result));
    }
    void release(std::string const& id) {
        if (probes_[id])
            accrual_.release();
    }
    // Only a failure can begin a time out, and only a jittered one is drawn.
    double drawFor(CallResult result) {
        bool const isDrawn = result != CallResult::Success && accrual_.settings().jitter > 0;
        return isDrawn ? draws_.uniform() : 0.5;
    }
    bool mayProbe() const {
        return accrual_.mode() == BreakerMode::Open && !accrual_.wouldRefuse(now_);
    }

    FailureAccrual accrual_;
    SimTime now_;

private:
    DrawQueue draws_;
    std::map<std::string, bool> probes_;
};

// One policy, or two of which either marks dead (Finagle's hybrid). Its own tests tell it results
// alone; a log of calls asks it first.
class FinaglePlayer : public AccrualPlayer {
public:
    explicit FinaglePlayer(Vector const& vector)
        : AccrualPlayer(settingsOf(vector.config), vector.draws) {}

    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        Value marked = nullptr;
        if (step.verb == "result") {
            auto const result =
                isGood(args.text("outcome")) ? CallResult::Success : CallResult::Failure;
            args.refuseOthers();
            if (auto const span = accrual_.onResult(now_, result, drawFor(result)))
                marked = span->inMilliseconds();
        } else if (step.verb == "acquire") {
            std::string const id = args.text("id");
            args.refuseOthers();
            bool const isAllowed = acquire(id);
            return {{"allowed", isAllowed}, {"state", state()}};
        } else if (step.verb == "finish") {
            end(args);
        } else if (step.verb == "revive") {
            args.refuseOthers();
            accrual_.revive();
        } else if (step.verb == "advance") {
            now_ = now_ + elapsedOf(args);
            args.refuseOthers();
        } else if (step.verb != "check") {
            refuseVerb(step);
        }
        return {{"mark_dead_for_ms", marked},
                {"success_rate", accrual_.successRate()},
                {"state", state()}};
    }

private:
    void end(Arguments const& args) {
        std::string const id = args.text("id");
        std::string const outcome = args.text("outcome");
        args.duration("duration");
        args.refuseOthers();
        if (outcome == "ignored")
            return release(id);
        finish(id, isGood(outcome) ? CallResult::Success : CallResult::Failure);
    }
    char const* state() const {
        if (accrual_.mode() == BreakerMode::Closed)
            return "ALIVE";
        return accrual_.mode() == BreakerMode::HalfOpen ? "PROBING" : "DEAD";
    }
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
        s.jitter = 0.5; // of the default list, Backoff.equalJittered
        if (auto const constant = c.duration("markDeadFor")) {
            s.deadFor = *constant;
            s.deadFactor = 1;
            s.jitter = 0;
        }
        if (c.has("markDeadFor_exponential_initial_ms")) {
            s.deadFor = c.duration("markDeadFor_exponential_initial", s.deadFor);
            s.deadForMost = c.duration("markDeadFor_exponential_max", s.deadForMost);
            s.deadFactor = 2;
            s.jitter = 0;
        }
        c.refuseOthers();
        return s;
    }
};

class LinkerdPlayer : public AccrualPlayer {
public:
    explicit LinkerdPlayer(Vector const& vector)
        : AccrualPlayer(settingsOf(vector.config), vector.draws) {}

    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        Value all = Value::object();
        if (step.verb == "acquire") {
            std::string const id = args.text("id", "");
            args.refuseOthers();
            all["allowed"] = acquire(id);
        } else if (step.verb == "finish" || step.verb == "result" || step.verb == "call") {
            result(args, step.verb == "call");
        } else if (step.verb == "advance") {
            now_ = now_ + elapsedOf(args);
            args.refuseOthers();
        } else if (step.verb != "check") {
            refuseVerb(step);
        }
        all["available"] = accrual_.mode() == BreakerMode::Closed ? Value(true)
                           : mayProbe()                           ? Value("probation_1")
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
        if (asCall)
            acquire(id);
        finish(id, resultOf(outcome));
    }
    // 429 counts for the rate alone, and fails a probe.
    static CallResult resultOf(std::string const& outcome) {
        if (outcome == "rate_limited" || outcome == "resource_exhausted")
            return CallResult::Limited;
        return isGood(outcome) ? CallResult::Success : CallResult::Failure;
    }
    static FailureAccrualSettings settingsOf(Value const& map) {
        Arguments const c(map, "config");
        FailureAccrualSettings s;
        s.kind = AccrualKind::Linkerd;
        s.consecutiveFailures = c.integer("max_consecutive_failures", c.integer("max_failures", 7));
        s.successRate = c.number("success_rate_threshold", 0);
        s.minimumRequests = c.integer("min_requests", s.minimumRequests);
        s.window = c.duration("decay", c.duration("window", s.window));
        s.deadFor = c.duration("backoff_min", c.duration("min_backoff", Duration::seconds(1)));
        s.deadFor = c.duration("min_penalty", c.duration("backoff", s.deadFor));
        s.deadForMost = c.duration("backoff_max", c.duration("max_backoff", Duration::seconds(60)));
        s.deadForMost = c.duration("max_penalty", s.deadForMost);
        s.jitter = c.number("jitter", c.number("backoff_jitter", c.number("jitter_ratio", 0)));
        c.refuseOthers();
        return s;
    }
};

} // namespace

std::unique_ptr<Player> accrualOfFinagle(Vector const& vector) {
    return std::make_unique<FinaglePlayer>(vector);
}
std::unique_ptr<Player> accrualOfLinkerd(Vector const& vector) {
    return std::make_unique<LinkerdPlayer>(vector);
}

} // namespace shakedown::replay
