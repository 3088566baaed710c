#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "chaos-agent/faults/target.hpp"

namespace shakedown::tests {

// A filesystem in memory, mounted for its owner, with a directory that may be filled.
class SmallDisk {
public:
    static constexpr std::int64_t size = 4L << 20;

    // Nothing, with a WARN that says why, where this host does not let us.
    static std::unique_ptr<SmallDisk> make();
    ~SmallDisk();
    SmallDisk(SmallDisk const&) = delete;
    SmallDisk& operator=(SmallDisk const&) = delete;

    std::filesystem::path folder() const { return mount_ / "data"; }
    // May be filled to the last byte.
    injectors::DiskRoom room() const;
    // How much is free, and which files are there.
    std::string state() const;
    std::int64_t free() const;
    // 0, or the errno of the first byte of a block that could not be written.
    int write(std::string const& name) const;
    // As after a crash of the host: another one is mounted in its place, or none.
    void unmount();

private:
    explicit SmallDisk(std::filesystem::path mount) : mount_(std::move(mount)) {}
    std::filesystem::path mount_;
};

} // namespace shakedown::tests
