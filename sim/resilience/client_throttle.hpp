#pragma once
#include "scenarios/vocabulary/time.hpp"
#include <algorithm>
namespace shakedown::resilience {
class ClientThrottle {
public:
    ClientThrottle(double k, Duration) : k_(k) {}
    double rejectProbability(SimTime) const { return std::max(0.0, (r_ - k_ * a_) / (r_ + 1)); }
    void onRequest(SimTime) { r_ += 1; }
    void onAccept(SimTime) { a_ += 1; }

private:
    double k_, r_ = 0, a_ = 0;
};
} // namespace shakedown::resilience
