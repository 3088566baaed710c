// Stations together: tandem, closed loads, fork-join, the power of d choices.
#include <cmath>

#include <fmt/format.h>

#include "tests/laws/law.hpp"

namespace shakedown::laws {

namespace {

Law tandem() {
    return {"tandem of three",
            6,
            6e5,
            1.2e6,
            "services:\n"
            "  front: { workers: 100000, endpoints: { a: [ call: s1, call: s2, call: s3 ] } }\n"
            "  s1: { workers: 1, endpoints: { a: [ work: exponential(100ms) ] } }\n"
            "  s2: { workers: 1, endpoints: { a: [ work: exponential(125ms) ] } }\n"
            "  s3: { workers: 1, endpoints: { a: [ work: exponential(83.333333ms) ] } }\n"
            "load:\n  l: { to: front, rate: 6/s }\n",
            {{"mean sojourn", .916667, meanSojourn}}};
}

Law closed(int users, double throughput, double response) {
    return {fmt::format("closed, {} users", users),
            throughput,
            4e5,
            users == 10   ? 1.2e6
            : users == 20 ? 1e6
                          : 4e5,
            fmt::format("services:\n"
                        "  q: {{ workers: 1, endpoints: {{ a: [ work: exponential(100ms) ] }} }}\n"
                        "load:\n  l: {{ to: q/a, users: {}, think: exponential(1s) }}\n",
                        users),
            {{"throughput", throughput, [](auto const& s) { return s.loads.front().throughput; }},
             {"response", response, meanSojourn}}};
}

// Flatto and Hahn for two, the approximation of Nelson and Tantawi for more.
Law forkJoin(double rho, int branches, double sojourn) {
    std::string calls;
    std::string stations;
    for (int i = 0; i < branches; ++i) {
        calls += fmt::format("{}call: s{}", i == 0 ? "" : ", ", i);
        stations += fmt::format(
            "  s{}: {{ workers: 1, endpoints: {{ a: [ work: exponential(1s) ] }} }}\n", i);
    }
    double const size = (rho > 0.6 ? 1.2e6 : 3e5);
    return {fmt::format("fork-join of {} at {}", branches, rho),
            rho,
            branches == 2 ? 1e6 : 2.5e5,
            branches == 2 ? size : size / 4,
            "services:\n  front: { workers: 100000, endpoints: { a: [ parallel: [ " + calls
                + " ] ] } }\n" + stations
                + fmt::format("load:\n  l: {{ to: front, rate: {}/s }}\n", rho),
            {{"mean sojourn", sojourn, meanSojourn, branches == 2 ? 0.01 : 0.02,
              branches == 2 ? 0 : 0.03}}};
}

// The limit of many servers; 200 of them are within 5 %.
Law choices(double lambda, int d, double sojourn) {
    constexpr int servers = 200;
    auto const balance =
        d == 1 ? std::string("random") : fmt::format("{{ policy: least_request, choices: {} }}", d);
    return {fmt::format("{} choices among {} at {}", d, servers, lambda),
            lambda * servers,
            1e6,
            d == 1 && lambda > 0.9 ? 1.8e6 : 5e5,
            fmt::format("services:\n  q: {{ replicas: {}, workers: 1, endpoints: {{ a: [ work: "
                        "exponential(1s) ] }} }}\n"
                        "calls:\n  l -> q: {{ balance: {} }}\n"
                        "load:\n  l: {{ to: q/a, rate: {}/s }}\n",
                        servers, balance, lambda * servers),
            {{"mean sojourn", sojourn, meanSojourn, 0.02, 0.05}},
            d == 1 ? 4 / std::pow(1 - std::sqrt(lambda), 2) : 50};
}

} // namespace

std::vector<Law> networks() {
    std::vector<Law> all{tandem(), closed(1, .9091, .1), closed(10, 7.8542, .2732),
                         closed(20, 9.9813, 1.0037), closed(50, 10.0, 4.0)};
    struct Row {
        double rho;
        std::vector<double> sojourns;
    };
    constexpr int branches[] = {2, 4, 8, 16, 32};
    for (auto const& [rho, sojourns] : {Row{.5, {2.875, 3.79, 4.785, 5.824, 6.887}},
                                        Row{.8, {7.0, 8.93, 11.03, 13.224, 15.466}}}) {
        for (std::size_t i = 0; i < sojourns.size(); ++i) {
            all.push_back(forkJoin(rho, branches[i], sojourns[i]));
        }
    }
    for (auto const& [lambda, sojourns] :
         {Row{.5, {2, 1.2657, 1.1252}}, Row{.7, {3.3333, 1.6145, 1.3568}},
          Row{.9, {10, 2.6141, 2.0279}}, Row{.95, {20, 3.383, 2.5351}}}) {
        for (std::size_t i = 0; i < sojourns.size(); ++i) {
            all.push_back(choices(lambda, static_cast<int>(i) + 1, sojourns[i]));
        }
    }
    return all;
}

} // namespace shakedown::laws
