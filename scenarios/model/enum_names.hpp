#pragma once

#include <span>
#include <string_view>
#include <type_traits>

#include "scenarios/model/scenario.hpp"

/// The words of the format for every closed set of choices. They stand here once; reading, writing,
/// schema, messages and reports all use them.
namespace shakedown::model {

template <class E>
struct Named {
    E value;
    std::string_view name;
};

/// All words of a set, in the order of the enumerators. Defined for the sets named below only.
template <class E>
std::span<Named<E> const> namesOf();

template <>
std::span<Named<ServiceKind> const> namesOf<ServiceKind>();
template <>
std::span<Named<QueueOrder> const> namesOf<QueueOrder>();
template <>
std::span<Named<Drop> const> namesOf<Drop>();
template <>
std::span<Named<ShardKind> const> namesOf<ShardKind>();
template <>
std::span<Named<ConcurrencyLimit> const> namesOf<ConcurrencyLimit>();
template <>
std::span<Named<Return> const> namesOf<Return>();
template <>
std::span<Named<Transport> const> namesOf<Transport>();
template <>
std::span<Named<Jitter> const> namesOf<Jitter>();
template <>
std::span<Named<RetryOn> const> namesOf<RetryOn>();
template <>
std::span<Named<BreakerScope> const> namesOf<BreakerScope>();
template <>
std::span<Named<BreakerByHand> const> namesOf<BreakerByHand>();
template <>
std::span<Named<BalancePolicy> const> namesOf<BalancePolicy>();
template <>
std::span<Named<FallbackAnswer> const> namesOf<FallbackAnswer>();
template <>
std::span<Named<Pattern> const> namesOf<Pattern>();
template <>
std::span<Named<Dialect> const> namesOf<Dialect>();
template <>
std::span<Named<Arrivals> const> namesOf<Arrivals>();
template <>
std::span<Named<Direction> const> namesOf<Direction>();
template <>
std::span<Named<DeployStrategy> const> namesOf<DeployStrategy>();
template <>
std::span<Named<Placement> const> namesOf<Placement>();
template <>
std::span<Named<Metric> const> namesOf<Metric>();
template <>
std::span<Named<Comparison> const> namesOf<Comparison>();

/// The word for one choice: `toText(Jitter::Full)` is "full".
template <class E>
requires std::is_enum_v<E> std::string_view toText(E value) {
    for (auto const& named : namesOf<E>()) {
        if (named.value == value) {
            return named.name;
        }
    }
    return "?";
}

} // namespace shakedown::model
