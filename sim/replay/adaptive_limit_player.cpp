#include <functional>
#include <optional>

#include "sim/replay/draws.hpp"
#include "sim/replay/suites.hpp"
#include "sim/resilience/adaptive_limit.hpp"
#include "sim/resilience/controlled_delay.hpp"

namespace shakedown::replay {

using namespace resilience;
using vectors::Step;
using vectors::Value;
using vectors::Vector;

namespace {

template <class Limit>
class LimitPlayer : public Player {
public:
    LimitPlayer(Vector const& vector, Limit limit) : draws_(vector.draws), limit_(limit) {}

    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        if (step.verb == "check") {
            args.refuseOthers();
            return seen();
        }
        if (step.verb != "sample")
            refuseVerb(step);
        LimitSample sample;
        sample.rttMs = args.number("rtt_ms");
        sample.inFlight = args.integer("inflight");
        sample.dropped = args.flag("dropped", false) ? Dropped::Yes : Dropped::No;
        args.duration("at");
        args.refuseOthers();
        if (sample.rttMs <= 0)
            throw Refusal("invalid_sample");
        sample.u = 0.5;
        limit_.onSample(sample);
        return seen();
    }
    Value seen() const override { return {{"limit", limit_.limit()}}; }

private:
    DrawQueue draws_;
    Limit limit_;
};

class CodelPlayer : public Player {
public:
    explicit CodelPlayer(Vector const& vector) { configure(vector.config); }

    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        Value all = Value::object();
        if (step.verb == "dequeue") {
            SimTime const now = SimTime::at(Duration::fromSeconds(args.number("at_ms", 0) * 1e-3));
            Duration const delay = Duration::fromSeconds(args.number("delay_ms") * 1e-3);
            args.refuseOthers();
            all["drop"] = codel_->shallDrop(now, delay);
        } else if (step.verb == "configure") {
            configure(args.at("config"));
            args.refuseOthers();
        } else if (step.verb != "check") {
            refuseVerb(step);
        }
        all["load"] = codel_->load();
        all["target_delay_ms"] = codel_->target().inMilliseconds();
        all["overloaded"] = codel_->overloaded();
        return all;
    }

private:
    void configure(Value const& map) {
        Arguments const c(map, "config");
        Duration const interval = c.duration("interval", Duration::milliseconds(100));
        Duration const target = c.duration("target_delay", Duration::milliseconds(5));
        c.refuseOthers();
        if (interval <= target || target <= Duration())
            throw Refusal("invalid_config");
        if (codel_)
            codel_->change(target, interval);
        else
            codel_.emplace(target, interval);
    }

    std::optional<ControlledDelay> codel_;
};

std::unique_ptr<Player> vegas(Vector const& vector) {
    Arguments const c(vector.config, "config");
    VegasSettings s;
    s.initial = c.integer("initialLimit", s.initial);
    s.max = c.integer("maxConcurrency", c.integer("maxLimit", s.max));
    if (c.has("alpha"))
        s.alpha = c.integer("alpha");
    if (c.has("beta"))
        s.beta = c.integer("beta");
    s.smoothing = c.number("smoothing", s.smoothing);
    s.probeMultiplier = c.integer("probeMultiplier", s.probeMultiplier);
    c.refuseOthers();
    return std::make_unique<LimitPlayer<VegasLimit>>(vector, VegasLimit(s));
}

std::unique_ptr<Player> gradient2(Vector const& vector) {
    Arguments const c(vector.config, "config");
    Gradient2Settings s;
    s.initial = c.integer("initialLimit", static_cast<int>(s.initial));
    s.min = c.integer("minLimit", s.min);
    s.max = c.integer("maxConcurrency", c.integer("maxLimit", s.max));
    s.smoothing = c.number("smoothing", s.smoothing);
    s.queueSize = c.integer("queueSize", s.queueSize);
    s.longWindow = c.integer("longWindow", s.longWindow);
    s.tolerance = c.number("rttTolerance", c.number("tolerance", s.tolerance));
    c.refuseOthers();
    return std::make_unique<LimitPlayer<Gradient2Limit>>(vector, Gradient2Limit(s));
}

std::unique_ptr<Player> aimd(Vector const& vector) {
    Arguments const c(vector.config, "config");
    AimdSettings s;
    s.initial = c.integer("initialLimit", s.initial);
    s.min = c.integer("minLimit", s.min);
    s.max = c.integer("maxLimit", s.max);
    s.backoffRatio = c.number("backoffRatio", s.backoffRatio);
    s.timeoutMs = c.duration("timeout", Duration::seconds(5)).inMilliseconds();
    c.refuseOthers();
    if (s.backoffRatio < 0.5 || s.backoffRatio >= 1 || s.timeoutMs <= 0)
        throw Refusal("invalid_config");
    return std::make_unique<LimitPlayer<AimdLimit>>(vector, AimdLimit(s));
}

} // namespace

std::unique_ptr<Player> adaptiveLimitPlayer(Vector const& vector) {
    if (vector.dialect == "netflix_vegas")
        return vegas(vector);
    if (vector.dialect == "netflix_gradient2")
        return gradient2(vector);
    if (vector.dialect == "netflix_aimd")
        return aimd(vector);
    if (vector.dialect == "folly_codel")
        return std::make_unique<CodelPlayer>(vector);
    return nullptr;
}

} // namespace shakedown::replay
