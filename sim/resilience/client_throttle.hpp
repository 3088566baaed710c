#pragma once

#include <algorithm>
#include <array>

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::resilience {

/// Adaptive throttling at the client: refuses with the chance
/// max(0, (requests - k x accepts) / (requests + 1)) over a window; what is refused here counts as
/// a request. Source: Beyer et al., Site Reliability Engineering (O'Reilly, 2016), "Handling
/// Overload"; k 2 and two minutes there. The window moves in twentieths.
class ClientThrottle {
public:
    ClientThrottle(double k, Duration window)
        : k_(k), slice_(std::max(Duration::nanoseconds(1),
                                 Duration::nanoseconds(window.count() / slices))) {}

    static double chanceOf(double requests, double accepts, double k) {
        return std::max(0.0, (requests - k * accepts) / (requests + 1));
    }
    double rejectProbability(SimTime now) {
        expire(now);
        return chanceOf(static_cast<double>(sum_.requests), static_cast<double>(sum_.accepts), k_);
    }
    void onRequest(SimTime now) {
        expire(now);
        ++counts_[current_].requests;
        ++sum_.requests;
    }
    void onAccept(SimTime now) {
        expire(now);
        ++counts_[current_].accepts;
        ++sum_.accepts;
    }

private:
    static constexpr int slices = 20;
    struct Counts {
        std::int64_t requests = 0;
        std::int64_t accepts = 0;
    };

    void expire(SimTime now) {
        std::int64_t const number = now.count() / slice_.count();
        std::int64_t const steps = std::min<std::int64_t>(number - number_, slices);
        for (std::int64_t i = 0; i < steps; ++i) {
            current_ = (current_ + 1) % slices;
            sum_.requests -= counts_[current_].requests;
            sum_.accepts -= counts_[current_].accepts;
            counts_[current_] = {};
        }
        number_ = std::max(number, number_);
    }

    double k_;
    Duration slice_;
    std::array<Counts, slices> counts_{};
    Counts sum_;
    std::size_t current_ = 0;
    std::int64_t number_ = 0;
};

} // namespace shakedown::resilience
