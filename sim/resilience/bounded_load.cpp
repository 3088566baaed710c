#include "sim/resilience/bounded_load.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "scenarios/chance/stream.hpp"
#include "scenarios/vocabulary/require.hpp"

namespace shakedown::resilience {

std::uint32_t withinBound(std::uint32_t owner, std::uint64_t hash, std::span<HashHost const> hosts,
                          std::span<std::uint32_t const> outstanding, double bound) {
    require(!hosts.empty() && hosts.size() == outstanding.size(), "each host has a load");
    double weights = 0;
    for (auto const& host : hosts)
        weights += host.weight;
    auto const all = std::accumulate(outstanding.begin(), outstanding.end(), 0.0);
    double const slots = std::ceil((all + 1) * bound - 1e-9);
    auto const overload = [&](std::size_t i) {
        double const own = std::max(1.0, std::ceil(slots * hosts[i].weight / weights - 1e-9));
        return outstanding[i] / own;
    };
    auto const isOwner = [&](HashHost const& host) { return host.number == owner; };
    auto const at = std::find_if(hosts.begin(), hosts.end(), isOwner) - hosts.begin();
    require(static_cast<std::size_t>(at) < hosts.size(), "the owner is one of the hosts");
    auto best = static_cast<std::size_t>(at);
    if (overload(best) <= 1)
        return owner;
    std::vector<std::size_t> order(hosts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t i = 0; i < order.size(); ++i) {
        auto const jump = chance::mixKey(hash, i) % (order.size() - i);
        std::swap(order[i], order[i + jump]);
        std::size_t const other = order[i];
        if (overload(other) <= 1)
            return hosts[other].number;
        if (overload(other) < overload(best))
            best = other;
    }
    return hosts[best].number;
}

} // namespace shakedown::resilience
