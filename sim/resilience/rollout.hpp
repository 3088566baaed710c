#pragma once

#include <algorithm>
#include <cmath>
#include <optional>

namespace shakedown::resilience {

/// A number of pods, or a share of those desired.
struct PodCount {
    double value = 0;
    bool isPercent = false;
};

struct Fenceposts {
    int surge = 0;
    int unavailable = 0;
};

/// The surge is rounded up, the unavailable down; if both are nothing, one may be unavailable.
/// Source: kubernetes, deployment/util (ResolveFenceposts).
inline Fenceposts fencepostsOf(PodCount surge, PodCount unavailable, int desired) {
    Fenceposts posts;
    posts.surge = static_cast<int>(surge.isPercent ? std::ceil(surge.value * desired / 100 - 1e-9)
                                                   : surge.value);
    posts.unavailable = static_cast<int>(unavailable.isPercent
                                             ? std::floor(unavailable.value * desired / 100 + 1e-9)
                                             : unavailable.value);
    if (posts.surge == 0 && posts.unavailable == 0)
        posts.unavailable = 1;
    return posts;
}

/// The decisions of a Kubernetes rolling update. Source: kubernetes, deployment/rolling.go.
struct Rollout {
    int desired = 1;
    Fenceposts posts;

    /// The new replica set's size: never above desired and surge in total.
    int newReplicas(int oldReplicas, int currentNew) const {
        if (currentNew > desired)
            return desired;
        int const room = desired + posts.surge - (oldReplicas + currentNew);
        return currentNew + std::max(0, std::min(room, desired - currentNew));
    }
    /// Of the old set's pods that are not available: how many go first.
    static int unhealthyToRemove(int oldReplicas, int oldAvailable, int most) {
        return std::max(0, std::min(most, oldReplicas - oldAvailable));
    }
    /// How many available old pods may go.
    int availableToRemove(int oldReplicas, int allAvailable) const {
        int const least = desired - std::min(posts.unavailable, desired);
        return std::clamp(allAvailable - least, 0, oldReplicas);
    }
    /// Both together; pods of the new set that are unavailable count against the budget.
    int oldToRemove(int oldReplicas, int oldAvailable, int currentNew, int newAvailable) const {
        if (oldReplicas == 0)
            return 0;
        int const least = desired - std::min(posts.unavailable, desired);
        int const most = oldReplicas + currentNew - least - (currentNew - newAvailable);
        if (most <= 0)
            return 0;
        int const ill = unhealthyToRemove(oldReplicas, oldAvailable, most);
        return ill + availableToRemove(oldReplicas - ill, oldAvailable + newAvailable);
    }
};

} // namespace shakedown::resilience
