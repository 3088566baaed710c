#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace shakedown::resilience {

/// One pod as the autoscaler sees it; usage in the metric's unit (milli-CPU for utilisation).
struct PodMetric {
    std::optional<double> usage; // none: missing
    double request = 0;
    bool isUnready = false; // pending, never ready, or starting up (for CPU)
    bool isIgnored = false; // failed or being deleted
};

struct ScaleDecision {
    int replicas = 0;
    double seen = 0; // utilisation in whole per cent, or the average
};

/// How many replicas the Kubernetes HorizontalPodAutoscaler wants: ceil(ratio x ready pods) outside
/// the tolerance. A missing metric counts as the whole request (or the target) on the way down and
/// as nothing on the way up, an unready pod as nothing on the way up, and the direction never
/// flips. Source: kubernetes, podautoscaler/replica_calculator.go.
class ReplicaCalculator {
public:
    explicit ReplicaCalculator(double tolerance = 0.1) : tolerance_(tolerance) {}

    /// None: no ready pod has a metric.
    std::optional<ScaleDecision> byUtilisation(int current, std::span<PodMetric const> pods,
                                               double targetPercent) const;
    std::optional<ScaleDecision> byAverage(int current, std::span<PodMetric const> pods,
                                           double target) const;
    /// Of an object or external metric as a whole.
    int byValue(int current, double value, double target, int readyPods) const;
    int byAverageOfWhole(int current, double value, double target) const;

private:
    bool isTolerated(double ratio) const;
    enum class Of : std::uint8_t { Requests, Target };
    std::optional<ScaleDecision> calculate(int current, std::span<PodMetric const> pods,
                                           double target, Of of) const;

    double tolerance_;
};

} // namespace shakedown::resilience
