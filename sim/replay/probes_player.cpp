#include "sim/replay/suites.hpp"
#include "sim/resilience/probe.hpp"

namespace shakedown::replay {

using resilience::Probe;
using resilience::ProbeKind;
using resilience::ProbeOutcome;
using vectors::Step;
using vectors::Value;
using vectors::Vector;

namespace {

class ProbesPlayer : public Player {
public:
    explicit ProbesPlayer(Vector const& vector)
        : settings_(settingsOf(vector.config)), probe_(settings_) {}

    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        Probe::Tick tick;
        if (step.verb == "probe")
            tick = probe_.tick(outcomeOf(args.text("outcome")), running_);
        else if (step.verb == "advance")
            running_ = running_ + Duration::fromSeconds(args.number("s"));
        else if (step.verb == "container_restarted") {
            probe_.onRestart();
            running_ = Duration();
        } else if (step.verb == "startup_succeeded")
            probe_.onStartupSucceeded();
        else if (step.verb == "delete_pod")
            probe_.onDelete();
        else if (step.verb != "check")
            refuseVerb(step);
        args.refuseOthers();
        Value all = seen();
        all["probed"] = tick.probed;
        all["restart_requested"] = tick.restart;
        return all;
    }
    Value seen() const override {
        bool const isUnknown = settings_.kind == ProbeKind::Startup && !hasResult();
        return {{"result", isUnknown         ? "unknown"
                           : probe_.isWell() ? "success"
                                             : "failure"},
                {"on_hold", probe_.isOnHold()}};
    }
    bool holdsAlways(std::string_view) const override { return true; }

private:
    bool hasResult() const { return probe_.isWell() || probe_.isOnHold(); }
    static ProbeOutcome outcomeOf(std::string const& word) {
        if (word == "success" || word == "warning")
            return ProbeOutcome::Success;
        if (word == "failure")
            return ProbeOutcome::Failure;
        if (word == "error" || word == "unknown")
            return ProbeOutcome::Error;
        throw Unplayable("'" + word + "' is no outcome of a probe");
    }
    static resilience::ProbeSettings settingsOf(Value const& map) {
        Arguments const c(map, "config");
        resilience::ProbeSettings s;
        std::string const kind = c.text("type", "readiness");
        if (kind == "liveness")
            s.kind = ProbeKind::Liveness;
        else if (kind == "startup")
            s.kind = ProbeKind::Startup;
        else if (kind != "readiness")
            throw Unplayable("'" + kind + "' is no type of probe");
        s.successThreshold = c.integer("success_threshold", 1);
        s.failureThreshold = c.integer("failure_threshold", 3);
        s.initialDelay = c.duration("initial_delay", Duration());
        for (char const* key : {"startup_probe", "has_startup_probe"})
            s.hasStartupProbe = c.flag(key, s.hasStartupProbe);
        c.duration("period");
        c.duration("timeout");
        c.refuseOthers();
        bool const isWrong = s.failureThreshold < 1 || s.successThreshold < 1
                             || (s.kind != ProbeKind::Readiness && s.successThreshold != 1);
        if (isWrong)
            throw Refusal("invalid_config");
        return s;
    }

    resilience::ProbeSettings settings_;
    Probe probe_;
    Duration running_;
};

} // namespace

std::unique_ptr<Player> probesPlayer(Vector const& vector) {
    return vector.dialect == "kubernetes" ? std::make_unique<ProbesPlayer>(vector) : nullptr;
}

} // namespace shakedown::replay
