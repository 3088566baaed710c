#pragma once

#include <cstdint>
#include <vector>

#include "reports/why/course.hpp"

namespace shakedown::why {

/// What a run is like when all is well: learned from the time before the first event, or, where
/// there is none, from what the scenario says and from loads that nobody changes.
class Ordinary {
public:
    /// `order` is calleesFirst().
    Ordinary(Course const& course, std::vector<std::uint32_t> const& order);

    /// Worker-seconds a request of the service takes.
    double hold(std::uint32_t service) const { return holds_[service]; }
    /// Requests a second; -1 if it is not known.
    double arrivals(std::uint32_t service) const { return arrivalRates_[service]; }
    double offered(std::uint32_t load) const { return loadRates_[load]; }

private:
    void learnHolds(std::vector<std::uint32_t> const& order);
    double expectedHold(std::uint32_t service) const;
    void learnArrivals();
    double undisturbedRate(std::uint32_t load) const;

    Course const& course_;
    std::vector<double> holds_;
    std::vector<double> arrivalRates_;
    std::vector<double> loadRates_;
};

} // namespace shakedown::why
