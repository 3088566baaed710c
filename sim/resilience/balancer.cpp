#include "sim/resilience/balancer.hpp"

#include <algorithm>

#include "scenarios/vocabulary/require.hpp"
#include "sim/resilience/bounded_load.hpp"

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
        case model::BalancePolicy::PeakEwma:
            picked = listed[cursor++ % listed.size()];
            break;
        }
        if (picked != avoid)
            return picked;
    }
    return avoid;
}

std::uint32_t HashTables::owner(std::span<HashHost const> hosts, std::uint64_t hash,
                                std::uint32_t attempt) {
    return std::visit([&](auto const& table) { return table.owner(hash, attempt); },
                      tableOf(hosts));
}

HashTables::Table const& HashTables::tableOf(std::span<HashHost const> hosts) {
    // Replicas come and go; a table that is asked for again is built again.
    constexpr std::size_t most = 64;
    key_.clear();
    for (auto const& host : hosts)
        key_.push_back(host.number);
    auto const found = tables_.find(key_);
    if (found != tables_.end())
        return found->second;
    if (tables_.size() >= most)
        tables_.clear();
    return tables_.emplace(key_, build(hosts)).first->second;
}

HashTables::Table HashTables::build(std::span<HashHost const> hosts) const {
    bool const isMaglev = settings_.policy == model::BalancePolicy::Maglev;
    std::uint32_t const size = settings_.tableSize > 0 ? settings_.tableSize
                               : isMaglev              ? defaultMaglevSize
                                                       : defaultRingSize;
    if (isMaglev && size > hosts.size())
        return MaglevTable(hosts, size);
    return HashRing(hosts, size);
}

bool Balancer::isNeededFor(BalanceSettings const& settings) {
    switch (settings.policy) {
    case model::BalancePolicy::RingHash:
    case model::BalancePolicy::Maglev:
    case model::BalancePolicy::Weighted:
    case model::BalancePolicy::PeakEwma:
        return true;
    case model::BalancePolicy::RoundRobin:
    case model::BalancePolicy::LeastRequest:
    case model::BalancePolicy::ZoneAware:
        return !settings.weights.empty() || settings.slowStart.window > Duration();
    case model::BalancePolicy::Random:
        return false;
    }
    return false;
}

Balancer::Balancer(BalanceSettings const& settings, std::shared_ptr<HashTables> tables,
                   std::uint32_t turn)
    : settings_(settings), tables_(std::move(tables)), cursor_(turn), smooth_(turn) {}

std::uint32_t Balancer::pick(Offer const& offer, chance::Draw& draw) {
    require(!offer.listed.empty(), "there is a replica to pick");
    if (offer.listed.size() == 1)
        return offer.listed.front();
    switch (settings_.policy) {
    case model::BalancePolicy::RingHash:
    case model::BalancePolicy::Maglev:
        return pickByHash(offer);
    case model::BalancePolicy::PeakEwma:
        return pickByEwma(offer, draw);
    case model::BalancePolicy::RoundRobin:
    case model::BalancePolicy::Random:
    case model::BalancePolicy::LeastRequest:
    case model::BalancePolicy::ZoneAware:
    case model::BalancePolicy::Weighted:
        break;
    }
    return pickByWeight(offer, draw);
}

std::uint32_t Balancer::pickByHash(Offer const& offer) {
    hosts_.clear();
    loads_.clear();
    for (auto const replica : offer.listed) {
        hosts_.push_back({replica, settings_.weightOf(replica)});
        loads_.push_back(outstandingOf(offer.views, replica));
    }
    std::uint32_t owner = offer.listed.front();
    auto const most = static_cast<std::uint32_t>(4 * offer.listed.size());
    for (std::uint32_t attempt = 0; attempt < most; ++attempt) {
        owner = tables_->owner(hosts_, offer.key, attempt);
        if (owner != offer.avoid)
            break;
    }
    if (settings_.bound > 0)
        return withinBound(owner, offer.key, hosts_, loads_, settings_.bound);
    return owner;
}

std::uint32_t Balancer::pickByEwma(Offer const& offer, chance::Draw& draw) {
    others_.assign(offer.listed.begin(), offer.listed.end());
    if (offer.avoid != noReplica)
        std::erase(others_, offer.avoid);
    if (others_.size() == 1)
        return others_.front();
    // Two different ones, as Finagle's and Linkerd's P2C.
    std::size_t const first = indexBelow(others_.size(), draw);
    std::size_t second = indexBelow(others_.size() - 1, draw);
    if (second >= first)
        ++second;
    auto const costOf = [&](std::size_t i) {
        return meanOf(others_[i], offer.now)
            .cost(outstandingOf(offer.views, others_[i]), offer.now);
    };
    return costOf(second) < costOf(first) ? others_[second] : others_[first];
}

std::uint32_t Balancer::pickByWeight(Offer const& offer, chance::Draw& draw) {
    others_.assign(offer.listed.begin(), offer.listed.end());
    if (offer.avoid != noReplica && others_.size() > 1)
        std::erase(others_, offer.avoid);
    weights_.clear();
    for (auto const replica : others_) {
        double weight = settings_.weightOf(replica);
        if (settings_.slowStart.window > Duration() && replica < offer.readySince.size())
            weight *= slowStartShare(settings_.slowStart, offer.now - offer.readySince[replica]);
        weights_.push_back(weight);
    }
    bool const areEqual =
        std::all_of(weights_.begin(), weights_.end(), [&](double w) { return w == weights_[0]; });
    if (areEqual)
        return pickReplica(settings_, others_, offer.views, cursor_, noReplica, draw);
    if (settings_.policy == model::BalancePolicy::LeastRequest)
        for (std::size_t i = 0; i < others_.size(); ++i)
            weights_[i] /= outstandingOf(offer.views, others_[i]) + 1.0;
    return smooth_.pick(others_, weights_);
}

PeakEwma& Balancer::meanOf(std::uint32_t replica, SimTime now) {
    while (means_.size() <= replica)
        means_.emplace_back(settings_.firstRoundTrip, settings_.decay, now);
    return means_[replica];
}

void Balancer::observe(std::uint32_t replica, Duration roundTrip, SimTime now) {
    if (settings_.policy == model::BalancePolicy::PeakEwma)
        meanOf(replica, now).observe(roundTrip, now);
}

} // namespace shakedown::resilience
