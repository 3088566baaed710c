#include <cstdlib>

#include "sim/replay/suites.hpp"
#include "sim/resilience/rollout.hpp"

namespace shakedown::replay {

using resilience::Fenceposts;
using resilience::PodCount;
using resilience::Rollout;
using vectors::Step;
using vectors::Value;
using vectors::Vector;

namespace {

// 3, "25%" or null, which is nothing.
PodCount countOf(Value const& value) {
    if (value.is_null())
        return {};
    if (value.is_number() && value >= 0)
        return {value.get<double>(), false};
    std::string const text = value.is_string() ? value.get<std::string>() : "";
    char* end = nullptr;
    double const number = std::strtod(text.c_str(), &end);
    bool const isPercent = !text.empty() && end == text.c_str() + text.size() - 1 && *end == '%';
    if (!isPercent || number < 0)
        throw Refusal("invalid_config");
    return {number, true};
}

class RolloutPlayer : public Player {
public:
    explicit RolloutPlayer(Vector const& vector) : config_(vector.config) {
        Arguments const c(config_, "config");
        desired_ = c.integer("desired", 0);
        old_ = c.integer("old_replicas", c.integer("old", desired_));
        new_ = c.integer("new_replicas", c.integer("new", 0));
        for (char const* key : {"max_surge", "max_unavailable"})
            c.says(key);
        newBecomeAvailable_ = c.flag("new_pods_become_available", true);
        c.refuseOthers();
    }

    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        int const desired = args.integer("desired", desired_);
        PodCount const surge = get(args, "max_surge");
        PodCount const unavailable = get(args, "max_unavailable");
        Rollout const rollout{desired, resilience::fencepostsOf(surge, unavailable, desired)};
        if (step.verb == "resolve") {
            args.refuseOthers();
            return {{"surge", rollout.posts.surge}, {"unavailable", rollout.posts.unavailable}};
        }
        if (step.verb == "max_unavailable")
            return maxUnavailable(args, rollout);
        if (step.verb == "reconcile") {
            args.refuseOthers();
            return reconcile(rollout);
        }
        return row(step, args, rollout);
    }

private:
    PodCount get(Arguments const& args, char const* key) const {
        if (args.says(key))
            return countOf(args.has(key) ? args.at(key) : Value(nullptr));
        return config_.contains(key) ? countOf(config_.at(key)) : PodCount{};
    }
    static Value maxUnavailable(Arguments const& args, Rollout const& rollout) {
        bool const rolls = args.text("strategy", "RollingUpdate") == "RollingUpdate";
        args.refuseOthers();
        int const most =
            rolls && rollout.desired > 0 ? std::min(rollout.posts.unavailable, rollout.desired) : 0;
        return {{"max_unavailable", most}, {"unavailable", most}, {"result", most}};
    }
    static Value row(Step const& step, Arguments const& args, Rollout const& rollout) {
        int const old = args.integer("old_replicas", 0);
        int const fresh = args.integer("new_replicas", 0);
        int oldAvailable = args.integer("old_available", old);
        for (char const* key : {"ready", "ready_pods", "available", "available_pods"})
            oldAvailable = args.integer(key, oldAvailable);
        int const freshAvailable = args.integer("new_available", 0);
        int most = old;
        for (char const* key : {"max_cleanup", "max_cleanup_count", "max"})
            most = args.integer(key, most);
        args.integer("unhealthy", args.integer("unhealthy_pods", 0));
        args.refuseOthers();
        if (step.verb == "reconcile_new") {
            int const to = rollout.newReplicas(old, fresh);
            return {{"new_replicas", to}, {"scaled", to != fresh}};
        }
        int gone = 0;
        if (step.verb == "cleanup_unhealthy")
            gone = Rollout::unhealthyToRemove(old, oldAvailable, most);
        else if (step.verb == "scale_down_old")
            gone = rollout.availableToRemove(old, oldAvailable + freshAvailable);
        else if (step.verb == "reconcile_old")
            gone = rollout.oldToRemove(old, oldAvailable, fresh, freshAvailable);
        else
            refuseVerb(step);
        return {{"scaled", gone > 0},  {"old_replicas", old - gone}, {"cleaned", gone},
                {"cleaned_up", gone},  {"cleanup_count", gone},      {"removed", gone},
                {"scaled_down", gone}, {"remaining", old - gone}};
    }
    // One reconcile scales up or down, never both.
    Value reconcile(Rollout const& rollout) {
        int const oldBefore = old_;
        int const newBefore = new_;
        new_ = rollout.newReplicas(old_, new_);
        if (new_ == newBefore)
            old_ -= rollout.oldToRemove(old_, old_, new_, newAvailable_);
        newAvailable_ = newBecomeAvailable_ ? new_ : newAvailable_;
        return {{"old", old_}, {"new", new_}, {"scaled", old_ != oldBefore || new_ != newBefore}};
    }

    Value config_;
    int desired_ = 0;
    int old_ = 0;
    int new_ = 0;
    int newAvailable_ = 0;
    bool newBecomeAvailable_ = true;
};

} // namespace

std::unique_ptr<Player> rolloutPlayer(Vector const& vector) {
    return vector.dialect == "kubernetes" ? std::make_unique<RolloutPlayer>(vector) : nullptr;
}

} // namespace shakedown::replay
