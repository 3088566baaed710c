#include "sim/resilience/smooth_weights.hpp"

#include <algorithm>
#include <numeric>

#include "scenarios/chance/stream.hpp"
#include "scenarios/vocabulary/require.hpp"

namespace shakedown::resilience {

std::uint32_t SmoothWeights::pick(std::span<std::uint32_t const> listed,
                                  std::span<double const> weights) {
    require(!listed.empty() && listed.size() == weights.size(), "each candidate has a weight");
    double const sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    bool const areAllZero = sum <= 0;
    double const total = areAllZero ? static_cast<double>(listed.size()) : sum;
    std::uint32_t const last = *std::max_element(listed.begin(), listed.end());
    for (auto i = static_cast<std::uint32_t>(current_.size()); i <= last; ++i)
        current_.push_back(turn_ == 0 ? 0 : chance::Stream::toUnit(chance::mixKey(turn_, i)));
    std::uint32_t best = listed.front();
    for (std::size_t i = 0; i < listed.size(); ++i) {
        current_[listed[i]] += areAllZero ? 1 : weights[i];
        if (current_[listed[i]] > current_[best])
            best = listed[i];
    }
    current_[best] -= total;
    return best;
}

} // namespace shakedown::resilience
