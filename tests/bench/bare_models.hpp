#pragma once

#include <cstddef>

#include "tests/bench/measured.hpp"

/// The models of the benches as one would write them by hand for speed: no metrics, no policies
/// as objects, no names. The limit to measure the engine against.
namespace shakedown::bench {

/// Poisson 800/s -> 16 workers, 1 ms -> 8 workers, 2 ms -> 8 workers, 5 ms; all exponential, a
/// worker is held while it waits for the next.
Done bareChain(double seconds);

/// The same with a timeout of 80 ms and 3 attempts on both inner calls; nothing is cancelled.
Done bareChainWithTimeouts(double seconds);

/// 2,000 roots a second; each asks 100 leaves at once (lognormal, median 1 ms, sigma 1).
Done bareFan(double seconds);

/// The hold operation on std::priority_queue: take the next event, put one an exponential step
/// later; `pending` events at any time. The yardstick for the bare loops.
Done holdOfPriorityQueue(std::size_t pending, double events);

} // namespace shakedown::bench
