#pragma once

#include <cstdint>

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::resilience {

enum class ProbeKind : std::uint8_t { Liveness, Readiness, Startup };
enum class ProbeOutcome : std::uint8_t { Success, Failure, Error };

/// Settings of a Kubernetes probe; defaults of the core/v1 API.
struct ProbeSettings {
    ProbeKind kind = ProbeKind::Readiness;
    int successThreshold = 1;
    int failureThreshold = 3;
    Duration initialDelay;
    bool hasStartupProbe = false; // liveness and readiness then wait for its success
};

/// The worker of one probe, ticked every period. A result that does not reach its threshold changes
/// nothing, the opposite result begins the run anew, an error is discarded; a liveness or startup
/// failure holds the worker until the container is another. Source: kubernetes, kubelet
/// prober/worker.go.
class Probe {
public:
    explicit Probe(ProbeSettings const& settings)
        : settings_(settings), isWell_(settings.kind == ProbeKind::Liveness) {}

    struct Tick {
        bool probed = false;
        bool restart = false; // the container shall be restarted
    };
    /// One period; `outcome` is what the target would answer, `running` the time since the
    /// container started.
    Tick tick(ProbeOutcome outcome, Duration running) {
        bool const mayProbe = mayRun(running);
        if (!mayProbe || outcome == ProbeOutcome::Error)
            return {mayProbe, false};
        bool const isGood = outcome == ProbeOutcome::Success;
        if (run_ > 0 && isGood == lastGood_)
            ++run_;
        else
            run_ = 1;
        lastGood_ = isGood;
        bool const isReached =
            run_ >= (isGood ? settings_.successThreshold : settings_.failureThreshold);
        if (!isReached)
            return {true, false};
        isWell_ = isGood;
        if (isGood && settings_.kind == ProbeKind::Startup)
            started_ = true;
        bool const restarts = !isGood && settings_.kind != ProbeKind::Readiness;
        if (restarts) {
            onHold_ = true;
            run_ = 0;
        }
        return {true, restarts};
    }
    /// The container is another: a fresh beginning.
    void onRestart() {
        onHold_ = false;
        run_ = 0;
        started_ = false;
        isWell_ = settings_.kind == ProbeKind::Liveness;
    }
    void onStartupSucceeded() { started_ = true; }
    /// While the pod terminates, liveness and startup probes stop; readiness goes on.
    void onDelete() { deleting_ = true; }
    bool isWell() const { return isWell_; }
    bool isOnHold() const { return onHold_; }

private:
    bool mayRun(Duration running) const {
        if (onHold_ || running < settings_.initialDelay)
            return false;
        if (deleting_ && settings_.kind != ProbeKind::Readiness)
            return false;
        if (settings_.kind == ProbeKind::Startup)
            return !started_;
        return !settings_.hasStartupProbe || started_;
    }

    ProbeSettings settings_;
    bool isWell_;
    bool lastGood_ = false;
    int run_ = 0;
    bool onHold_ = false;
    bool started_ = false;
    bool deleting_ = false;
};

} // namespace shakedown::resilience
