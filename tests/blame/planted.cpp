#include "tests/blame/planted.hpp"

#include <stdexcept>

namespace shakedown::blame {

namespace {

// Two shops that share a front and nothing else. All is well unless something is planted.
std::string const shops = R"(shakedown: 1
name: Shops
run: { for: 60s, warmup: 5s }
services:
  front: { workers: 60, queue: { capacity: 60 }, endpoints: { books: [ work: exponential(2ms), call: books ], music: [ work: exponential(2ms), call: music ] } }
  books: { replicas: 2, workers: 20, queue: { capacity: 100 }, endpoints: { find: [ work: exponential(20ms), call: stock ] } }
  music: { replicas: 2, workers: 20, queue: { capacity: 100 }, endpoints: { find: [ work: exponential(20ms) ] } }
  stock: { workers: 30, queue: { capacity: 200 }, endpoints: { count: [ work: exponential(5ms) ] } }
calls:
  "* -> *": { latency: 0.5ms, timeout: 2s }
load:
  readers: { to: front/books, rate: 100/s, in_time: 1s }
  listeners: { to: front/music, rate: 100/s, in_time: 1s }
faults:
  # more faults
operations:
  # more operations
)";

// One service, for mistakes that are nobody's fault but the numbers'.
std::string const one = R"(shakedown: 1
name: One
run: { for: 60s, warmup: 5s }
services:
  server: { workers: 20, queue: { capacity: 50 }, endpoints: { ask: [ work: exponential(50ms) ] } }
  helper: { workers: 20, queue: { capacity: 50 }, endpoints: { help: [ work: exponential(20ms) ] } }
calls:
  "clients -> server": { latency: 0.5ms, timeout: 5s }
  "guests -> helper": { latency: 0.5ms, timeout: 5s }
load:
  clients: { to: server, rate: 200/s }
  guests: { to: helper, rate: 100/s }
faults:
  # more faults
operations:
  # more operations
)";

Plant fault(std::string const& name, std::string const& verb, std::string const& text) {
    return {"fault " + name + " (" + verb + ")",
            {{"  # more faults", "  - { name: " + name + ", " + text + " }\n  # more faults"}}};
}

Plant operation(std::string const& name, std::string const& verb, std::string const& text) {
    return {"operation " + name + " (" + verb + ")",
            {{"  # more operations", "  - { name: " + name + ", " + text + " }"}}};
}

Plant number(std::string const& cause, std::string const& from, std::string const& to) {
    return {cause, {{from, to}}};
}

Planted in(std::string const& name, std::string const& base, Plant plant) {
    return {name, base, {std::move(plant)}};
}

Planted in(std::string const& name, std::string const& base, Plant first, Plant second) {
    return {name, base, {std::move(first), std::move(second)}};
}

} // namespace

