#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "chaos-agent/proxy/toxic.hpp"

namespace shakedown::control {

/// The attributes of a toxic in the order of its kind's names, in the units of the API: times in
/// milliseconds (the slicer's delay in microseconds), sizes in bytes, rates in 1000 bytes a second.
using Attributes = std::vector<std::int64_t>;

/// The largest value of an attribute.
inline constexpr std::int64_t attributeAtMost = 1'000'000'000'000;

/// A kind of toxic as the API names it.
struct ToxicKind {
    std::string_view type;
    std::vector<char const*> attributes;
    proxy::Disturbance (*disturbance)(Attributes const& values);
    Attributes (*values)(proxy::Disturbance const& what);
};

/// Null if there is no such type.
ToxicKind const* findToxicKind(std::string_view type);
ToxicKind const& kindOf(proxy::Disturbance const& what);

} // namespace shakedown::control
