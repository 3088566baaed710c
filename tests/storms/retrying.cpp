// What retries do to a service that slows down with its load, and to one that fails. Source: the
// simulations of Marc Brooker ("Fixing retries with token buckets and circuit breakers", 2022).
#include <fmt/format.h>

#include "tests/storms/storm.hpp"

namespace shakedown::storms {

namespace {

std::string within(std::string const& metric, double value) {
    return fmt::format("{} > {:.4f}", metric, value * 0.97);
}
std::string below(std::string const& metric, double value) {
    return fmt::format("{} < {:.4f}", metric, value * 1.03);
}

// Load factor and success within 3 %.
Storm policy(std::string name, std::string const& retry, std::string const& failing, double factor,
             double success) {
    std::string const load = "amplification(clients -> server)";
    std::vector<std::string> outcome = {within(load, factor), below(load, factor)};
    if (success > 0) {
        outcome.push_back(fmt::format("availability(clients) > {:.3f}%", success * 97));
        outcome.push_back(fmt::format("availability(clients) < {:.3f}%", success * 103));
    } else {
        outcome.emplace_back("availability(clients) <= 0%");
    }
    return {"retry policies, " + std::move(name),
            "retry-policies.yaml",
            {{"calls.clients -> server.retry", retry},
             {"services.server.endpoints.ask", "[ fail: " + failing + " ]"}},
            std::move(outcome),
            3,
            3,
            3};
}

} // namespace

std::vector<Storm> retrying() {
    std::string const bucket = "{ attempts: 4, budget: { tokens: 5, deposit: 0.1, cost: 1 } }";
    std::string const latency = "calls.clients -> server.latency";
    std::string const patient =
        "{ attempts: 3, backoff: { initial: 20s, factor: 2, jitter: full } }";
    return {
        policy("none, half fails", "1", "50%", 1, .502),
        policy("three retries, half fails", "4", "50%", 1.875, .937),
        policy("token bucket, half fails", bucket, "50%", 1.107, .553),
        policy("three retries, all fails", "4", "100%", 4, 0),
        policy("token bucket, all fails", bucket, "100%", 1.107, 0),
        // As stated it has two ends: a run is well again or serves nobody for ever, and few do the
        // latter. With a network of 100 ms most do, and the mean is near the stated 8.2/s.
        {"simple collapse: some runs stay at no goodput at all",
         "simple-collapse.yaml",
         {},
         {"goodput(clients) < 1/s from 90s to 120s"},
         1,
         4,
         10,
         {{"goodput(clients) < 40/s from 90s to 120s", 27, 33}}},
        {"simple collapse behind a network: most runs do, 8.2/s on average of all",
         "simple-collapse.yaml",
         {{latency, "exponential(100ms)"}},
         {"goodput(clients) < 1/s from 90s to 120s"},
         7,
         9,
         10,
         {{"goodput(clients) < 40/s from 90s to 120s", 5, 11}}},
        {"simple collapse: backoff with jitter recovers within ten seconds",
         "simple-collapse.yaml",
         {{"calls.clients -> server.retry", patient}},
         {"goodput(clients) > 95% from 45s to 120s"},
         10,
         10},
        {"simple collapse behind a network: backoff with jitter recovers within ten seconds",
         "simple-collapse.yaml",
         {{"calls.clients -> server.retry", patient}, {latency, "exponential(100ms)"}},
         {"goodput(clients) > 95% from 45s to 120s"},
         9,
         10},
    };
}

} // namespace shakedown::storms