std::vector<Planted> single() {
    std::string const during = "at: 20s, for: 15s, ";
    return {
        in("a slow leaf behind a shared pool", shops,
           fault("molasses", "slow", during + "slow: { service: stock, add: 3s }")),
        in("errors of a leaf", shops,
           fault("broken", "errors", during + "errors: { service: stock, share: 40% }")),
        in("a crash", shops, fault("down", "crash", during + "crash: { service: stock }")),
        in("a process that hangs", shops,
           fault("stuck", "hang", during + "hang: { service: stock }")),
        in("a partition", shops,
           fault("cut", "partition", during + "partition: { between: [books], and: [stock] }")),
        in("a black hole", shops,
           fault("hole", "black_hole", during + "black_hole: { call: books -> stock }")),
        in("latency on a call", shops,
           fault("far", "latency", during + "latency: { call: front -> music, add: 2500ms }")),
        in("jitter on a call", shops,
           fault("shaky", "jitter",
                 during + "jitter: { call: front -> music, add: \"uniform(0s, 3s)\" }")),
        in("connections reset", shops,
           fault("rst", "reset", during + "reset: { call: front -> music, share: 50% }")),
        in("loss on a call", shops,
           fault("lossy", "loss", during + "loss: { call: front -> music, share: 60% }")),
        in("a surge", one, fault("rush", "surge", during + "surge: { load: clients, factor: 4 }")),
        in("stolen processors", one,
           fault("thief", "cpu", during + "cpu: { service: server, steal: 70% }")),
        in("a breaker opened by hand", shops,
           Plant{"operation maintenance (flip_breaker)",
                 {{"timeout: 2s }\n", "timeout: 2s, circuit_breaker: {} }\n"},
                  {"  # more operations",
                   "  - { name: maintenance, " + during
                       + "flip_breaker: { call: front -> music, state: forced_open } }"}}}),
        in("a timeout set too short", shops,
           operation("typo", "set",
                     "at: 20s, set: { path: \"calls.* -> *.timeout\", value: 10ms }")),
        in("scaled down", one,
           Plant{"operation saving (scale)",
                 {{"server: { workers: 20,", "server: { replicas: 4, workers: 5,"},
                  {"  # more operations",
                   "  - { name: saving, at: 20s, scale: { service: server, to: 1 } }"}}}),
        in("a timeout too short from the start", one,
           number("timeout of clients -> server",
                  "\"clients -> server\": { latency: 0.5ms, timeout: 5s }",
                  "\"clients -> server\": { latency: 0.5ms, timeout: 30ms }")),
        in("too few workers", one,
           number("too little capacity of server", "server: { workers: 20,",
                  "server: { workers: 8,")),
        in("a bulkhead too small", shops,
           number("bulkhead of front -> music", "\"* -> *\": { latency: 0.5ms, timeout: 2s }",
                  "\"* -> *\": { latency: 0.5ms, timeout: 2s }\n  \"front -> music\": { bulkhead: "
                  "{ max_concurrent: 1, max_wait: 0s } }")),
        in("a rate limit too low", shops,
           number("rate limit of front -> music", "\"* -> *\": { latency: 0.5ms, timeout: 2s }",
                  "\"* -> *\": { latency: 0.5ms, timeout: 2s }\n  \"front -> music\": { "
                  "rate_limit: { rate: 60/s } }")),
        in("a connection pool too small", shops,
           number("connection pool of front -> music",
                  "\"* -> *\": { latency: 0.5ms, timeout: 2s }",
                  "\"* -> *\": { latency: 0.5ms, timeout: 2s }\n  \"front -> music\": { "
                  "connections: { max: 1, pending: 1 } }")),
        in("errors of its own", shops,
           number("errors of music itself", "find: [ work: exponential(20ms) ] } }",
                  "find: [ work: exponential(20ms), fail: 5% ] } }")),
        in("slow work of its own", one,
           number("slow work of server", "rate: 200/s }", "rate: 200/s, in_time: 150ms }")),
        in("a retry storm", one,
           Plant{
               "fault outage (partition)",
               {{"\"clients -> server\": { latency: 0.5ms, timeout: 5s }",
                 "\"clients -> server\": { latency: 0.5ms, timeout: 1s, retry: { attempts: 2 } }"},
                {"server: { workers: 20, queue: { capacity: 50 }",
                 "server: { workers: 15, queue: { capacity: 100000 }"},
                {"rate: 200/s", "rate: 280/s, in_time: 2s"},
                {"  # more faults",
                 "  - { name: outage, at: 20s, for: 5s, partition: { between: [clients], "
                 "and: [server], hold: true } }"}}}),
    };
}

std::vector<Planted> twofold() {
    return {
        in("slow and errors", shops,
           fault("molasses", "slow", "at: 15s, for: 10s, slow: { service: stock, add: 3s }"),
           fault("broken", "errors", "at: 40s, for: 10s, errors: { service: music, share: 40% }")),
        in("a crash and a timeout", one,
           fault("down", "crash", "at: 20s, for: 10s, crash: { service: helper }"),
           number("timeout of clients -> server",
                  "\"clients -> server\": { latency: 0.5ms, timeout: 5s }",
                  "\"clients -> server\": { latency: 0.5ms, timeout: 30ms }")),
        in("too few workers and a partition", one,
           number("too little capacity of server", "server: { workers: 20,",
                  "server: { workers: 8,"),
           fault("cut", "partition",
                 "at: 20s, for: 10s, partition: { between: [guests], and: [helper] }")),
        in("latency and a bulkhead", one,
           fault("far", "latency",
                 "at: 20s, for: 15s, latency: { call: guests -> helper, add: 6s }"),
           number("bulkhead of clients -> server",
                  "\"clients -> server\": { latency: 0.5ms, timeout: 5s }",
                  "\"clients -> server\": { latency: 0.5ms, timeout: 5s, "
                  "bulkhead: { max_concurrent: 8, max_wait: 0s } }")),
        in("a surge and resets at the same time", one,
           fault("rush", "surge", "at: 20s, for: 15s, surge: { load: clients, factor: 4 }"),
           fault("rst", "reset",
                 "at: 20s, for: 15s, reset: { call: guests -> helper, share: 50% }")),
    };
}

std::string grown(Planted const& planted, unsigned plants) {
    std::string text = planted.base;
    for (std::size_t i = 0; i < planted.plants.size(); ++i) {
        if ((plants >> i & 1U) == 0) {
            continue;
        }
        for (auto const& [from, to] : planted.plants[i].changes) {
            auto const at = text.find(from);
            if (at == std::string::npos) {
                throw std::logic_error(planted.name + ": no '" + from + "' to plant at");
            }
            text.replace(at, from.size(), to);
        }
    }
    return text;
}

} // namespace shakedown::blame
