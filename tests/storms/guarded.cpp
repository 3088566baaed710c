// What a guard does to those it guards.
#include "tests/storms/storm.hpp"

namespace shakedown::storms {

std::vector<Storm> guarded() {
    return {
        // It opens 8 s after the death: its window of 10 s is full of good answers till then. From
        // there on only the trials of every 5 s pass.
        {"a breaker per service takes the healthy shards away",
         "breaker-harm.yaml",
         {},
         {"goodput(clients) < 5% from 45s to 110s", "goodput(clients) > 0.3% from 45s to 110s"},
         10,
         10,
         10,
         {{"goodput(clients) < 5% from 45s to 110s", .007, .016}}},
        {"a breaker per shard keeps three quarters",
         "breaker-harm.yaml",
         {{"calls.clients -> store.circuit_breaker.per", "shard"}},
         {"goodput(clients) > 73% during dead", "goodput(clients) < 77% during dead"},
         10,
         10},
        {"no breaker keeps three quarters",
         "breaker-harm.yaml",
         {{"calls.clients -> store.circuit_breaker", "none"}},
         {"goodput(clients) > 73% during dead", "goodput(clients) < 77% during dead"},
         10,
         10},
        {"a hundred leaves: 63 % of the requests are slow",
         "tail-at-scale.yaml",
         {},
         {"goodput(users) > 35%", "goodput(users) < 38.5%"},
         3,
         3,
         3},
        {"a hedge at p95 costs about 5 % and saves the tail",
         "tail-at-scale.yaml",
         {{"calls.root -> leaf.hedge", "{ after: p95 }"}},
         {"goodput(users) > 97%", "amplification(root -> leaf) > 1.04",
          "amplification(root -> leaf) < 1.07"},
         3,
         3,
         3},
    };
}

} // namespace shakedown::storms
