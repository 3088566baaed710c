#include <catch2/catch.hpp>

#include "scenarios/model/pattern_order.hpp"

using namespace shakedown::model;
using P = Pattern;
using Order = std::vector<Pattern>;

TEST_CASE("without a word the patterns are stacked as the model says", "[model][order]") {
    CHECK(wholeOrder({})
          == Order{P::Fallback, P::Deadline, P::Retry, P::Hedge, P::Balance, P::CircuitBreaker,
                   P::RateLimit, P::Timeout, P::Bulkhead, P::Connection, P::Network});
    CHECK_FALSE(impossibleOrder({}));
}

TEST_CASE("a guard named before the retry is around all attempts, the others stay",
          "[model][order]") {
    CHECK(wholeOrder({P::RateLimit, P::CircuitBreaker, P::Retry})
          == Order{P::Fallback, P::Deadline, P::RateLimit, P::CircuitBreaker, P::Retry, P::Hedge,
                   P::Balance, P::Timeout, P::Bulkhead, P::Connection, P::Network});
}

TEST_CASE("guards of each attempt may change places", "[model][order]") {
    CHECK(wholeOrder({P::Bulkhead, P::CircuitBreaker})
          == Order{P::Fallback, P::Deadline, P::Retry, P::Hedge, P::Balance, P::Bulkhead,
                   P::CircuitBreaker, P::RateLimit, P::Timeout, P::Connection, P::Network});
    CHECK(wholeOrder({P::Balance, P::Timeout, P::CircuitBreaker, P::Connection})
          == Order{P::Fallback, P::Deadline, P::Retry, P::Hedge, P::Balance, P::Timeout,
                   P::CircuitBreaker, P::RateLimit, P::Bulkhead, P::Connection, P::Network});
}

TEST_CASE("an order that calls cannot have is told", "[model][order]") {
    CHECK(impossibleOrder({P::Retry, P::Retry}));
    CHECK(impossibleOrder({P::Balance, P::Retry}));
    CHECK(impossibleOrder({P::Retry, P::CircuitBreaker, P::Hedge}));
    CHECK(impossibleOrder({P::Timeout, P::Deadline}));
    CHECK(impossibleOrder({P::Network, P::Bulkhead}));
    CHECK_FALSE(impossibleOrder({P::Deadline, P::Timeout, P::Retry, P::Bulkhead, P::Network}));
}
