#include "sim/resilience/hash_table.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/chance/stream.hpp"
#include "scenarios/vocabulary/require.hpp"

namespace shakedown::resilience {

namespace {

constexpr std::uint32_t unowned = ~std::uint32_t{0};

double sumOf(std::span<HashHost const> hosts) {
    double sum = 0;
    for (auto const& host : hosts)
        sum += host.weight;
    return sum;
}

} // namespace

HashRing::HashRing(std::span<HashHost const> hosts, std::uint32_t size) {
    require(!hosts.empty() && size > 0, "a ring has hosts and points");
    double const sum = sumOf(hosts);
    for (auto const& host : hosts) {
        double const share = std::ceil(host.weight / sum * size);
        auto const n = std::max<std::uint32_t>(1, static_cast<std::uint32_t>(share));
        for (std::uint32_t i = 0; i < n; ++i)
            points_.push_back({chance::mixKey(chance::mixKey(host.number, 0x216), i), host.number});
    }
    std::sort(points_.begin(), points_.end(), [](Point const& a, Point const& b) {
        return a.hash != b.hash ? a.hash < b.hash : a.host < b.host;
    });
}

std::uint32_t HashRing::owner(std::uint64_t hash, std::uint32_t attempt) const {
    auto const isBefore = [](Point const& point, std::uint64_t h) { return point.hash < h; };
    auto const at = std::lower_bound(points_.begin(), points_.end(), hash, isBefore);
    auto const i = static_cast<std::size_t>(at - points_.begin()) + attempt;
    return points_[i % points_.size()].host;
}

MaglevTable::MaglevTable(std::span<HashHost const> hosts, std::uint32_t size)
    : places_(size, unowned) {
    require(!hosts.empty() && size > hosts.size(), "a table has more places than hosts");
    struct Turn {
        HashHost host;
        std::uint64_t place;
        std::uint64_t skip;
        double target;
    };
    double heaviest = 0;
    for (auto const& host : hosts)
        heaviest = std::max(heaviest, host.weight);
    std::vector<Turn> turns;
    for (auto const& host : hosts) {
        auto const offset = chance::mixKey(host.number, 0x3A61) % size;
        auto const skip = chance::mixKey(host.number, 0x3A62) % (size - 1) + 1;
        turns.push_back({host, offset, skip, 0});
    }
    std::uint32_t filled = 0;
    // A host takes a place in a round once its weight, summed over the rounds, has reached that of
    // the heaviest; so every round fills at least one place.
    for (std::uint32_t round = 1; filled < size; ++round) {
        for (auto& turn : turns) {
            if (turn.host.weight * round < turn.target)
                continue;
            turn.target += heaviest;
            while (places_[turn.place] != unowned)
                turn.place = (turn.place + turn.skip) % size;
            places_[turn.place] = turn.host.number;
            if (++filled == size)
                break;
        }
    }
}

std::uint32_t MaglevTable::owner(std::uint64_t hash, std::uint32_t attempt) const {
    std::uint64_t const turned = attempt == 0 ? hash : chance::mixKey(hash, attempt);
    return places_[turned % places_.size()];
}

} // namespace shakedown::resilience
