#include "chaos-agent/control/toxic_kinds.hpp"

#include <array>

namespace shakedown::control {

using namespace proxy;

namespace {

Duration milliseconds(std::int64_t n) {
    return Duration::milliseconds(n);
}
std::int64_t inMilliseconds(Duration d) {
    return d.count() / 1'000'000;
}

// In the order of the alternatives of Disturbance.
std::array<ToxicKind, std::variant_size_v<Disturbance>> const& kinds() {
    static std::array<ToxicKind, std::variant_size_v<Disturbance>> const table{{
        {"latency",
         {"latency", "jitter"},
         [](Attributes const& v) -> Disturbance {
             return Latency{milliseconds(v[0]), milliseconds(v[1])};
         },
         [](Disturbance const& what) -> Attributes {
             auto const& l = std::get<Latency>(what);
             return {inMilliseconds(l.latency), inMilliseconds(l.jitter)};
         }},
        {"bandwidth",
         {"rate"},
         [](Attributes const& v) -> Disturbance { return BandwidthLimit{Bytes::of(v[0] * 1000)}; },
         [](Disturbance const& what) -> Attributes {
             return {std::get<BandwidthLimit>(what).perSecond.count() / 1000};
         }},
        {"slow_close",
         {"delay"},
         [](Attributes const& v) -> Disturbance { return SlowClose{milliseconds(v[0])}; },
         [](Disturbance const& what) -> Attributes {
             return {inMilliseconds(std::get<SlowClose>(what).delay)};
         }},
        {"timeout",
         {"timeout"},
         [](Attributes const& v) -> Disturbance { return Timeout{milliseconds(v[0])}; },
         [](Disturbance const& what) -> Attributes {
             return {inMilliseconds(std::get<Timeout>(what).timeout)};
         }},
        {"reset_peer",
         {"timeout"},
         [](Attributes const& v) -> Disturbance { return ResetPeer{milliseconds(v[0])}; },
         [](Disturbance const& what) -> Attributes {
             return {inMilliseconds(std::get<ResetPeer>(what).timeout)};
         }},
        {"slicer",
         {"average_size", "size_variation", "delay"},
         [](Attributes const& v) -> Disturbance {
             return Slicer{Bytes::of(v[0]), Bytes::of(v[1]), Duration::microseconds(v[2])};
         },
         [](Disturbance const& what) -> Attributes {
             auto const& s = std::get<Slicer>(what);
             return {s.averageSize.count(), s.sizeVariation.count(), s.delay.count() / 1000};
         }},
        {"limit_data",
         {"bytes"},
         [](Attributes const& v) -> Disturbance { return LimitData{Bytes::of(v[0])}; },
         [](Disturbance const& what) -> Attributes {
             return {std::get<LimitData>(what).bytes.count()};
         }},
    }};
    return table;
}

} // namespace

ToxicKind const* findToxicKind(std::string_view type) {
    for (ToxicKind const& kind : kinds())
        if (kind.type == type)
            return &kind;
    return nullptr;
}

ToxicKind const& kindOf(Disturbance const& what) {
    return kinds()[what.index()];
}

} // namespace shakedown::control
