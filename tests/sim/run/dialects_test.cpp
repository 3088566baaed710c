// What a library's name changes of a call: waits before retries, limits, who is left out. Requests
// come every second or faster and fail at once, so that times can be counted by hand.
#include <set>

#include "tests/sim/run/simulation.hpp"

using namespace shakedown;
using tests::simulate;

namespace {

// The attempts of each request, in milliseconds after its first.
class Attempts : public record::MomentSink {
public:
    void begin(record::Header const&) override {}
    void take(record::Moment const& moment) override {
        auto const* const request = std::get_if<record::Request>(&moment.what);
        if (request == nullptr)
            return;
        std::vector<double> times;
        for (auto const& span : request->spans)
            times.push_back((span.sent - request->spans.front().sent).inMilliseconds());
        all.push_back(std::move(times));
    }
    std::vector<std::vector<double>> all;
};

struct Setup {
    std::string policy;
    std::string steps = "fail: 100%";
    std::string service{};
    std::string rate = "1/s";
    std::string faults{};
    std::string span = "100s";
};

tests::Simulated played(Setup const& setup, record::MomentSink* sink = nullptr) {
    run::Settings settings;
    settings.level = record::Level::Full;
    settings.sink = sink;
    return simulate("shakedown: 1\nrun: { for: " + setup.span
                        + ", seed: 3 }\nservices:\n  stock: { workers: 1000, endpoints: { take: [ "
                        + setup.steps + " ] }" + setup.service + " }\ncalls: { \"shop -> stock\": "
                        + setup.policy + " }\nload: { shop: { to: stock, rate: " + setup.rate
                        + ", arrivals: constant } }\n" + setup.faults + "\n",
                    settings);
}

std::vector<std::vector<double>> attemptsUnder(std::string const& policy) {
    Attempts attempts;
    played({policy}, &attempts);
    REQUIRE(attempts.all.size() > 50);
    return attempts.all;
}

std::string failing(std::string const& replicas, int status = 500) {
    return "faults: [ { at: 0s, for: 1h, errors: { service: stock, replicas: [" + replicas
           + "], share: 100%, status: " + std::to_string(status) + " } } ]";
}

std::uint64_t arrivedAt(tests::Simulated const& s) {
    return s.summary.services.at(0).arrived;
}

} // namespace

TEST_CASE("each library waits before a retry as its manual says", "[run][dialects]") {
    struct Row {
        std::string dialect;
        std::string backoff;
        double shortest; // of the wait before the second retry, in milliseconds
        double longest;
        std::size_t different; // at least so many different ones
    };
    auto const row = GENERATE(values<Row>({
        {"resilience4j", "{ initial: 5ms, factor: 1.5, jitter: none }", 7, 7, 1},
        {"resilience4j", "{ initial: 100ms, factor: 1, jitter: full }", 50, 150, 20},
        {"polly", "{ initial: 200ms, factor: 1, jitter: full }", 150, 250, 20},
        {"polly", "{ initial: 200ms, factor: 2, jitter: full }", 0, 500, 20},
        {"grpc", "{ initial: 100ms, factor: 2, max: 1s }", 160, 240, 20},
        {"envoy", "{ initial: 25ms, factor: 2, max: 250ms }", 0, 49, 20},
        {"istio", "{ initial: 25ms, factor: 2, max: 250ms }", 0, 49, 20},
        {"tower", "{ initial: 50ms, factor: 2 }", 100, 199, 20},
        {"aws-sdk", "{ initial: 100ms, factor: 2, max: 20s }", 0, 200, 20},
        {"haproxy", "{}", 1000, 1000, 1},
        {"nginx", "none", 0, 0, 1},
    }));
    INFO(row.dialect << " " << row.backoff);
    std::string const backoff = row.backoff == "none" ? "" : ", backoff: " + row.backoff;
    auto const all = attemptsUnder(
        "{ retry: { attempts: 3, retry_on: [ error ], dialect: " + row.dialect + backoff + " } }");
    std::set<double> seen;
    for (auto const& times : all) {
        if (times.size() < 3)
            continue; // the run ended before it did
        double const wait = times[2] - times[1];
        seen.insert(wait);
        CHECK(wait >= row.shortest - 1e-6);
        CHECK(wait <= row.longest + 1e-6);
    }
    CHECK(seen.size() >= row.different);
}

TEST_CASE("gRPC takes more than five attempts as five", "[run][dialects]") {
    auto const attempts = [](std::string const& dialect) {
        return attemptsUnder("{ retry: { attempts: 9, retry_on: [ error ], dialect: " + dialect
                             + ", backoff: { initial: 1ms, max: 1ms } } }")
            .front()
            .size();
    };
    CHECK(attempts("grpc") == 5);
    CHECK(attempts("resilience4j") == 9);
}

TEST_CASE("nginx does not repeat what was sent and is not idempotent", "[run][dialects]") {
    auto const arrived = [](std::string const& idempotent, std::string const& dialect) {
        return arrivedAt(simulate(
            "shakedown: 1\nrun: { for: 10.5s }\nservices:\n  stock: { endpoints: { take: { "
            "idempotent: "
            + idempotent
            + ", steps: [ fail: 100% ] } } }\ncalls: { \"shop -> stock\": { retry: { attempts: 2, "
              "retry_on: [ error ], dialect: "
            + dialect + " } } }\nload: { shop: { to: stock, rate: 1/s, arrivals: constant } }\n"));
    };
    CHECK(arrived("false", "nginx") == 10);
    CHECK(arrived("true", "nginx") == 20);
    CHECK(arrived("false", "envoy") == 20);
}

