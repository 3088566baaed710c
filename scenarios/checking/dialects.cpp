#include <algorithm>
#include <array>

#include "scenarios/checking/call_sites.hpp"
#include "scenarios/checking/codes.hpp"
#include "scenarios/checking/rules.hpp"
#include "scenarios/model/enum_names.hpp"

namespace shakedown::checking {

using namespace model;

namespace {

// Whose edges there are, and where to look for what the others have instead.
constexpr std::array breakers = {Dialect::Resilience4j, Dialect::Polly,   Dialect::Gobreaker,
                                 Dialect::Hystrix,      Dialect::Finagle, Dialect::Linkerd};
constexpr std::array hedges = {Dialect::Resilience4j, Dialect::Polly, Dialect::Grpc,
                               Dialect::Envoy,        Dialect::Istio, Dialect::Tower};
constexpr std::array outliers = {Dialect::Envoy, Dialect::Istio, Dialect::Grpc, Dialect::Nginx,
                                 Dialect::Haproxy};

template <std::size_t N>
std::string listOf(std::array<Dialect, N> const& dialects) {
    std::string all;
    for (auto const dialect : dialects)
        all += (all.empty() ? "" : ", ") + std::string(toText(dialect));
    return all;
}

bool ejectsHosts(Dialect dialect) {
    return std::find(outliers.begin(), outliers.end(), dialect) != outliers.end();
}

template <std::size_t N>
void check(std::optional<Dialect> dialect, std::array<Dialect, N> const& offered,
           std::string const& pattern, std::string const& nearest, Place const& place,
           Report& report) {
    if (!dialect || std::find(offered.begin(), offered.end(), *dialect) != offered.end())
        return;
    report.add(codes::dialectWithoutPattern, place,
               "the dialect " + std::string(toText(*dialect)) + " has no " + pattern,
               nearest + "dialects of a " + pattern + ": " + listOf(offered));
}

void check(CallPolicy const& policy, Place const& place, Report& report) {
    if (policy.circuitBreaker) {
        auto const dialect = policy.circuitBreaker->dialect;
        bool const ejects = dialect && ejectsHosts(*dialect);
        check(dialect, breakers, "circuit breaker",
              ejects ? "what it has is 'outlier_detection'; " : "", place, report);
    }
    if (policy.hedge)
        check(policy.hedge->dialect, hedges, "hedge", "", place, report);
    if (policy.outlierDetection) {
        auto const& detection = *policy.outlierDetection;
        auto const dialect = detection.dialect;
        bool const breaks =
            dialect && std::find(breakers.begin(), breakers.end(), *dialect) != breakers.end();
        check(dialect, outliers, "outlier detection",
              breaks ? "what it has is 'circuit_breaker'; " : "", place, report);
        if (dialect == Dialect::Grpc && detection.consecutive)
            report.add(codes::keyOfOtherDialect, place,
                       "gRPC's outlier detection counts no failures in a row: 'consecutive' means "
                       "nothing to it",
                       "leave it out, or write 'failure_rate' and 'minimum_calls'");
    }
}

} // namespace

void checkDialects(Scenario const& scenario, Report& report) {
    for (auto const& rule : scenario.calls)
        check(rule.policy, rule.place, report);
    for (auto const& site : callSitesOf(scenario))
        check(*site.inlined, site.place, report);
}

} // namespace shakedown::checking
