#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::resilience {

enum class ScalePolicyKind : std::uint8_t { Pods, Percent };
enum class SelectPolicy : std::uint8_t { Max, Min, Disabled };
struct ScalePolicy {
    ScalePolicyKind kind = ScalePolicyKind::Percent;
    int value = 100;
    Duration period = Duration::seconds(15);
};
struct ScaleRules {
    SelectPolicy select = SelectPolicy::Max;
    std::vector<ScalePolicy> policies;
    /// Kubernetes' defaults: up by 4 pods or 100 % in 15 s, whichever is more; down by 100 %.
    static ScaleRules up() {
        return {SelectPolicy::Max,
                {{ScalePolicyKind::Pods, 4, Duration::seconds(15)},
                 {ScalePolicyKind::Percent, 100, Duration::seconds(15)}}};
    }
    static ScaleRules down() {
        return {SelectPolicy::Max, {{ScalePolicyKind::Percent, 100, Duration::seconds(15)}}};
    }
};
struct ScaleEvent {
    int change = 0;
    Duration age;
};
enum class ScaleCondition : std::uint8_t {
    WithinRange,
    TooFewReplicas,
    TooManyReplicas,
    ScaleUpLimit,
    ScaleDownLimit
};
struct LimitedScale {
    int replicas = 0;
    ScaleCondition condition = ScaleCondition::WithinRange;
};

/// How fast an autoscaler may go, by its rules and by what it did before.
/// Source: kubernetes, podautoscaler/horizontal.go.
struct ScaleLimits {
    int min = 1;
    int max = 10;
    ScaleRules up = ScaleRules::up();
    ScaleRules down = ScaleRules::down();

    LimitedScale limit(int current, int desired, std::span<ScaleEvent const> ups,
                       std::span<ScaleEvent const> downs) const {
        if (desired > current) {
            int const most = std::max(current, upLimit(current, ups, downs));
            bool const byRules = max > most;
            int const allowed = byRules ? most : max;
            if (desired > allowed)
                return {allowed,
                        byRules ? ScaleCondition::ScaleUpLimit : ScaleCondition::TooManyReplicas};
        } else if (desired < current) {
            int const least = std::min(current, downLimit(current, ups, downs));
            bool const byRules = min < least;
            int const allowed = byRules ? least : min;
            if (desired < allowed)
                return {allowed,
                        byRules ? ScaleCondition::ScaleDownLimit : ScaleCondition::TooFewReplicas};
        }
        return {desired, ScaleCondition::WithinRange};
    }

private:
    static int changeWithin(std::span<ScaleEvent const> events, Duration period) {
        int sum = 0;
        for (auto const& event : events)
            sum += event.age < period ? event.change : 0;
        return sum;
    }
    static int startOf(int current, std::span<ScaleEvent const> ups,
                       std::span<ScaleEvent const> downs, Duration period) {
        return current - changeWithin(ups, period) + changeWithin(downs, period);
    }
    int upLimit(int current, std::span<ScaleEvent const> ups,
                std::span<ScaleEvent const> downs) const {
        if (up.select == SelectPolicy::Disabled)
            return current;
        bool const takesLeast = up.select == SelectPolicy::Min;
        int result = takesLeast ? std::numeric_limits<int>::max() : std::numeric_limits<int>::min();
        for (auto const& policy : up.policies) {
            int const start = startOf(current, ups, downs, policy.period);
            int const to = policy.kind == ScalePolicyKind::Pods
                               ? start + policy.value
                               : static_cast<int>(std::ceil(start * (1 + policy.value / 100.0)));
            result = takesLeast ? std::min(result, to) : std::max(result, to);
        }
        return result;
    }
    // The smallest change leaves the most replicas.
    int downLimit(int current, std::span<ScaleEvent const> ups,
                  std::span<ScaleEvent const> downs) const {
        if (down.select == SelectPolicy::Disabled)
            return current;
        bool const takesMost = down.select == SelectPolicy::Min;
        int result = takesMost ? std::numeric_limits<int>::min() : std::numeric_limits<int>::max();
        for (auto const& policy : down.policies) {
            int const start = startOf(current, ups, downs, policy.period);
            int const to = policy.kind == ScalePolicyKind::Pods
                               ? start - policy.value
                               : static_cast<int>(start * (1 - policy.value / 100.0));
            result = takesMost ? std::max(result, to) : std::min(result, to);
        }
        return result;
    }
};

struct Recommendation {
    int replicas = 0;
    Duration age;
};

/// Goes up no further than the least, and down no further than the most that was recommended
/// within its window.
inline int stabilised(int current, int desired, std::span<Recommendation const> past,
                      Duration upWindow, Duration downWindow) {
    int up = desired;
    int down = desired;
    for (auto const& one : past) {
        if (one.age < upWindow)
            up = std::min(up, one.replicas);
        if (one.age < downWindow)
            down = std::max(down, one.replicas);
    }
    return std::min(std::max(current, up), down);
}

/// Without behaviours: the most that was recommended within the downscale window.
inline int stabilisedDown(int desired, std::span<Recommendation const> past, Duration window) {
    for (auto const& one : past)
        if (one.age < window)
            desired = std::max(desired, one.replicas);
    return desired;
}

} // namespace shakedown::resilience
