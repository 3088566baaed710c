#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "scenarios/model/step.hpp"

namespace shakedown::model {

enum class Arrivals : std::uint8_t { Poisson, Constant, Bursts };

struct ConstantRate {
    Rate rate;
};
/// From `at` on (since the load's start) this rate.
struct RateStep {
    Duration at;
    Rate rate;
};
struct RateSteps {
    std::vector<RateStep> steps;
};
/// From `from` to `to` in a straight line during `over`, then constant.
struct RateRamp {
    Rate from;
    Rate to;
    Duration over;
};
/// mean + amplitude x sin(2 pi t / period).
struct RateSine {
    Rate mean;
    Rate amplitude;
    Duration period;
};
/// Arrival instants since the load's start, from a file.
struct RateTrace {
    std::string file;
    std::shared_ptr<std::vector<Duration> const> arrivals;
};
using RateShape = std::variant<ConstantRate, RateSteps, RateRamp, RateSine, RateTrace>;

struct MixEntry {
    EndpointName to;
    double weight = 1;
    Place place;
};

struct KeyDistribution {
    int keys = 1;
    double zipf = 0; // 0: uniform
};

/// Open (`rate`) or closed (`users`).
struct Load {
    std::string name;
    std::vector<MixEntry> mix; // `to` alone is a mix of one
    std::optional<RateShape> rate;
    Arrivals arrivals = Arrivals::Poisson;
    int burst = 10; // requests an arrival, for bursts
    std::optional<int> users;
    Distribution think = Distribution::constant(Duration());
    int clients = 1;
    Duration from;
    Duration lasts = Duration::none(); // `for`
    std::optional<KeyDistribution> key;
    int priority = 0;
    std::string apiKey;
    std::optional<Duration> inTime; // default: its timeout, else no limit
    Place place;
};

} // namespace shakedown::model
