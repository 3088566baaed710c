#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <vector>

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::resilience {

/// Settings of resilience4j's Bulkhead; defaults of BulkheadConfig 2.4.0.
struct PermitPoolSettings {
    int maxConcurrentCalls = 25;
    Duration maxWait; // zero: refuse at once
    friend bool operator==(PermitPoolSettings const&, PermitPoolSettings const&) = default;
};

/// The semaphore bulkhead of resilience4j with its line and its resizes: fair, so who waits is
/// served first come first served; a lowered limit waits in the same line until it can take all its
/// permits together, and later resizes wait for it. A permit given back that was never taken raises
/// their number. Source: resilience4j, SemaphoreBulkhead.
class PermitPool {
public:
    enum class State : std::uint8_t { Permitted, Waiting, Rejected, Finished };

    explicit PermitPool(PermitPoolSettings const& settings)
        : settings_(settings), available_(settings.maxConcurrentCalls) {}

    /// Calls are dense numbers.
    State acquire(SimTime now, std::size_t call) {
        if (states_.size() <= call)
            states_.resize(call + 1, State::Rejected);
        bool const maySneakIn = settings_.maxWait <= Duration() || line_.empty();
        if (available_ > 0 && maySneakIn) {
            --available_;
            ++permitted_;
            return states_[call] = State::Permitted;
        }
        if (settings_.maxWait <= Duration()) {
            ++rejected_;
            return states_[call] = State::Rejected;
        }
        line_.push_back({call, 0, now + settings_.maxWait});
        return states_[call] = State::Waiting;
    }
    void finish(std::size_t call) {
        states_[call] = State::Finished;
        ++finished_;
        release();
    }
    void release() {
        ++available_;
        serve();
    }
    void resize(PermitPoolSettings const& settings) {
        changes_.push_back(settings);
        if (changes_.size() == 1)
            applyChange();
    }
    /// Waiters whose time is over are refused.
    void advance(SimTime now) {
        for (auto waiter = line_.begin(); waiter != line_.end();) {
            bool const isOver = waiter->shrinkBy == 0 && waiter->until <= now;
            if (!isOver) {
                ++waiter;
                continue;
            }
            states_[waiter->call] = State::Rejected;
            ++rejected_;
            waiter = line_.erase(waiter);
        }
        serve();
    }

    State state(std::size_t call) const { return states_[call]; }
    int available() const { return available_; }
    PermitPoolSettings const& settings() const { return settings_; }
    bool isResizing() const { return !changes_.empty(); }
    int permitted() const { return permitted_; }
    int rejected() const { return rejected_; }
    int finished() const { return finished_; }

private:
    struct Waiter {
        std::size_t call = 0;
        int shrinkBy = 0; // above 0: a resize that takes so many permits
        SimTime until = SimTime::never();
    };

    void serve() {
        while (!line_.empty()) {
            Waiter const first = line_.front();
            if (available_ < std::max(1, first.shrinkBy))
                return;
            line_.pop_front();
            if (first.shrinkBy > 0) {
                available_ -= first.shrinkBy;
                settle();
                continue;
            }
            --available_;
            ++permitted_;
            states_[first.call] = State::Permitted;
        }
    }
    void applyChange() {
        int const by = settings_.maxConcurrentCalls - changes_.front().maxConcurrentCalls;
        if (by > 0) {
            line_.push_back({0, by, SimTime::never()});
            return serve();
        }
        available_ -= by;
        settle();
        serve();
    }
    void settle() {
        settings_ = changes_.front();
        changes_.pop_front();
        if (!changes_.empty())
            applyChange();
    }

    PermitPoolSettings settings_;
    int available_;
    std::deque<Waiter> line_;
    std::deque<PermitPoolSettings> changes_;
    std::vector<State> states_;
    int permitted_ = 0;
    int rejected_ = 0;
    int finished_ = 0;
};

} // namespace shakedown::resilience
