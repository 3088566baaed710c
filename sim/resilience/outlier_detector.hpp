#pragma once
#include "scenarios/model/call_policy.hpp"
#include <vector>
namespace shakedown::resilience {
enum class HostResult : std::uint8_t {
    Success,
    ServerError,
    GatewayError,
    Timeout,
    ConnectFailed,
    Ignored
};
struct OutlierSettings {
    int consecutive = 5;
    Duration interval = Duration::seconds(10);
    Duration eject = Duration::seconds(30);
    double most = .1;
    friend bool operator==(OutlierSettings const&, OutlierSettings const&) = default;
};
class OutlierDetector {
    struct H {
        int run = 0;
        bool out = false;
        SimTime at;
    };

public:
    explicit OutlierDetector(OutlierSettings s) : s_(s) {}
    void addHost(std::uint32_t n) {
        if (h_.size() <= n)
            h_.resize(n + 1);
    }
    bool onResult(SimTime now, std::uint32_t n, HostResult r) {
        addHost(n);
        auto& h = h_[n];
        if (r == HostResult::Success) {
            h.run = 0;
            return false;
        }
        if (++h.run < s_.consecutive || h.out)
            return false;
        if ((e_ + 1) > s_.most * static_cast<double>(h_.size()))
            return false;
        h.out = true;
        h.at = now;
        ++e_;
        return true;
    }
    bool sweep(SimTime now) {
        for (auto& h : h_)
            if (h.out && now - h.at >= s_.eject) {
                h.out = false;
                h.run = 0;
                --e_;
            }
        return true;
    }
    bool isEjected(std::uint32_t n) const { return n < h_.size() && h_[n].out; }
    Duration interval() const { return s_.interval; }

private:
    OutlierSettings s_;
    std::vector<H> h_;
    int e_ = 0;
};
inline OutlierSettings outlierSettingsOf(model::OutlierDetection const& o) {
    OutlierSettings s;
    s.consecutive = o.consecutive.value_or(5);
    s.interval = o.interval.value_or(s.interval);
    s.eject = o.ejectFor.value_or(s.eject);
    if (o.maxEjected)
        s.most = o.maxEjected->value();
    return s;
}
} // namespace shakedown::resilience
