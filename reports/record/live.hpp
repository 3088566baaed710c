#pragma once

#include <string>

namespace shakedown::record {

/// What the platform of a live run is called. Only what its own requests saw is known of it, from
/// outside.
inline constexpr char const* livePlatform = "live";

inline bool isLive(std::string const& platform) {
    return platform == livePlatform;
}

} // namespace shakedown::record
