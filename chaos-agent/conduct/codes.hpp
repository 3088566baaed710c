#pragma once

/// The stable codes of what is in the way of a live run; `shakedown explain CODE` tells more.
namespace shakedown::conduct::codes {

inline constexpr auto noLiveSection = "E701";
inline constexpr auto notLive = "E702";
inline constexpr auto noTarget = "E703";
inline constexpr auto badUrl = "E704";
inline constexpr auto closedLoad = "E705";
inline constexpr auto badProbe = "E706";
inline constexpr auto nothingToSee = "E707";
inline constexpr auto limitBroken = "E708";

} // namespace shakedown::conduct::codes
