#include "sim/resilience/zone_routing.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "scenarios/vocabulary/require.hpp"

namespace shakedown::resilience {

namespace {

constexpr std::uint64_t whole = 10'000;

std::vector<std::uint64_t> sharesOf(std::span<std::uint32_t const> counts) {
    std::uint64_t const sum = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
    std::vector<std::uint64_t> shares;
    for (auto const n : counts)
        shares.push_back(sum == 0 ? 0 : whole * n / sum);
    return shares;
}

std::uint64_t below(std::uint64_t n, chance::Draw& draw) {
    auto const i = static_cast<std::uint64_t>(draw.uniform() * static_cast<double>(n));
    return std::min(i, n - 1);
}

} // namespace

std::optional<std::uint32_t> zoneFor(std::uint32_t own, ZoneCounts const& counts,
                                     std::uint32_t minimum, chance::Draw& draw) {
    auto const zones = counts.callees.size();
    require(own < zones && counts.callers.size() == zones, "each zone has its counts");
    auto const hosts =
        std::accumulate(counts.callees.begin(), counts.callees.end(), std::uint64_t{0});
    if (zones < 2 || hosts < minimum || counts.callees[own] == 0 || counts.callers[own] == 0)
        return std::nullopt;
    auto const callers = sharesOf(counts.callers);
    auto const callees = sharesOf(counts.callees);
    if (callees[own] >= callers[own])
        return own;
    if (below(whole, draw) < whole * callees[own] / callers[own])
        return own;
    // What is left over goes where there are more hosts than callers.
    std::vector<std::uint64_t> spare(zones, 0);
    for (std::size_t z = 0; z < zones; ++z)
        if (z != own && callees[z] > callers[z])
            spare[z] = callees[z] - callers[z];
    auto const all = std::accumulate(spare.begin(), spare.end(), std::uint64_t{0});
    if (all == 0)
        return std::nullopt;
    std::uint64_t at = below(all, draw);
    for (std::uint32_t z = 0; z < zones; ++z) {
        if (at < spare[z])
            return z;
        at -= spare[z];
    }
    return std::nullopt;
}

} // namespace shakedown::resilience
