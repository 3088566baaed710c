#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <variant>
#include <vector>

#include "scenarios/chance/stream.hpp"
#include "scenarios/model/call_policy.hpp"
#include "scenarios/vocabulary/time.hpp"
#include "sim/resilience/hash_table.hpp"
#include "sim/resilience/peak_ewma.hpp"
#include "sim/resilience/slow_start.hpp"
#include "sim/resilience/smooth_weights.hpp"

namespace shakedown::resilience {

/// What one caller knows of one replica of its callee.
struct ReplicaView {
    std::uint32_t outstanding = 0; // own requests under way
};

struct BalanceSettings {
    model::BalancePolicy policy = model::BalancePolicy::RoundRobin;
    int choices = 0;          // least_request: 0 compares all, else so many drawn with replacement
    std::vector<int> weights; // by replica, again from the first when they end; empty: equal
    double bound = 0;         // of hashing: 0 none, else >= 1
    std::uint32_t tableSize = 0; // of hashing: 0 is the default of the kind
    Duration firstRoundTrip = Duration::milliseconds(30); // linkerd2-proxy
    Duration decay = Duration::seconds(10);               // linkerd2-proxy, Finagle
    SlowStartSettings slowStart;

    double weightOf(std::uint32_t replica) const {
        return weights.empty() ? 1 : weights[replica % weights.size()];
    }
    friend bool operator==(BalanceSettings const&, BalanceSettings const&) = default;
};

/// Picks one of `listed` (numbers of replicas, not empty; they index `views`) as round robin,
/// random and least_request do that know no weights. `cursor` is the caller's own place in the
/// round; `avoid` (a number, or none) is left out while others are there.
std::uint32_t pickReplica(BalanceSettings const& settings, std::span<std::uint32_t const> listed,
                          std::span<ReplicaView const> views, std::uint32_t& cursor,
                          std::uint32_t avoid, chance::Draw& draw);

inline constexpr std::uint32_t noReplica = ~std::uint32_t{0};

/// Rings or tables by the replicas that are in them; shared by the callers of one callee, since
/// they depend on nothing else.
class HashTables {
public:
    explicit HashTables(BalanceSettings const& settings) : settings_(settings) {}
    std::uint32_t owner(std::span<HashHost const> hosts, std::uint64_t hash, std::uint32_t attempt);

private:
    using Table = std::variant<HashRing, MaglevTable>;
    Table const& tableOf(std::span<HashHost const> hosts);
    Table build(std::span<HashHost const> hosts) const;

    BalanceSettings settings_;
    std::map<std::vector<std::uint32_t>, Table> tables_; // a bounded number
    std::vector<std::uint32_t> key_;
};

/// What there is to pick from, for one attempt.
struct Offer {
    SimTime now;
    std::uint64_t key = 0; // hashing: what the request asks for
    std::span<std::uint32_t const> listed;
    std::span<ReplicaView const> views;
    std::span<SimTime const> readySince; // by number; slow start
    std::uint32_t avoid = noReplica;
};

/// The balancer of one caller where more than pickReplica is asked for: weights, slow start,
/// hashing with or without bound, peak EWMA. While nobody is new and all weights are equal, round
/// robin and least_request do as pickReplica does. With unequal ones least_request goes by
/// weight / (requests under way + 1), as Envoy's with active_request_bias 1.
class Balancer {
public:
    static bool isNeededFor(BalanceSettings const& settings);

    /// `turn` draws where the rounds start.
    Balancer(BalanceSettings const& settings, std::shared_ptr<HashTables> tables,
             std::uint32_t turn);
    std::uint32_t pick(Offer const& offer, chance::Draw& draw);
    /// An attempt at `replica` has ended after `roundTrip`, with an answer or without.
    void observe(std::uint32_t replica, Duration roundTrip, SimTime now);

private:
    std::uint32_t pickByHash(Offer const& offer);
    std::uint32_t pickByEwma(Offer const& offer, chance::Draw& draw);
    std::uint32_t pickByWeight(Offer const& offer, chance::Draw& draw);
    PeakEwma& meanOf(std::uint32_t replica, SimTime now);

    BalanceSettings settings_;
    std::shared_ptr<HashTables> tables_;
    std::uint32_t cursor_;
    SmoothWeights smooth_;
    std::vector<PeakEwma> means_; // by number
    std::vector<HashHost> hosts_;
    std::vector<std::uint32_t> loads_;
    std::vector<std::uint32_t> others_;
    std::vector<double> weights_;
};

} // namespace shakedown::resilience
