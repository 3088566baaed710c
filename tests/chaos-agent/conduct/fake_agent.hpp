#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "chaos-agent/conduct/agent_port.hpp"

namespace shakedown::tests {

// An agent that does nothing but remember, and ends what is not renewed.
class FakeAgent final : public conduct::AgentPort {
public:
    using Clock = std::chrono::steady_clock;
    template <class T>
    using OrError = protocol::OrError<T>;

    enum class Mood { Good, Silent, RefusesStart, RefusesPlan, Stuck };
    void set(Mood mood) {
        std::lock_guard const lock(mutex_);
        mood_ = mood;
    }
    void halt() {
        std::lock_guard const lock(mutex_);
        for (auto& [id, fault] : faults_) {
            end(fault, protocol::EndReason::Halted);
        }
    }

    OrError<std::vector<std::string>> targets() override {
        return std::vector<std::string>{"orders"};
    }
    OrError<protocol::Halt> halted() override {
        std::lock_guard const lock(mutex_);
        if (mood_ == Mood::Silent) {
            return silence();
        }
        return protocol::Halt{};
    }
    OrError<protocol::PlanReport> plan(protocol::FaultRequest const&) override {
        std::lock_guard const lock(mutex_);
        if (mood_ == Mood::RefusesPlan) {
            return refusal("no such target");
        }
        return protocol::PlanReport{"hash", {}, false};
    }
    OrError<protocol::FaultReport> start(protocol::FaultRequest const& request,
                                         std::string const& key) override {
        std::lock_guard const lock(mutex_);
        if (mood_ == Mood::Silent) {
            return silence();
        }
        if (mood_ == Mood::RefusesStart) {
            return refusal("conflict");
        }
        std::string const id = "id-" + key;
        auto& fault = faults_[id];
        fault.id = id;
        fault.request = request;
        fault.state = protocol::FaultState::Applied;
        renewed_[id] = Clock::now();
        log_.push_back("start " + request.target);
        return fault;
    }
    OrError<protocol::FaultReport> renew(std::string const& id) override {
        std::lock_guard const lock(mutex_);
        if (mood_ == Mood::Silent) {
            return silence();
        }
        expire();
        if (faults_[id].state == protocol::FaultState::Reverted) {
            return refusal("it is over");
        }
        renewed_[id] = Clock::now();
        ++renewals_;
        return faults_[id];
    }
    OrError<protocol::FaultReport> stop(std::string const& id) override {
        std::lock_guard const lock(mutex_);
        if (mood_ == Mood::Silent) {
            return silence();
        }
        expire();
        if (mood_ == Mood::Stuck) {
            faults_[id].state = protocol::FaultState::Stuck;
            faults_[id].detail = "the rule does not go";
            return faults_[id];
        }
        log_.push_back("stop " + faults_[id].request.target);
        end(faults_[id], protocol::EndReason::Stopped);
        return faults_[id];
    }
    OrError<protocol::FaultReport> get(std::string const& id) override {
        std::lock_guard const lock(mutex_);
        if (mood_ == Mood::Silent) {
            return silence();
        }
        expire();
        return faults_[id];
    }

    int renewals() const {
        std::lock_guard const lock(mutex_);
        return renewals_;
    }
    // "start orders", "stop orders".
    std::vector<std::string> log() const {
        std::lock_guard const lock(mutex_);
        return log_;
    }
    bool hasFaults() {
        std::lock_guard const lock(mutex_);
        expire();
        for (auto const& [id, fault] : faults_) {
            if (fault.state != protocol::FaultState::Reverted) {
                return true;
            }
        }
        return false;
    }

private:
    static protocol::ClientError silence() {
        return {protocol::ClientError::Kind::Unreachable, "it takes too long", 0, ""};
    }
    static protocol::ClientError refusal(std::string why) {
        return {protocol::ClientError::Kind::Refused, std::move(why), 409, "conflict"};
    }
    static void end(protocol::FaultReport& fault, protocol::EndReason reason) {
        if (fault.state == protocol::FaultState::Applied) {
            fault.state = protocol::FaultState::Reverted;
            fault.reason = reason;
        }
    }
    void expire() {
        for (auto& [id, fault] : faults_) {
            if (Clock::now()
                > renewed_[id] + std::chrono::nanoseconds(fault.request.lease.count())) {
                end(fault, protocol::EndReason::LeaseExpired);
            }
        }
    }

    mutable std::mutex mutex_;
    Mood mood_ = Mood::Good;
    std::map<std::string, protocol::FaultReport> faults_;
    std::map<std::string, Clock::time_point> renewed_;
    std::vector<std::string> log_;
    int renewals_ = 0;
};

} // namespace shakedown::tests
