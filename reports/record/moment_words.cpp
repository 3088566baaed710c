#include "reports/record/moment_words.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

namespace shakedown::record {

namespace {

// In the order of the enumerators.
template <class T>
constexpr int words = 0;
template <>
constexpr std::array<std::string_view, 4> words<Level>{"summary", "intervals", "sampled", "full"};
template <>
constexpr std::array<std::string_view, 5> words<ReplicaState>{"up", "starting", "draining", "hung",
                                                              "down"};
template <>
constexpr std::array<std::string_view, 5> words<BreakerState>{"closed", "open", "half_open",
                                                              "forced_open", "disabled"};
template <>
constexpr std::array<std::string_view, 18> words<Cause>{
    "none",     "error_reply",  "timeout",       "deadline",     "queue_full", "queue_timeout",
    "shed",     "breaker_open", "bulkhead_full", "refused",      "reset",      "no_replica",
    "draining", "injected",     "cancelled",     "rate_limited", "throttled",  "pool_full"};
template <>
constexpr std::array<std::string_view, 2> words<Pressure>{"workers_busy", "queue_full"};
template <>
constexpr std::array<std::string_view, 5> words<EndReason>{"finished", "time_limit", "event_limit",
                                                           "interrupted", "aborted"};
template <>
constexpr std::array<std::string_view, 5> words<measure::Outcome>{"ok", "degraded", "failed",
                                                                  "rejected", "timed_out"};

static_assert(words<Level>[static_cast<std::size_t>(Level::Full)] == "full");
static_assert(words<Cause>[static_cast<std::size_t>(Cause::PoolFull)] == "pool_full");
static_assert(words<EndReason>[static_cast<std::size_t>(EndReason::Aborted)] == "aborted");
static_assert(words<measure::Outcome>.size() == measure::outcomeCount);

template <class T>
std::string_view word(T value) {
    auto const i = static_cast<std::size_t>(value);
    return i < words<T>.size() ? words<T>[i] : std::string_view("unknown");
}

} // namespace

std::string_view wordOf(Level level) {
    return word(level);
}
std::string_view wordOf(ReplicaState state) {
    return word(state);
}
std::string_view wordOf(BreakerState state) {
    return word(state);
}
std::string_view wordOf(Cause cause) {
    return word(cause);
}
std::string_view wordOf(Pressure pressure) {
    return word(pressure);
}
std::string_view wordOf(EndReason reason) {
    return word(reason);
}
std::string_view wordOf(measure::Outcome outcome) {
    return word(outcome);
}

template <class T>
std::optional<T> parseWord(std::string_view text) {
    auto const found = std::find(words<T>.begin(), words<T>.end(), text);
    if (found == words<T>.end()) {
        return std::nullopt;
    }
    return static_cast<T>(std::distance(words<T>.begin(), found));
}

template <class T>
std::size_t countOf() {
    return words<T>.size();
}

template std::optional<Level> parseWord(std::string_view);
template std::optional<ReplicaState> parseWord(std::string_view);
template std::optional<BreakerState> parseWord(std::string_view);
template std::optional<Cause> parseWord(std::string_view);
template std::optional<Pressure> parseWord(std::string_view);
template std::optional<EndReason> parseWord(std::string_view);
template std::optional<measure::Outcome> parseWord(std::string_view);
template std::size_t countOf<Level>();
template std::size_t countOf<ReplicaState>();
template std::size_t countOf<BreakerState>();
template std::size_t countOf<Cause>();
template std::size_t countOf<Pressure>();
template std::size_t countOf<EndReason>();
template std::size_t countOf<measure::Outcome>();

} // namespace shakedown::record
