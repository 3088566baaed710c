#pragma once

#include <algorithm>
#include <optional>
#include <variant>
#include <vector>

#include "scenarios/model/call_policy.hpp"

namespace shakedown::resilience {

enum class HedgeDialect : std::uint8_t { Resilience4j, Grpc, Polly };

/// What a failed attempt of a hedged call means.
enum class HedgeDecision : std::uint8_t { EndNow, StartNext, KeepWaiting };

/// resilience4j takes the first completion, even a failure; gRPC (A6) and Polly start the next
/// attempt at once and end when none is left. `mayStart`: attempts are left; `inFlight`: others
/// that are under way.
inline HedgeDecision onHedgeFailure(HedgeDialect dialect, bool mayStart, int inFlight) {
    if (dialect == HedgeDialect::Resilience4j)
        return HedgeDecision::EndNow;
    if (mayStart)
        return HedgeDecision::StartNext;
    return inFlight > 0 ? HedgeDecision::KeepWaiting : HedgeDecision::EndNow;
}

/// gRPC's and Polly's by their names, else resilience4j's.
inline HedgeDialect hedgeDialectOf(std::optional<model::Dialect> dialect) {
    if (dialect == model::Dialect::Grpc)
        return HedgeDialect::Grpc;
    return dialect == model::Dialect::Polly ? HedgeDialect::Polly : HedgeDialect::Resilience4j;
}

/// A fixed delay, or a quantile in (0, 1) of the latencies seen.
using HedgeDelaySettings = std::variant<Duration, double>;

inline HedgeDelaySettings hedgeDelayOf(std::variant<Duration, Ratio> const& after) {
    if (auto const* const span = std::get_if<Duration>(&after))
        return *span;
    return std::get<Ratio>(after).value();
}

/// When a call that is still awaited is sent again. A quantile is known from 20 latencies on, looks
/// back over the last 1,000 and is found anew every 50.
class HedgeDelay {
public:
    explicit HedgeDelay(HedgeDelaySettings const& settings) : settings_(settings) {
        if (std::holds_alternative<double>(settings_)) {
            seen_.reserve(lookBack);
            sorted_.reserve(lookBack);
        }
    }

    void observe(Duration latency) {
        if (!std::holds_alternative<double>(settings_))
            return;
        if (seen_.size() < lookBack)
            seen_.push_back(latency);
        else
            seen_[count_ % lookBack] = latency;
        ++count_;
        if (count_ == fewest || (count_ > fewest && count_ % refresh == 0))
            quantile_ = find();
    }
    std::optional<Duration> current() const {
        if (auto const* const fixed = std::get_if<Duration>(&settings_))
            return *fixed;
        return quantile_;
    }

private:
    static constexpr std::size_t lookBack = 1000;
    static constexpr std::size_t fewest = 20;
    static constexpr std::size_t refresh = 50;

    Duration find() {
        sorted_ = seen_;
        auto const last = static_cast<double>(sorted_.size() - 1);
        auto const at =
            sorted_.begin() + static_cast<std::ptrdiff_t>(std::get<double>(settings_) * last + 0.5);
        std::nth_element(sorted_.begin(), at, sorted_.end());
        return *at;
    }

    HedgeDelaySettings settings_;
    std::vector<Duration> seen_;
    std::vector<Duration> sorted_;
    std::size_t count_ = 0;
    std::optional<Duration> quantile_;
};

} // namespace shakedown::resilience
