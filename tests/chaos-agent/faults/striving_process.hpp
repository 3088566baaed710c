#pragma once

#include <atomic>
#include <string>

#include <sys/types.h>

#include "chaos-agent/system/process.hpp"

namespace shakedown::tests {

// A process that tries the same thing all the time, for two minutes at most.
class StrivingProcess {
public:
    enum class For { Descriptors, Processes, Time };
    explicit StrivingProcess(For what);
    ~StrivingProcess();
    StrivingProcess(StrivingProcess const&) = delete;
    StrivingProcess& operator=(StrivingProcess const&) = delete;

    pid_t number() const { return id_; }
    system::ProcessId id() const;
    std::string const& pidFile() const { return pidFile_; }
    // How many it got the last time that it tried, of twenty that it wants; of processes of ten.
    int got() const { return *got_; }
    // Gives itself another soft limit of descriptors, as a service may.
    void limitItself(int descriptors) { *own_ = descriptors; }
    double processorSeconds() const;
    // Stopped between two tries, until it is told to go on.
    void stopIdle() const;
    void goOn() const;

private:
    std::atomic<int>* got_;
    std::atomic<int>* own_;
    std::atomic<int>* tries_; // 1 while it does
    std::string pidFile_;
    pid_t id_ = -1;
};

} // namespace shakedown::tests
