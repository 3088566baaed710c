#pragma once

#include <string>
#include <utility>

#include "scenarios/model/presets.hpp"

/// How the tables of presets write their rows.
namespace shakedown::model::rows {

/// Rows of one pattern: `breaker("open_for", &CircuitBreaker::openFor, 5_s, "source")`.
template <class P>
class PatternRows {
public:
    constexpr PatternRows(std::optional<P> CallPolicy::*pattern, char const* name)
        : pattern_(pattern), name_(name) {}

    template <class T, class V>
    PresetValue operator()(char const* key, std::optional<T> P::*member, V value,
                           std::string source) const {
        auto const set = [pattern = pattern_, member, value = T(std::move(value))](CallPolicy& p) {
            auto& at = p.*pattern;
            if (!at)
                at.emplace();
            (*at).*member = value;
        };
        return {std::string(name_) + "." + key, set, std::move(source)};
    }

    /// A key of a part of the pattern, as a backoff within a retry.
    template <class Part, class T, class V>
    PresetValue operator()(char const* key, std::optional<Part> P::*part,
                           std::optional<T> Part::*member, V value, std::string source) const {
        auto const set = [pattern = pattern_, part, member,
                          value = T(std::move(value))](CallPolicy& p) {
            auto& at = p.*pattern;
            if (!at)
                at.emplace();
            auto& within = (*at).*part;
            if (!within)
                within.emplace();
            (*within).*member = value;
        };
        return {std::string(name_) + "." + key, set, std::move(source)};
    }

    /// The pattern is there; nothing is said of its keys.
    PresetValue operator()(std::string source) const {
        auto const set = [pattern = pattern_](CallPolicy& p) {
            if (!(p.*pattern))
                (p.*pattern).emplace();
        };
        return {name_, set, std::move(source)};
    }

private:
    std::optional<P> CallPolicy::*pattern_;
    char const* name_;
};

inline constexpr PatternRows<Retry> retry{&CallPolicy::retry, "retry"};
inline constexpr PatternRows<CircuitBreaker> breaker{&CallPolicy::circuitBreaker,
                                                     "circuit_breaker"};
inline constexpr PatternRows<Bulkhead> bulkhead{&CallPolicy::bulkhead, "bulkhead"};
inline constexpr PatternRows<RateLimit> rateLimit{&CallPolicy::rateLimit, "rate_limit"};
inline constexpr PatternRows<Hedge> hedge{&CallPolicy::hedge, "hedge"};
inline constexpr PatternRows<Balance> balance{&CallPolicy::balance, "balance"};
inline constexpr PatternRows<OutlierDetection> outliers{&CallPolicy::outlierDetection,
                                                        "outlier_detection"};
inline constexpr PatternRows<Connections> connections{&CallPolicy::connections, "connections"};
inline constexpr PatternRows<SlowStart> slowStart{&CallPolicy::slowStart, "slow_start"};

/// A key of the call itself.
template <class T, class V>
PresetValue call(char const* key, std::optional<T> CallPolicy::*member, V value,
                 std::string source) {
    return {key, [member, value = T(std::move(value))](CallPolicy& p) { p.*member = value; },
            std::move(source)};
}

/// Says where a row holds that stands among the values of the other kind of a pattern.
inline PresetValue when(std::string condition, PresetValue row) {
    row.when = std::move(condition);
    return row;
}

template <class T>
std::vector<T> joined(std::vector<T> first, std::vector<T> const& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

} // namespace shakedown::model::rows

namespace shakedown::model {

/// The tables, a file a kind of library.
std::vector<Preset> libraryPresets(); // within a process
std::vector<Preset> clientPresets();  // clients that bring their transport
std::vector<Preset> meshPresets();    // proxies and platforms

} // namespace shakedown::model
