#include "sim/resilience/balancer.hpp"

#include "scenarios/vocabulary/require.hpp"

namespace shakedown::resilience {

namespace {

std::uint32_t outstandingOf(std::span<ReplicaView const> views, std::uint32_t replica) {
    return replica < views.size() ? views[replica].outstanding : 0;
}

std::size_t indexBelow(std::size_t n, chance::Draw& draw) {
    auto const i = static_cast<std::size_t>(draw.uniform() * static_cast<double>(n));
    return i < n ? i : n - 1;
}

// The least loaded of all, equal ones by chance.
std::uint32_t leastOfAll(std::span<std::uint32_t const> listed, std::span<ReplicaView const> views,
                         std::uint32_t avoid, chance::Draw& draw) {
    std::uint32_t least = ~std::uint32_t{0};
    std::size_t ties = 0;
    for (auto const replica : listed) {
        if (replica == avoid)
            continue;
        std::uint32_t const n = outstandingOf(views, replica);
        if (n < least) {
            least = n;
            ties = 0;
        }
        if (n == least)
            ++ties;
    }
    std::size_t wanted = ties > 1 ? indexBelow(ties, draw) : 0;
    for (auto const replica : listed)
        if (replica != avoid && outstandingOf(views, replica) == least && wanted-- == 0)
            return replica;
    return listed.front();
}

std::uint32_t leastOfChoices(int choices, std::span<std::uint32_t const> listed,
                             std::span<ReplicaView const> views, chance::Draw& draw) {
    std::uint32_t best = listed[indexBelow(listed.size(), draw)];
    for (int i = 1; i < choices; ++i) {
        std::uint32_t const other = listed[indexBelow(listed.size(), draw)];
        if (outstandingOf(views, other) < outstandingOf(views, best))
            best = other;
    }
    return best;
}

} // namespace

std::uint32_t pickReplica(BalanceSettings const& settings, std::span<std::uint32_t const> listed,
                          std::span<ReplicaView const> views, std::uint32_t& cursor,
                          std::uint32_t avoid, chance::Draw& draw) {
    require(!listed.empty(), "there is a replica to pick");
    if (listed.size() == 1)
        return listed.front();
    // Drawing again is bounded: after some tries the same replica is accepted.
    for (int tries = 0; tries < 4; ++tries) {
        std::uint32_t picked = listed.front();
        switch (settings.policy) {
        case model::BalancePolicy::LeastRequest:
            if (settings.choices == 0)
                return leastOfAll(listed, views, avoid, draw);
            picked = leastOfChoices(settings.choices, listed, views, draw);
            break;
        case model::BalancePolicy::Random:
            picked = listed[indexBelow(listed.size(), draw)];
            break;
        case model::BalancePolicy::RoundRobin:
        case model::BalancePolicy::RingHash:
        case model::BalancePolicy::Maglev:
        case model::BalancePolicy::ZoneAware:
        case model::BalancePolicy::Weighted:
            picked = listed[cursor++ % listed.size()];
            break;
        }
        if (picked != avoid)
            return picked;
    }
    return avoid;
}

} // namespace shakedown::resilience
