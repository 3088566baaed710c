#pragma once

#include <algorithm>
#include <span>
#include <vector>

namespace shakedown::resilience {

/// How Envoy spreads traffic over priorities, and which of them panic.
struct PriorityLoad {
    std::vector<int> percent;
    std::vector<bool> panics; // sends to all its hosts, ill ones too
    int totalHealth = 0;      // normalised, at most 100
};

/// Health of a priority is its share of healthy hosts times the overprovisioning factor (140: 72 %
/// healthy is all one needs). What a priority cannot take spills over to the next; panic is looked
/// at only when all together fall short of 100. Source: Envoy, docs on priority levels and panic
/// threshold.
inline PriorityLoad priorityLoadOf(std::span<double const> healthyPercent, double overprovisioning,
                                   double panicThreshold) {
    PriorityLoad load;
    std::vector<int> health;
    int sum = 0;
    for (double const healthy : healthyPercent) {
        health.push_back(std::min(100, static_cast<int>(healthy * overprovisioning / 100 + 1e-9)));
        sum += health.back();
    }
    load.totalHealth = std::min(100, sum);
    int left = 100;
    for (std::size_t i = 0; i < health.size(); ++i) {
        int const wanted = load.totalHealth == 0 ? 0 : health[i] * 100 / load.totalHealth;
        load.percent.push_back(std::min(left, wanted));
        left -= load.percent.back();
        load.panics.push_back(load.totalHealth < 100 && healthyPercent[i] < panicThreshold);
    }
    if (left > 0 && !load.percent.empty()) {
        auto const first =
            std::find_if(load.percent.begin(), load.percent.end(), [](int p) { return p > 0; });
        *(first == load.percent.end() ? load.percent.begin() : first) += left;
    }
    return load;
}

} // namespace shakedown::resilience
