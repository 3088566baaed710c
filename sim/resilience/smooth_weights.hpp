#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace shakedown::resilience {

/// Smooth weighted round robin: each turn every candidate gains its weight, the greatest is picked
/// and pays the sum back, so that 5:1:1 gives a a b a c a a and never five in a row. The weights
/// may change between two turns. Source: nginx, ngx_http_upstream_round_robin.c.
class SmoothWeights {
public:
    /// `turn` draws where the round starts; 0 starts with the heaviest, as nginx does.
    explicit SmoothWeights(std::uint32_t turn = 0) : turn_(turn) {}
    /// One of `listed` (numbers, not empty) in proportion to `weights` (as long as `listed`, not
    /// negative). Equal ones in their order; weights that are all zero count as equal.
    std::uint32_t pick(std::span<std::uint32_t const> listed, std::span<double const> weights);

private:
    std::uint32_t turn_;
    std::vector<double> current_; // by number
};

} // namespace shakedown::resilience
