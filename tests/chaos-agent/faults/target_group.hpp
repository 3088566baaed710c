#pragma once

#include <memory>
#include <string>
#include <vector>

#include <sys/types.h>

namespace shakedown::tests {

// Control groups of a target's own, below ours, that can be limited in processors and processes.
class TargetGroup {
public:
    // Nothing, with a WARN that says why, where this host does not let us.
    static std::unique_ptr<TargetGroup> make();
    // Waits for those in it to end.
    ~TargetGroup();
    TargetGroup(TargetGroup const&) = delete;
    TargetGroup& operator=(TargetGroup const&) = delete;

    void take(pid_t process) const;
    // The limits that faults change.
    std::string state() const;
    // One file of it, by its name, such as "cpu.cfs_quota_us"; empty if there is none.
    std::string valueOf(std::string const& file) const;
    // How often it was held back because its quota was used up.
    long timesHeld() const;
    void setValueOf(std::string const& file, std::string const& value) const;

private:
    explicit TargetGroup(std::vector<std::string> directories)
        : directories_(std::move(directories)) {}
    std::vector<std::string> directories_;
};

} // namespace shakedown::tests
