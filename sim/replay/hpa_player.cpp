#include <cmath>

#include "sim/replay/suites.hpp"
#include "sim/resilience/replica_calculator.hpp"
#include "sim/resilience/scale_rules.hpp"

namespace shakedown::replay {

using namespace resilience;
using vectors::Step;
using vectors::Value;
using vectors::Vector;

namespace {

char const* wordOf(ScaleCondition condition) {
    switch (condition) {
    case ScaleCondition::WithinRange:
        return "DesiredWithinRange";
    case ScaleCondition::TooFewReplicas:
        return "TooFewReplicas";
    case ScaleCondition::TooManyReplicas:
        return "TooManyReplicas";
    case ScaleCondition::ScaleUpLimit:
        return "ScaleUpLimit";
    case ScaleCondition::ScaleDownLimit:
        return "ScaleDownLimit";
    }
    return "DesiredWithinRange";
}

std::vector<ScaleEvent> eventsOf(Arguments const& args, char const* key) {
    std::vector<ScaleEvent> events;
    if (!args.has(key))
        return events;
    for (auto const& one : args.at(key)) {
        Arguments const event(one, key);
        events.push_back({event.integer("change"), event.duration("age", Duration())});
        event.refuseOthers();
    }
    return events;
}

std::vector<Recommendation> recommendationsOf(Arguments const& args) {
    std::vector<Recommendation> list;
    if (!args.has("recommendations"))
        return list;
    for (auto const& one : args.at("recommendations")) {
        Arguments const r(one, "a recommendation");
        list.push_back({r.integer("replicas"), r.duration("age", Duration())});
        r.refuseOthers();
    }
    return list;
}

ScaleRules rulesOf(Value const& map, ScaleRules rules, std::optional<Duration>& window) {
    Arguments const c(map, "scaling rules");
    std::string const select = c.text("select_policy", "Max");
    rules.select = select == "Min"        ? SelectPolicy::Min
                   : select == "Disabled" ? SelectPolicy::Disabled
                                          : SelectPolicy::Max;
    if (auto const w = c.duration("stabilization_window"))
        window = w;
    if (c.has("policies")) {
        rules.policies.clear();
        for (auto const& one : c.at("policies")) {
            Arguments const p(one, "a policy");
            std::string const type = p.text("type");
            if (type != "Pods" && type != "Percent")
                throw Unplayable("'" + type + "' is no type of policy");
            rules.policies.push_back(
                {type == "Pods" ? ScalePolicyKind::Pods : ScalePolicyKind::Percent,
                 p.integer("value"), p.duration("period", Duration::seconds(15))});
            p.refuseOthers();
        }
    }
    c.refuseOthers();
    return rules;
}

class HpaPlayer : public Player {
public:
    explicit HpaPlayer(Vector const& vector) {
        Arguments const c(vector.config, "config");
        calculator_ = ReplicaCalculator(c.number("tolerance", 0.1));
        c.duration("cpu_initialization_period");
        c.duration("initial_readiness_delay");
        limits_.min = c.integer("min_replicas", 1);
        limits_.max = c.integer("max_replicas", std::numeric_limits<int>::max());
        if (c.has("scale_up"))
            limits_.up = rulesOf(c.at("scale_up"), ScaleRules::up(), upWindow_);
        if (c.has("scale_down"))
            limits_.down = rulesOf(c.at("scale_down"), ScaleRules::down(), downWindow_);
        upWindow_ = c.duration("scale_up_window", upWindow_.value_or(Duration()));
        downWindow_ = c.duration("scale_down_window", downWindow_.value_or(Duration::seconds(300)));
        for (char const* key : {"downscale_stabilization", "downscale_stabilization_window",
                                "downscale_stabilisation_window"})
            downWindow_ = c.duration(key, *downWindow_);
        c.refuseOthers();
    }

    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        if (step.verb == "desired_replicas")
            return desired(args);
        int const wanted = args.integer("desired", 0);
        if (step.verb == "limit_replicas") {
            auto const ups = eventsOf(args, "scale_up_events");
            auto const downs = eventsOf(args, "scale_down_events");
            auto const limited = limits_.limit(args.integer("current"), wanted, ups, downs);
            args.refuseOthers();
            return {{"replicas", limited.replicas}, {"condition", wordOf(limited.condition)}};
        }
        auto const past = recommendationsOf(args);
        int const current = args.integer("current", wanted);
        if (step.verb == "stabilize") {
            Duration const up = args.duration("scale_up_window", *upWindow_);
            Duration const down = args.duration("scale_down_window", *downWindow_);
            args.refuseOthers();
            return {{"replicas", stabilised(current, wanted, past, up, down)}};
        }
        if (step.verb == "stabilize_default") {
            args.refuseOthers();
            return {{"replicas", stabilisedDown(wanted, past, *downWindow_)}};
        }
        refuseVerb(step);
    }

private:
    static std::vector<PodMetric> podsOf(Arguments const& args, bool isCpu) {
        std::vector<PodMetric> pods;
        if (!args.has("pods"))
            return pods;
        for (auto const& one : args.at("pods")) {
            Arguments const p(one, "a pod");
            PodMetric pod;
            for (char const* key : {"usage_m", "value", "usage"})
                if (p.has(key))
                    pod.usage = p.number(key);
            pod.request = p.number("request_m", 0);
            bool const isStarting = p.flag("never_ready", false) | p.flag("initializing", false)
                                    | p.flag("unready", false);
            pod.isUnready = p.flag("pending", false) || (isCpu && isStarting);
            pod.isIgnored = p.flag("failed", false) | p.flag("deleting", false);
            p.flag("ready", true);
            p.refuseOthers();
            pods.push_back(pod);
        }
        return pods;
    }

