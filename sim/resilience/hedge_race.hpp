#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "scenarios/vocabulary/time.hpp"
#include "sim/resilience/hedging.hpp"
#include "sim/resilience/retry_throttle.hpp"

namespace shakedown::resilience {

struct HedgeRaceSettings {
    HedgeDialect dialect = HedgeDialect::Resilience4j;
    int attempts = 2;                           // in all, the primary included
    std::optional<Duration> delay = Duration(); // none: only after a failure
    bool startsNextOnFailure = false;           // gRFC A6 and Polly; grpc-java does not
};

enum class AttemptEnd : std::uint8_t {
    Good,    // an answer that is taken
    Soft,    // a failure another attempt may make good: non-fatal, handled
    Decisive // a failure that ends the call
};

/// The attempts of one hedged call, as they start, end and are cancelled. Sources: resilience4j
/// HedgeImpl; gRFC A6, "Hedging Policy"; grpc-java RetriableStream; Polly.Core
/// HedgingResilienceStrategy.
class HedgeRace {
public:
    /// `throttle` may be null; it outlives the race.
    HedgeRace(HedgeRaceSettings const& settings, RetryThrottle* throttle)
        : settings_(settings), throttle_(throttle) {}

    void begin(SimTime now) {
        start(now);
        while (settings_.delay == Duration() && mayStart())
            start(now);
        schedule(now, settings_.delay);
    }
    /// When the next hedge is due; never if none is planned.
    SimTime nextDue() const { return due_; }
    void onDue(SimTime now) {
        start(now);
        schedule(now, settings_.delay);
    }
    /// `pushbackMs` is gRPC's: negative stops further hedges, else it is the delay of the next.
    void onResult(SimTime now, int attempt, AttemptEnd end, std::optional<double> pushbackMs) {
        if (finished_ || !isInFlight(attempt))
            return;
        leave(attempt);
        ends_[static_cast<std::size_t>(attempt)] = end;
        if (settings_.dialect == HedgeDialect::Resilience4j || end == AttemptEnd::Good) {
            if (throttle_ != nullptr && end == AttemptEnd::Good)
                throttle_->onSuccess();
            return finish(now, attempt);
        }
        bool const isThrottled = countFailure(end, pushbackMs);
        if (end == AttemptEnd::Decisive || (isThrottled && !settings_.startsNextOnFailure))
            return finish(now, attempt);
        plan(now, pushbackMs, isThrottled);
        if (inFlight_.empty() && due_ == SimTime::never())
            finish(now, settings_.dialect == HedgeDialect::Polly ? 0 : attempt);
    }
    /// The answer of an attempt begins: the others are cancelled (gRPC).
    void onHeaders(int attempt) {
        if (finished_ || !isInFlight(attempt))
            return;
        due_ = SimTime::never();
        stopped_ = true;
        leave(attempt);
        cancelled_.insert(cancelled_.end(), inFlight_.begin(), inFlight_.end());
        inFlight_ = {attempt};
        if (throttle_ != nullptr)
            throttle_->onSuccess();
    }
    void cancel(SimTime now) { finish(now, -1); }

    std::vector<SimTime> const& starts() const { return starts_; }
    std::vector<int> const& inFlight() const { return inFlight_; }
    std::vector<int> const& cancelled() const { return cancelled_; }
    bool isFinished() const { return finished_; }
    SimTime finishedAt() const { return finishedAt_; }
    int winner() const { return winner_; }

private:
    bool mayStart() const {
        return !stopped_ && static_cast<int>(starts_.size()) < settings_.attempts;
    }
    bool isInFlight(int attempt) const {
        return std::find(inFlight_.begin(), inFlight_.end(), attempt) != inFlight_.end();
    }
    void leave(int attempt) { std::erase(inFlight_, attempt); }
    void start(SimTime now) {
        inFlight_.push_back(static_cast<int>(starts_.size()));
        starts_.push_back(now);
        ends_.push_back(AttemptEnd::Soft);
        due_ = SimTime::never();
    }
    // Hedges are planned one at a time, and only while the throttle stands above half.
    void schedule(SimTime now, std::optional<Duration> delay) {
        bool const isThrottled = throttle_ != nullptr && !throttle_->mayRetry();
        if (isThrottled)
            stopped_ = true;
        due_ = mayStart() && delay ? now + *delay : SimTime::never();
    }
    bool countFailure(AttemptEnd end, std::optional<double> pushbackMs) {
        bool const forbids = pushbackMs && *pushbackMs < 0;
        if (throttle_ == nullptr || (end != AttemptEnd::Soft && !forbids))
            return false;
        throttle_->onFailure();
        return !throttle_->mayRetry();
    }
    void plan(SimTime now, std::optional<double> pushbackMs, bool isThrottled) {
        if (isThrottled || (pushbackMs && *pushbackMs < 0)) {
            stopped_ = true;
            due_ = SimTime::never();
        } else if (pushbackMs) {
            due_ = mayStart() ? now + Duration::fromSeconds(*pushbackMs * 1e-3) : SimTime::never();
        } else if (settings_.startsNextOnFailure && mayStart()) {
            onDue(now);
        }
    }
    void finish(SimTime now, int winner) {
        finished_ = true;
        finishedAt_ = now;
        winner_ = winner;
        due_ = SimTime::never();
        cancelled_.insert(cancelled_.end(), inFlight_.begin(), inFlight_.end());
        inFlight_.clear();
    }

    HedgeRaceSettings settings_;
    RetryThrottle* throttle_;
    std::vector<SimTime> starts_;
    std::vector<AttemptEnd> ends_;
    std::vector<int> inFlight_;
    std::vector<int> cancelled_;
    SimTime due_ = SimTime::never();
    SimTime finishedAt_;
    bool stopped_ = false;
    bool finished_ = false;
    int winner_ = -1;
};

} // namespace shakedown::resilience
