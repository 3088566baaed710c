// Circuit breakers of gobreaker, Polly v8 and Hystrix.
#include <map>

#include "sim/replay/breaker_players.hpp"
#include "sim/resilience/gobreaker.hpp"
#include "sim/resilience/hystrix_breaker.hpp"
#include "sim/resilience/polly_breaker.hpp"

namespace shakedown::replay {

using resilience::BreakerMode;
using vectors::Step;
using vectors::Value;
using vectors::Vector;

namespace {

// Verbs that these libraries share; a machine is asked, told and shown.
class OtherPlayer : public Player {
public:
    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        Value all = Value::object();
        if (step.verb == "acquire") {
            std::string const id = args.text("id", "");
            args.refuseOthers();
            all["allowed"] = acquire(id);
            if (!all["allowed"].get<bool>())
                all["error"] = refusal();
        } else if (step.verb == "finish") {
            finish(args);
        } else if (step.verb == "call") {
            if (!acquire(""))
                throw Refusal(refusal());
            all["allowed"] = true;
            finish(args);
        } else if (step.verb == "advance") {
            now_ = now_ + elapsedOf(args);
            args.refuseOthers();
        } else if (step.verb == "transition") {
            flip(modeOf(args.text("to")));
            args.refuseOthers();
        } else if (step.verb == "reset") {
            args.refuseOthers();
            flip(BreakerMode::Closed);
        } else if (step.verb == "configure") {
            configure(args.at("config"));
            args.refuseOthers();
        } else if (step.verb != "check") {
            refuseVerb(step);
        }
        all.update(shown());
        return all;
    }
    Value seen() const override { return {{"allowed", false}}; }

protected:
    virtual bool acquire(std::string const& id) = 0;
    virtual std::string refusal() const = 0;
    virtual void record(std::string const& id, bool isGood) = 0;
    virtual void flip(BreakerMode mode) = 0;
    virtual void configure(Value const& config) = 0;
    virtual Value shown() = 0;

    SimTime now_;

private:
    void finish(Arguments const& args) {
        std::string const outcome = args.text("outcome");
        std::string const id = args.text("id", "");
        args.duration("duration");
        args.refuseOthers();
        if (outcome != "ignored")
            record(id, isGood(outcome));
    }
};

class GobreakerPlayer : public OtherPlayer {
public:
    explicit GobreakerPlayer(Vector const& vector) : breaker_(settingsOf(vector.config)) {}

protected:
    bool acquire(std::string const& id) override {
        auto const generation = breaker_.tryAcquire(now_);
        if (generation)
            generations_[id] = *generation;
        return generation.has_value();
    }
    std::string refusal() const override {
        return breaker_.mode() == BreakerMode::HalfOpen ? "too_many_requests" : "open_state";
    }
    void record(std::string const& id, bool isGood) override {
        breaker_.record(now_, generations_[id], isGood);
    }
    void flip(BreakerMode mode) override { breaker_.enter(now_, mode); }
    void configure(Value const& config) override {
        breaker_ = resilience::Gobreaker(settingsOf(config));
    }
    Value shown() override {
        breaker_.refresh(now_);
        auto const& c = breaker_.counts();
        return {
            {"state", wordOf(breaker_.mode())},
            {"counts", {c.requests, c.successes, c.failures, c.successesInARow, c.failuresInARow}}};
    }

private:
    static resilience::GobreakerSettings settingsOf(Value const& map) {
        Arguments const c(map, "config");
        resilience::GobreakerSettings s;
        s.maxRequests = std::max(1, c.integer("MaxRequests", 1));
        Duration const interval = Duration::fromSeconds(c.number("IntervalMs", 0) * 1e-3);
        s.interval = c.duration("Interval", interval);
        Duration const timeout = Duration::fromSeconds(c.number("TimeoutMs", 60000) * 1e-3);
        s.timeout = c.duration("Timeout", timeout);
        if (s.timeout <= Duration())
            s.timeout = Duration::seconds(60);
        s.tripMinimumRequests = c.integer("TripMinRequests", 0);
        s.tripRatio = c.number("TripRatio", 1);
        s.consecutiveFailures = c.integer("TripConsecutiveFailures", 6);
        c.refuseOthers();
        return s;
    }

