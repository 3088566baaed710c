#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace shakedown::resilience {

/// Consistent hashing: which of the hosts a key belongs to, such that a host that comes or goes
/// moves few keys. Hosts are numbers, each with a weight (positive).
struct HashHost {
    std::uint32_t number = 0;
    double weight = 1;
    friend bool operator==(HashHost const&, HashHost const&) = default;
};

/// A ring of at least `size` points (1024..8388608; each host has its share of them, at least one).
/// A key belongs to the first point at or behind its hash. Source: Envoy, ring_hash_lb.
class HashRing {
public:
    HashRing(std::span<HashHost const> hosts, std::uint32_t size);
    /// `attempt` 0 is the owner; more are the next points of the ring.
    std::uint32_t owner(std::uint64_t hash, std::uint32_t attempt = 0) const;
    std::size_t size() const { return points_.size(); }

private:
    struct Point {
        std::uint64_t hash;
        std::uint32_t host;
    };
    std::vector<Point> points_; // in order of hash
};

/// A table of `size` places (a prime above the number of hosts, at most 5000011) which the hosts
/// fill in turn, each by its own permutation, in proportion to their weights. Source: Eisenbud et
/// al., Maglev, NSDI 2016, section 3.4; weights as Envoy's maglev_lb.
class MaglevTable {
public:
    MaglevTable(std::span<HashHost const> hosts, std::uint32_t size);
    /// `attempt` 0 is the owner; others look at another place of the table.
    std::uint32_t owner(std::uint64_t hash, std::uint32_t attempt = 0) const;
    std::span<std::uint32_t const> places() const { return places_; }

private:
    std::vector<std::uint32_t> places_;
};

inline constexpr std::uint32_t defaultRingSize = 1024;     // Envoy minimum_ring_size
inline constexpr std::uint32_t defaultMaglevSize = 65'537; // Envoy table_size

} // namespace shakedown::resilience