TEST_CASE("a breaker opens where its preset says", "[run][presets]") {
    struct Row {
        std::string preset;
        std::uint64_t calls; // that arrive of 10/s in 20 s, all failing
    };
    auto const row = GENERATE(values<Row>({
        {"hystrix", 20}, // volume of 20, seen in the statistics of every 500 ms
        {"envoy", 199},  // no breaker of calls, and at most a tenth of the hosts ejected
        {"grpc", 199},
        {"istio", 199},
        {"aws-sdk", 3 * 199},
        {"nginx", 199}, // an error is no reason for the next server
        {"haproxy", 199},
    }));
    INFO(row.preset);
    std::string const only = row.preset == "hystrix" ? ", circuit_breaker: { open_for: 1h }" : "";
    std::string const calm =
        row.preset == "aws-sdk"
            ? ", retry: { backoff: { initial: 0s }, budget: { tokens: 100000 } }"
            : "";
    Setup setup{"{ preset: " + row.preset + only + calm + " }"};
    setup.rate = "10/s";
    setup.span = "20s";
    auto const arrived = static_cast<double>(arrivedAt(played(setup)));
    CHECK(arrived
          == Approx(static_cast<double>(row.calls)).margin(row.preset == "hystrix" ? 5 : 0));
}

TEST_CASE("a queue of Hystrix' threads refuses above five waiting", "[run][dialects]") {
    // Two threads of 1 s each under 100/s for .5 s: those and the queue.
    auto const attempts = [](std::string const& bulkhead) {
        Setup setup{"{ bulkhead: " + bulkhead + " }", "wait: constant(10s)"};
        setup.rate = "100/s";
        setup.span = "500ms";
        auto const s = played(setup);
        return s.load("shop").offered - s.load("shop").rejected;
    };
    CHECK(attempts("{ threads: 2, queue: 20, dialect: hystrix }") == 2 + 5);
    CHECK(attempts("{ threads: 2, queue: 20, dialect: resilience4j }") == 2 + 20);
}

TEST_CASE("a call waits in a queue of threads as long as is written", "[run][dialects]") {
    Setup setup{"{ bulkhead: { threads: 1, queue: 5, max_wait: 100ms } }", "wait: constant(10s)"};
    setup.span = "5.5s";
    CHECK(played(setup).load("shop").rejected == 4); // of 5: the first has the thread
}

TEST_CASE("fallbacks of Hystrix have ten places", "[run][dialects]") {
    // 40/s, each falling back for a second.
    auto const failed = [](std::string const& dialect) {
        Setup setup{"{ bulkhead: { max_concurrent: 100, dialect: " + dialect
                    + " }, fallback: { answer: degraded, work: 1s } }"};
        setup.rate = "40/s";
        return played(setup).load("shop").errors;
    };
    CHECK(failed("hystrix") == Approx(.75).margin(.01));
    CHECK(failed("resilience4j") == 0);
}

TEST_CASE("a status below 500 speaks against nobody, 503 as any server error", "[run][outliers]") {
    auto const errors = [](int status) {
        Setup setup{"{ outlier_detection: { consecutive: 5, eject_for: 1h, max_ejected: 50% } }",
                    "work: constant(1ms)", ", replicas: 2", "10/s", failing("1", status)};
        setup.span = "20s";
        return played(setup).load("shop").errors;
    };
    CHECK(errors(500) == Approx(5.0 / 199));
    CHECK(errors(503) == Approx(5.0 / 199));
    CHECK(errors(404) == Approx(.5).margin(.01));
    CHECK(errors(429) == Approx(.5).margin(.01));
}

TEST_CASE("429 opens no run of Linkerd's, but its success rate", "[run][breaker]") {
    auto const arrived = [](std::string const& breaker, int status) {
        Setup setup{"{ circuit_breaker: { dialect: linkerd, open_for: 1h, " + breaker + " } }",
                    "work: constant(1ms)", "", "10/s", failing("0", status)};
        setup.span = "20s";
        return arrivedAt(played(setup));
    };
    CHECK(arrived("consecutive: 7", 500) == 7);
    CHECK(arrived("consecutive: 7", 429) == 199);
    CHECK(arrived("consecutive: 100, failure_rate: 20%, minimum_calls: 9", 429) == 9);
}

TEST_CASE("only Envoy sends to everybody when half of the hosts are out", "[run][outliers]") {
    struct Row {
        std::string dialect;
        double errors; // three of four fail
    };
    auto const row = GENERATE(values<Row>({{"envoy", .75}, {"istio", 0}}));
    INFO(row.dialect);
    Setup setup{"{ outlier_detection: { consecutive: 5, eject_for: 1h, max_ejected: 100%, dialect: "
                    + row.dialect + " } }",
                "work: constant(1ms)", ", replicas: 4", "100/s", failing("0, 1, 2")};
    CHECK(played(setup).load("shop").errors == Approx(row.errors).margin(.01));
}

TEST_CASE("nginx leaves a server out after one failure, and none that is alone",
          "[run][outliers]") {
    auto const errors = [](std::string const& replicas, std::string const& retryOn) {
        Setup setup{"{ retry: { attempts: 1, retry_on: [ " + retryOn
                        + " ], dialect: nginx }, outlier_detection: { dialect: nginx } }",
                    "work: constant(1ms)", ", replicas: " + replicas, "10/s", failing("0")};
        return played(setup).load("shop").errors;
    };
    // In 100 s one trial every 11 s, of whole seconds: at 0, 11, ...
    CHECK(errors("2", "error") == Approx(10.0 / 999).margin(1.1 / 999));
    CHECK(errors("2", "timeout") == Approx(.5).margin(.01)); // http_500 is not listed
    CHECK(errors("1", "error") == 1);
}
