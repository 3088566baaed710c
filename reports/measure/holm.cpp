#include "reports/measure/holm.hpp"

#include <algorithm>
#include <numeric>

namespace shakedown::measure {

std::vector<double> holmAdjusted(std::vector<double> const& p) {
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
    // The smallest counts for all tests, the next for all but one; none is below one before it.
    std::vector<double> adjusted(p.size());
    double largest = 0;
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        double const tests = static_cast<double>(p.size() - rank);
        largest = std::max(largest, std::min(1.0, tests * p[order[rank]]));
        adjusted[order[rank]] = largest;
    }
    return adjusted;
}

} // namespace shakedown::measure
