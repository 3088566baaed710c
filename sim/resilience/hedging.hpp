#pragma once
#include "scenarios/model/call_policy.hpp"
#include <algorithm>
#include <optional>
#include <variant>
#include <vector>
namespace shakedown::resilience {
enum class HedgeDialect : std::uint8_t { Resilience4j, Grpc, Polly };
enum class HedgeDecision : std::uint8_t { EndNow, StartNext, KeepWaiting };
using HedgeDelaySettings = std::variant<Duration, double>;
inline HedgeDelaySettings hedgeDelayOf(std::variant<Duration, Ratio> const& a) {
    if (auto* d = std::get_if<Duration>(&a))
        return *d;
    return std::get<Ratio>(a).value();
}
inline HedgeDialect hedgeDialectOf(std::optional<model::Dialect> d) {
    return d == model::Dialect::Grpc    ? HedgeDialect::Grpc
           : d == model::Dialect::Polly ? HedgeDialect::Polly
                                        : HedgeDialect::Resilience4j;
}
class HedgeDelay {
public:
    explicit HedgeDelay(HedgeDelaySettings s) : s_(s) {}
    void observe(Duration d) {
        if (seen_.size() < 1000)
            seen_.push_back(d);
        else
            seen_[n_++ % 1000] = d;
    }
    std::optional<Duration> current() const {
        if (auto* d = std::get_if<Duration>(&s_))
            return *d;
        if (seen_.size() < 20)
            return std::nullopt;
        auto v = seen_;
        auto i = static_cast<std::size_t>(std::get<double>(s_) * static_cast<double>(v.size() - 1));
        std::nth_element(v.begin(), v.begin() + static_cast<long>(i), v.end());
        return v[i];
    }

private:
    HedgeDelaySettings s_;
    std::vector<Duration> seen_;
    std::size_t n_ = 0;
};
inline HedgeDecision onHedgeFailure(HedgeDialect d, bool may, int open) {
    if (d == HedgeDialect::Resilience4j)
        return HedgeDecision::EndNow;
    return may        ? HedgeDecision::StartNext
           : open > 0 ? HedgeDecision::KeepWaiting
                      : HedgeDecision::EndNow;
}
} // namespace shakedown::resilience
