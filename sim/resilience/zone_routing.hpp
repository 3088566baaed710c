#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "scenarios/chance/stream.hpp"

namespace shakedown::resilience {

/// Hosts by zone (as long as there are zones), of the callers and of the callee.
struct ZoneCounts {
    std::span<std::uint32_t const> callers;
    std::span<std::uint32_t const> callees;
};

inline constexpr std::uint32_t zoneAwareMinimum = 6; // Envoy min_cluster_size

/// The zone that a caller in zone `own` sends to; none: all zones as one (fewer than
/// `minimum` hosts, one zone only, or nobody in the own zone). If the own zone has at least its
/// callers' share of the hosts it gets everything; else as much as it can bear, and the rest goes
/// where hosts are more than callers. Source: Envoy, zone aware routing (shares in 1/10000).
std::optional<std::uint32_t> zoneFor(std::uint32_t own, ZoneCounts const& counts,
                                     std::uint32_t minimum, chance::Draw& draw);

} // namespace shakedown::resilience
