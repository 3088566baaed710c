#pragma once

#include <cstdint>
#include <span>

#include "scenarios/chance/stream.hpp"
#include "scenarios/model/call_policy.hpp"

namespace shakedown::resilience {

/// What one caller knows of one replica of its callee.
struct ReplicaView {
    std::uint32_t outstanding = 0; // own requests under way
};

struct BalanceSettings {
    model::BalancePolicy policy = model::BalancePolicy::RoundRobin;
    int choices = 0; // least_request: 0 compares all, else so many drawn with replacement
    friend bool operator==(BalanceSettings const&, BalanceSettings const&) = default;
};

/// Picks one of `listed` (numbers of replicas, not empty; they index `views`). `cursor` is the
/// caller's own place in the round; `avoid` (a number, or none) is left out while others are there.
std::uint32_t pickReplica(BalanceSettings const& settings, std::span<std::uint32_t const> listed,
                          std::span<ReplicaView const> views, std::uint32_t& cursor,
                          std::uint32_t avoid, chance::Draw& draw);

inline constexpr std::uint32_t noReplica = ~std::uint32_t{0};

} // namespace shakedown::resilience