    resilience::Gobreaker breaker_;
    std::map<std::string, std::uint32_t> generations_;
};

class PollyPlayer : public OtherPlayer {
public:
    explicit PollyPlayer(Vector const& vector) : breaker_(settingsOf(vector.config)) {}

protected:
    bool acquire(std::string const&) override { return breaker_.tryAcquire(now_); }
    std::string refusal() const override {
        return breaker_.mode() == BreakerMode::ForcedOpen ? "isolated" : "broken_circuit";
    }
    void record(std::string const&, bool isGood) override { breaker_.record(now_, isGood); }
    void flip(BreakerMode mode) override { breaker_.flip(now_, mode); }
    void configure(Value const& config) override {
        breaker_ = resilience::PollyBreaker(settingsOf(config));
    }
    Value shown() override {
        auto const counts = breaker_.counts(now_);
        bool const isIsolated = breaker_.mode() == BreakerMode::ForcedOpen;
        double const left = (breaker_.blockedUntil() - now_).inMilliseconds();
        return {{"state", isIsolated ? "ISOLATED" : wordOf(breaker_.mode())},
                {"throughput", counts.total()},
                {"failures", counts.bad},
                {"failure_ratio", counts.failureRatio()},
                {"retry_after_ms", isIsolated ? Value(nullptr) : Value(std::max(0.0, left))}};
    }

private:
    static resilience::PollyBreakerSettings settingsOf(Value const& map) {
        Arguments const c(map, "config");
        resilience::PollyBreakerSettings s;
        s.failureRatio = c.number("FailureRatio", s.failureRatio);
        s.minimumThroughput = c.integer("MinimumThroughput", s.minimumThroughput);
        s.samplingDuration = c.duration("SamplingDuration", s.samplingDuration);
        s.breakDuration = c.duration("BreakDuration", s.breakDuration);
        s.breakDuration = c.duration("BreakDurationGenerator", s.breakDuration);
        c.refuseOthers();
        bool const isWrong = s.failureRatio < 0 || s.failureRatio > 1 || s.minimumThroughput < 2
                             || s.samplingDuration < Duration::milliseconds(500)
                             || s.breakDuration < Duration::milliseconds(500);
        if (isWrong && s.samplingDuration <= Duration())
            throw Refusal("invalid_config");
        return s;
    }

    resilience::PollyBreaker breaker_;
};

class HystrixPlayer : public OtherPlayer {
public:
    explicit HystrixPlayer(Vector const& vector) : breaker_(settingsOf(vector.config)) {}

protected:
    bool acquire(std::string const& id) override {
        bool const allowed = breaker_.tryAcquire(now_);
        trials_[id] = allowed && breaker_.mode() == BreakerMode::HalfOpen;
        return allowed;
    }
    std::string refusal() const override { return "short_circuited"; }
    void record(std::string const& id, bool isGood) override {
        breaker_.record(now_, trials_[id], isGood);
    }
    void flip(BreakerMode mode) override { breaker_.flip(now_, mode); }
    void configure(Value const& config) override {
        breaker_ = resilience::HystrixBreaker(settingsOf(config));
    }
    Value shown() override {
        breaker_.refresh(now_);
        return {{"state", wordOf(breaker_.mode())}};
    }

private:
    static resilience::HystrixBreakerSettings settingsOf(Value const& map) {
        Arguments const c(map, "config");
        resilience::HystrixBreakerSettings s;
        s.requestVolumeThreshold = c.integer("requestVolumeThreshold", s.requestVolumeThreshold);
        for (char const* key : {"errorThresholdPercentage", "errorThreshold"})
            if (c.has(key))
                s.errorThreshold = c.number(key) / 100;
        s.sleepWindow = c.duration("sleepWindow", s.sleepWindow);
        s.sleepWindow = Duration::fromSeconds(
            c.number("sleepWindowInMilliseconds", s.sleepWindow.inMilliseconds()) * 1e-3);
        s.snapshot = c.duration("healthSnapshotInterval", s.snapshot);
        c.refuseOthers();
        return s;
    }

    resilience::HystrixBreaker breaker_;
    std::map<std::string, bool> trials_;
};

} // namespace

std::unique_ptr<Player> breakerOfGobreaker(Vector const& vector) {
    return std::make_unique<GobreakerPlayer>(vector);
}
std::unique_ptr<Player> breakerOfPolly(Vector const& vector) {
    return std::make_unique<PollyPlayer>(vector);
}
std::unique_ptr<Player> breakerOfHystrix(Vector const& vector) {
    return std::make_unique<HystrixPlayer>(vector);
}

} // namespace shakedown::replay