    Value desired(Arguments const& args) {
        int const current = args.integer("current");
        std::string const metric = args.text("metric");
        bool const isResource = metric.starts_with("resource");
        auto const pods = podsOf(args, isResource);
        double const target = args.number("target", args.number("target_percent", 0));
        double const value = args.number("value", 0);
        int const ready = args.integer("ready_pods", current);
        args.text("selector", "");
        args.refuseOthers();
        if (target <= 0)
            throw Refusal("invalid_target");
        if (metric == "resource_utilization") {
            for (auto const& pod : pods)
                if (pod.request <= 0 && !pod.isIgnored)
                    throw Refusal("missing_request");
            return ofPods(calculator_.byUtilisation(current, pods, target), true);
        }
        if (metric == "pods_average_value" || metric == "resource_average_value"
            || metric == "resource_raw")
            return ofPods(calculator_.byAverage(current, pods, target), false);
        if (metric == "object_value" || metric == "external_value")
            return {{"replicas", calculator_.byValue(current, value, target, ready)},
                    {"average", value},
                    {"usage", value}};
        if (metric == "object_average_value" || metric == "external_average_value") {
            double const average = std::ceil(value / std::max(1, current));
            return {{"replicas", calculator_.byAverageOfWhole(current, value, target)},
                    {"average", average},
                    {"usage", average}};
        }
        throw Unplayable("'" + metric + "' is no metric of an autoscaler");
    }
    static Value ofPods(std::optional<ScaleDecision> const& decision, bool isUtilisation) {
        if (!decision)
            throw Refusal("no_metrics");
        return {{"replicas", decision->replicas},
                {isUtilisation ? "utilization_percent" : "average", decision->seen}};
    }

    ReplicaCalculator calculator_;
    ScaleLimits limits_;
    std::optional<Duration> upWindow_;
    std::optional<Duration> downWindow_;
};

} // namespace

std::unique_ptr<Player> autoscalerPlayer(Vector const& vector) {
    return vector.dialect == "kubernetes" ? std::make_unique<HpaPlayer>(vector) : nullptr;
}

} // namespace shakedown::replay
