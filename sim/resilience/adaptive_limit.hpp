#pragma once
#include "scenarios/model/service.hpp"
namespace shakedown::resilience {
enum class Dropped : std::uint8_t { No, Yes };
struct AdaptiveLimitSettings {
    int initial = 20;
    friend bool operator==(AdaptiveLimitSettings const&, AdaptiveLimitSettings const&) = default;
};
class AdaptiveLimit {
public:
    explicit AdaptiveLimit(AdaptiveLimitSettings s) : l_(s.initial) {}
    int limit() const { return l_; }
    void onSample(SimTime, Duration, int, Dropped, double) {}

private:
    int l_;
};
inline AdaptiveLimitSettings adaptiveLimitSettingsOf(model::ServerLimit const& l) {
    return {l.limit.value_or(20)};
}
} // namespace shakedown::resilience
