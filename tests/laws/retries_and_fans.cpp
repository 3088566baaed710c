// What retries and hedges multiply and fans amplify.
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include "tests/laws/law.hpp"

namespace shakedown::laws {

namespace {

summary::CallSummary const& callOf(summary::Summary const& summary, std::string const& name) {
    for (auto const& call : summary.calls) {
        if (call.name == name) {
            return call;
        }
    }
    throw std::runtime_error("no call " + name);
}

Law independentRetries(double p, double factor, double success) {
    return {fmt::format("3 retries against failures of {}", p),
            300,
            2e5,
            4e5,
            fmt::format("services:\n"
                        "  front: {{ workers: 100000, endpoints: {{ a: [ call: q ] }} }}\n"
                        "  q: {{ workers: 1000, endpoints: {{ a: [ fail: {}% ] }} }}\n"
                        "calls:\n  front -> q: {{ retry: {{ attempts: 4 }} }}\n"
                        "load:\n  l: {{ to: front, rate: 300/s }}\n",
                        p * 100),
            {{"load factor", factor,
              [](auto const& s) { return callOf(s, "front -> q").amplification; }},
             {"success", success, [](auto const& s) { return 1 - s.loads.front().errors; }}}};
}

// a attempts over k layers make a^k at the bottom.
Law stackedRetries(int attempts, int layers) {
    std::string services;
    for (int i = 0; i < layers; ++i) {
        services += fmt::format("  s{}: {{ workers: 10000, endpoints: {{ a: [ call: s{} ] }} }}\n",
                                i, i + 1);
    }
    services +=
        fmt::format("  s{}: {{ workers: 10000, endpoints: {{ a: [ fail: 100% ] }} }}\n", layers);
    auto const lowest = fmt::format("s{} -> s{}", layers - 1, layers);
    return {fmt::format("{} attempts over {} layers", attempts, layers),
            10,
            1000,
            1000,
            "services:\n" + services
                + fmt::format("calls:\n  \"* -> *\": {{ retry: {{ attempts: {} }} }}\n"
                              "load:\n  l: {{ to: s0, rate: 10/s }}\n",
                              attempts),
            {{"attempts a request", std::pow(attempts, layers), [lowest](auto const& s) {
                  return static_cast<double>(callOf(s, lowest).attempts)
                         / static_cast<double>(s.loads.front().offered);
              }}}};
}

Law fanOut(int leaves, double slow, double share, double requests) {
    return {
        fmt::format("{} leaves, {} % slow", leaves, slow * 100),
        100,
        requests,
        requests * 2,
        fmt::format("services:\n"
                    "  root: {{ workers: 100000, endpoints: {{ a: [ repeat: {{ times: {}, do: [ "
                    "optional: [ call: leaf ] ] }} ] }} }}\n"
                    "  leaf: {{ workers: 100000, endpoints: {{ a: [ fail: {}% ] }} }}\n"
                    "load:\n  l: {{ to: root, rate: 100/s }}\n",
                    leaves, slow * 100),
        {{"slow requests", share, [](auto const& s) {
              auto const& l = s.loads.front();
              return static_cast<double>(l.degraded) / static_cast<double>(l.offered);
          }}}};
}

// A hedge at 2 s beside answers that are exponential with mean 1 s: attempts 1 + P(X > 2), and
// P(T > t) = P(X > t) P(Y > t - 2) gives the mean 1 - e^-2 + e^-2 / 2, and for a hundredth
// exp(-(2t - 2)) = .01.
Law hedged() {
    double const late = std::exp(-2.0);
    return {"a hedge after 2 means",
            20,
            1e5,
            4e5,
            "services:\n"
            "  front: { workers: 100000, endpoints: { a: [ call: q ] } }\n"
            "  q: { workers: 100000, endpoints: { a: [ work: exponential(1s) ] } }\n"
            "calls:\n  front -> q: { hedge: { after: 2s, max: 1 } }\n"
            "load:\n  l: { to: front, rate: 20/s }\n",
            {{"load factor", 1 + late,
              [](auto const& s) { return callOf(s, "front -> q").amplification; }},
             {"sojourn", 1 - late / 2, meanSojourn},
             {"p99", (2 - std::log(.01)) / 2,
              [](auto const& s) { return s.loads.front().latency.p99.inSeconds(); }, 0.02}}};
}

// A callee that takes 50 of 200 a second. The throttle of the SRE book refuses so many at the
// caller that K times as many are sent as are accepted: 1 - p = K accepts / requests.
Law clientThrottle(double k) {
    return {
        fmt::format("a client throttle of K = {}", k),
        200,
        2e5,
        1e6,
        fmt::format("services:\n"
                    "  q: {{ workers: 1000, limit: {{ rate: 50/s, burst: 50 }}, endpoints: {{ a: "
                    "[ work: 1ms ] }} }}\n"
                    "calls:\n  l -> q: {{ client_throttle: {{ k: {}, window: 30s }} }}\n"
                    "load:\n  l: {{ to: q, rate: 200/s }}\n",
                    k),
        {{"sent of requested", k * 50 / 200,
          [](auto const& s) {
              return static_cast<double>(s.services.front().arrived)
                     / static_cast<double>(s.loads.front().offered);
          }},
         {"accepted of requested", .25, [](auto const& s) { return 1 - s.loads.front().errors; }}},
        200};
}

} // namespace

std::vector<Law> retriesAndFans() {
    return {independentRetries(.1, 1.111, .9999),
            independentRetries(.3, 1.417, .9919),
            independentRetries(.5, 1.875, .9375),
            independentRetries(.75, 2.734375, .68359375),
            independentRetries(1, 4, 0),
            clientThrottle(2),
            clientThrottle(1.5),
            stackedRetries(3, 3),
            stackedRetries(3, 4),
            stackedRetries(3, 5),
            stackedRetries(4, 3),
            stackedRetries(4, 4),
            fanOut(100, .01, 1 - std::pow(.99, 100), 2e4),
            fanOut(2000, .0001, 1 - std::pow(.9999, 2000), 8e3),
            fanOut(10, .01, 1 - std::pow(.99, 10), 6e4),
            hedged()};
}

} // namespace shakedown::laws
