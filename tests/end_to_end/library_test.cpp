#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/end_to_end/program.hpp"
#include "tests/environment.hpp"

using namespace shakedown;
using namespace shakedown::tests;

TEST_CASE("every scenario of the library keeps what it expects", "[end-to-end][library]") {
    Scratch const scratch;
    int ran = 0;
    for (auto const& entry :
         std::filesystem::directory_iterator(sourceDir() / "scenarios" / "library")) {
        if (entry.path().extension() != ".yaml") {
            continue;
        }
        auto const outcome =
            tests::shakedown({"run", entry.path().string(), "-o", "out"}, scratch.path());
        INFO(entry.path() << "\n" << outcome.out << outcome.err);
        CHECK(outcome.code == 0);
        ++ran;
    }
    CHECK(ran > 0);
}

TEST_CASE("a scenario of the library fails without the policy it is about",
          "[end-to-end][library]") {
    struct Row {
        std::string file;
        std::string change;
    };
    Scratch const scratch;
    std::string const greedy = "{ attempts: 3, retry_on: [ timeout, error, connect, rejected ] }";
    for (auto const& [file, change] :
         {Row{"retry-storm", "calls.clients -> server.retry=none"},
          Row{"breaker-per-service", "calls.clients -> store.circuit_breaker=none"},
          Row{"breaker-per-shard", "calls.clients -> store.circuit_breaker.per=service"},
          Row{"outlier-detection-of-three",
              "calls.clients -> store.outlier_detection.max_ejected=50%"},
          Row{"outlier-detection-of-three", "calls.others -> store-of-ten.outlier_detection=none"},
          Row{"timeouts", "calls.site -> bank.timeout=none"},
          Row{"load-shedding", "services.shop.queue.order=fifo"},
          Row{"load-shedding", "services.shop.queue.max_wait=none"},
          Row{"retry-budgets", "calls.to-finagle -> finagle.retry=" + greedy},
          Row{"retry-budgets", "calls.to-envoy -> envoy.retry=" + greedy},
          Row{"retry-budgets", "calls.to-grpc -> grpc.retry=" + greedy},
          Row{"retry-budgets", "calls.to-aws -> aws.retry=" + greedy},
          Row{"retry-budgets", "calls.to-finagle -> finagle.retry=none"},
          Row{"retry-budgets", "calls.to-envoy -> envoy.retry=none"},
          Row{"retry-budgets", "calls.to-grpc -> grpc.retry=none"},
          Row{"retry-budgets", "calls.to-aws -> aws.retry=none"},
          Row{"fan-out-hedged", "calls.root -> leaf.hedge=none"},
          Row{"breaker-stuck-half-open", "calls.clients -> store.circuit_breaker.half_open_for=5s"},
          Row{"breaker-stuck-half-open", "calls.clients -> store.timeout=1s"},
          Row{"breaker-stuck-half-open", "calls.clients -> store.circuit_breaker=none"},
          Row{"slow-replica-ejected", "calls.clients -> store.outlier_detection=none"},
          Row{"noisy-neighbour", "platform.explicitly.reports.hosts=m2"},
          Row{"saturated-link", "platform.links.line.bandwidth=1Gbps"},
          Row{"zone-outage", "calls.visitors -> site.outlier_detection=none"},
          Row{"host-dies-under-state", "calls.clients -> store.circuit_breaker.per=service"},
          Row{"host-brown-out", "calls.visitors -> stock.balance.policy=round_robin"},
          Row{"retries-in-joules", "calls.visitors -> stock.retry=none"},
          Row{"legacy-systems-after", "calls.site -> autos=null"}}) {
        auto const path = sourceDir() / "scenarios" / "library" / (file + ".yaml");
        auto const outcome =
            tests::shakedown({"run", path.string(), "--set", change, "-o", "out"}, scratch.path());
        INFO(file << "\n" << outcome.out << outcome.err);
        CHECK(outcome.code == 1);
    }
}

TEST_CASE("what init writes runs and holds", "[end-to-end][init]") {
    Scratch const scratch;
    auto const written = tests::shakedown({"init", "first.yaml"}, scratch.path());
    CHECK(written.code == 0);
    auto const checked = tests::shakedown({"check", "first.yaml"}, scratch.path());
    INFO(checked.out << checked.err);
    CHECK(checked.code == 0);
    auto const outcome = tests::shakedown({"run", "first.yaml"}, scratch.path());
    INFO(outcome.out << outcome.err);
    CHECK(outcome.code == 0);
}

TEST_CASE("init leaves an existing file as it is", "[end-to-end][init]") {
    Scratch const scratch;
    std::string const file = scratch.file("mine.yaml", "shakedown: 1\n");
    auto const outcome = tests::shakedown({"init", "mine.yaml"}, scratch.path());
    CHECK(outcome.code == 2);
    CHECK(contentOf(file) == "shakedown: 1\n");
}
