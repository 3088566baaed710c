#pragma once

/// The stable codes of what checking can find: E3xx errors, W4xx warnings, lint W5xx and H5xx.
/// What the engine of this release cannot run yet has the family E6xx (simulated.cpp).
namespace shakedown::checking::codes {

inline constexpr auto unknownService = "E301";
inline constexpr auto unknownEndpoint = "E302";
inline constexpr auto ambiguousEndpoint = "E303";
inline constexpr auto unknownThing = "E304";
inline constexpr auto unknownEvent = "E305";
inline constexpr auto endlessCalls = "E306";
inline constexpr auto impossibleNumber = "E307";
inline constexpr auto loadWithoutRate = "E308";
inline constexpr auto metricOfSubject = "E309";
inline constexpr auto unknownCall = "E310";
inline constexpr auto nothingToRun = "E311";
inline constexpr auto dialectWithoutPattern = "E312";
inline constexpr auto keyOfOtherDialect = "E313";
inline constexpr auto impossiblePlatform = "E314";
inline constexpr auto sizeWithoutWay = "E315";
inline constexpr auto tooManyWindows = "E316";

inline constexpr auto afterTheEnd = "W401";
inline constexpr auto unusedRule = "W402";
inline constexpr auto uselessLimit = "W403";

inline constexpr auto callWithoutTimeout = "W501";
inline constexpr auto unboundedQueue = "W502";
inline constexpr auto retryWithoutBudget = "H503";
inline constexpr auto childOutlastsParent = "W504";
inline constexpr auto noBreakerToFlip = "W505";

} // namespace shakedown::checking::codes
