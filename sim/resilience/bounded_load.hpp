#pragma once

#include <cstdint>
#include <span>

#include "sim/resilience/hash_table.hpp"

namespace shakedown::resilience {

/// Hashing with bounded loads: `owner` keeps the request unless it has more under way than
/// ceil((all + 1) x bound x its share of the weights), at least 1; then the hosts are tried in an
/// order that the hash draws, and if all are over the bound the least loaded takes it.
/// `outstanding` is as long as `hosts`; `bound` >= 1 (Envoy's hash_balance_factor / 100). Source:
/// Mirrokni, Thorup, Zadimoghaddam, Consistent Hashing with Bounded Loads (2016); the arithmetic
/// and the random jump are Envoy's.
std::uint32_t withinBound(std::uint32_t owner, std::uint64_t hash, std::span<HashHost const> hosts,
                          std::span<std::uint32_t const> outstanding, double bound);

} // namespace shakedown::resilience
