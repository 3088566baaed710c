#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "scenarios/model/fault.hpp"
#include "scenarios/model/operation.hpp"

/// The verb of every fault and operation, as a scenario writes it, in the order of the variants.
namespace shakedown::model {

inline constexpr std::array<std::string_view, std::variant_size_v<FaultKind>> faultVerbs = {
    "crash",
    "kill",
    "hang",
    "restart",
    "slow",
    "errors",
    "leak",
    "cpu",
    "memory",
    "io",
    "disk",
    "cold",
    "file_descriptors",
    "latency",
    "jitter",
    "loss",
    "duplicate",
    "reorder",
    "corrupt",
    "bandwidth",
    "partition",
    "reject",
    "reset",
    "black_hole",
    "slow_close",
    "slice",
    "limit_data",
    "dns",
    "http",
    "grpc",
    "zone_outage",
    "host_down",
    "link_down",
    "brown_out",
    "clock",
    "expired_certificate",
    "bad_deploy",
    "surge",
    "poison_message",
    "lost_heartbeats"};

inline constexpr std::array<std::string_view, std::variant_size_v<OperationKind>> operationVerbs = {
    "deploy", "scale", "flip_breaker", "drain", "repave", "rotate", "set", "replay"};

inline std::string_view verbOf(FaultKind const& fault) {
    return faultVerbs[fault.index()];
}
inline std::string_view verbOf(OperationKind const& operation) {
    return operationVerbs[operation.index()];
}

/// The position of a type among a variant's alternatives.
template <class T, class Variant>
struct IndexIn;
template <class T, class... Rest>
struct IndexIn<T, std::variant<T, Rest...>> : std::integral_constant<std::size_t, 0> {};
template <class T, class First, class... Rest>
struct IndexIn<T, std::variant<First, Rest...>>
    : std::integral_constant<std::size_t, 1 + IndexIn<T, std::variant<Rest...>>::value> {};

template <class F>
constexpr std::string_view faultVerb() {
    return faultVerbs[IndexIn<F, FaultKind>::value];
}
template <class O>
constexpr std::string_view operationVerb() {
    return operationVerbs[IndexIn<O, OperationKind>::value];
}

} // namespace shakedown::model
