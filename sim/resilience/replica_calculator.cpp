#include "sim/resilience/replica_calculator.hpp"

#include <algorithm>
#include <cmath>

namespace shakedown::resilience {

namespace {

// What is measured over so many pods: a ratio to the target, and what a person reads.
struct Usage {
    double used = 0;
    double requested = 0;
    int pods = 0;

    void add(double usage, double request) {
        used += usage;
        requested += request;
        ++pods;
    }
};

} // namespace

bool ReplicaCalculator::isTolerated(double ratio) const {
    return std::abs(1 - ratio) <= tolerance_;
}

std::optional<ScaleDecision> ReplicaCalculator::calculate(int current,
                                                          std::span<PodMetric const> pods,
                                                          double target, Of of) const {
    auto const seenOf = [&](Usage const& usage) {
        return std::floor(of == Of::Requests ? usage.used * 100 / std::max(1e-9, usage.requested)
                                             : usage.used / std::max(1, usage.pods));
    };
    Usage ready;
    int missing = 0;
    int unready = 0;
    for (auto const& pod : pods) {
        if (pod.isIgnored)
            continue;
        if (pod.isUnready)
            ++unready;
        else if (pod.usage)
            ready.add(*pod.usage, pod.request);
        else
            ++missing;
    }
    if (ready.pods == 0)
        return std::nullopt;
    double const seen = seenOf(ready);
    double const ratio = seen / target;
    bool const growsPastUnready = unready > 0 && ratio > 1;
    if (!growsPastUnready && missing == 0) {
        int const wanted = static_cast<int>(std::ceil(ratio * ready.pods - 1e-9));
        return ScaleDecision{isTolerated(ratio) ? current : wanted, seen};
    }
    Usage all = ready;
    for (auto const& pod : pods) {
        if (pod.isIgnored)
            continue;
        bool const isMissing = !pod.isUnready && !pod.usage;
        if (isMissing && ratio < 1)
            all.add(of == Of::Requests ? pod.request * std::max(100.0, target) / 100 : target,
                    pod.request);
        else if ((isMissing && ratio > 1) || (pod.isUnready && growsPastUnready))
            all.add(0, pod.request);
    }
    double const newRatio = seenOf(all) / target;
    bool const flips = (ratio < 1 && newRatio > 1) || (ratio > 1 && newRatio < 1);
    if (isTolerated(newRatio) || flips)
        return ScaleDecision{current, seen};
    int const wanted = static_cast<int>(std::ceil(newRatio * all.pods - 1e-9));
    bool const goesBack = (newRatio < 1 && wanted > current) || (newRatio > 1 && wanted < current);
    return ScaleDecision{goesBack ? current : wanted, seen};
}

std::optional<ScaleDecision> ReplicaCalculator::byUtilisation(int current,
                                                              std::span<PodMetric const> pods,
                                                              double targetPercent) const {
    return calculate(current, pods, targetPercent, Of::Requests);
}

std::optional<ScaleDecision>
ReplicaCalculator::byAverage(int current, std::span<PodMetric const> pods, double target) const {
    return calculate(current, pods, target, Of::Target);
}

int ReplicaCalculator::byValue(int current, double value, double target, int readyPods) const {
    double const ratio = value / target;
    if (current == 0)
        return static_cast<int>(std::ceil(ratio - 1e-9));
    if (isTolerated(ratio))
        return current;
    return static_cast<int>(std::ceil(ratio * readyPods - 1e-9));
}

int ReplicaCalculator::byAverageOfWhole(int current, double value, double target) const {
    double const ratio = current == 0 ? 2 : value / (target * current);
    if (isTolerated(ratio))
        return current;
    return static_cast<int>(std::ceil(value / target - 1e-9));
}

} // namespace shakedown::resilience
