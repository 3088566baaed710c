#include <catch2/catch.hpp>

#include <string>

#include "tests/scenarios/checking/check_document.hpp"

using namespace shakedown;
using namespace shakedown::tests;

namespace {

std::string withPolicy(std::string const& policy) {
    return found("services: { a: { queue: 5, endpoints: { e: [ work: 1ms ] } } }\n"
                 "load: { l: { to: a, rate: 1/s } }\ncalls: { \"l -> a\": { timeout: 1s, "
                 + policy + " } }\n");
}

} // namespace

TEST_CASE("a library without a circuit breaker gives none its edges", "[checking][dialects]") {
    for (auto const* const dialect :
         {"envoy", "istio", "grpc", "nginx", "haproxy", "go", "tower", "aws-sdk", "kubernetes"}) {
        INFO(dialect);
        CHECK(holds(withPolicy(std::string("circuit_breaker: { dialect: ") + dialect + " }"),
                    std::string("E312 the dialect ") + dialect + " has no circuit breaker"));
    }
    CHECK_FALSE(holds(withPolicy("circuit_breaker: { dialect: finagle }"), "E312"));
}

TEST_CASE("a preset may name a library that has no circuit breaker", "[checking][dialects]") {
    CHECK_FALSE(holds(withPolicy("preset: envoy, circuit_breaker: { open_for: 1s }"), "E312"));
}

TEST_CASE("hedges and outlier detection follow libraries that have them", "[checking][dialects]") {
    CHECK(holds(withPolicy("hedge: { after: 1s, dialect: hystrix }"),
                "E312 the dialect hystrix has no hedge"));
    CHECK_FALSE(holds(withPolicy("hedge: { after: 1s, dialect: grpc }"), "E312"));
    CHECK(holds(withPolicy("outlier_detection: { dialect: polly }"),
                "E312 the dialect polly has no outlier detection"));
    CHECK_FALSE(holds(withPolicy("outlier_detection: { dialect: nginx }"), "E312"));
}

TEST_CASE("gRPC's outlier detection knows no failures in a row", "[checking][dialects]") {
    CHECK(holds(withPolicy("outlier_detection: { dialect: grpc, consecutive: 5 }"), "E313"));
    CHECK_FALSE(
        holds(withPolicy("outlier_detection: { dialect: grpc, failure_rate: 85% }"), "E313"));
    CHECK_FALSE(holds(withPolicy("outlier_detection: { dialect: envoy, consecutive: 5 }"), "E313"));
}
