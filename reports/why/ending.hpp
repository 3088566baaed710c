#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "reports/record/moments.hpp"

namespace shakedown::why {

/// What a request failed of in the end: the last thing that happened to it, and where.
struct Proximate {
    record::Cause cause = record::Cause::None; // None: degraded, or late
    std::uint32_t call = 0;                    // whose attempt it was
    friend auto operator<=>(Proximate const&, Proximate const&) = default;
};

/// Of the last of the way down (span_tree.hpp).
Proximate proximateOf(record::Request const& request);

/// "timeout of site -> autos", "queue full at site".
std::string endingText(Proximate const& what, record::Header const& header);

} // namespace shakedown::why
