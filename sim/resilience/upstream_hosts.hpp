#pragma once

#include <algorithm>
#include <cstdint>

#include "scenarios/vocabulary/time.hpp"
#include "sim/resilience/passive_health.hpp"

namespace shakedown::resilience {

/// What proxy_next_upstream lists besides `error timeout`, and so counts as a failure.
struct UpstreamFailures {
    bool errors = false;     // http_500
    bool rejections = false; // http_503
    friend bool operator==(UpstreamFailures, UpstreamFailures) = default;
};

struct UpstreamHostSettings {
    int maxFails = 1;
    Duration failTimeout = Duration::seconds(10); // whole seconds
    UpstreamFailures counted;
    Duration interval = Duration::seconds(60); // nothing happens at it
    friend bool operator==(UpstreamHostSettings const&, UpstreamHostSettings const&) = default;
};

/// Which of its servers an nginx leaves out, for a caller that picks by itself.
class UpstreamHosts {
public:
    explicit UpstreamHosts(UpstreamHostSettings const& settings)
        : settings_(settings), servers_({}, UpstreamServers::Method::RoundRobin) {}

    void addHost(std::uint32_t host) {
        for (; count_ <= host; ++count_)
            servers_.add(
                {1, settings_.maxFails, secondsOf(settings_.failTimeout), false, false, 0});
    }
    void onPick(SimTime now, std::uint32_t host) {
        if (host < count_)
            servers_.begin(static_cast<int>(host), secondsOf(now - SimTime()));
    }
    void onEnd(SimTime now, std::uint32_t host, bool hasFailed) {
        if (host < count_)
            servers_.finish(static_cast<int>(host), secondsOf(now - SimTime()), hasFailed);
    }
    bool isOut(SimTime now, std::uint32_t host) const {
        return host < count_
               && !servers_.maySend(static_cast<int>(host), secondsOf(now - SimTime()));
    }
    UpstreamHostSettings const& settings() const { return settings_; }

private:
    // nginx's clock knows whole seconds.
    static std::int64_t secondsOf(Duration d) { return d.count() / 1'000'000'000; }

    UpstreamHostSettings settings_;
    UpstreamServers servers_;
    std::uint32_t count_ = 0;
};

} // namespace shakedown::resilience
