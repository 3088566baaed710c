#pragma once

#include <cstdint>
#include <string>

#include "chaos-agent/system/descriptor.hpp"
#include "chaos-agent/system/failure.hpp"

namespace shakedown::system {

/// A directory that was looked at, so that it is known again.
struct Folder {
    std::string path; // absolute
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    /// Whether its files are there when the host was started anew.
    enum class Kept : std::uint8_t { OnDisk, InMemory };
    Kept kept = Kept::OnDisk;
};

/// A path that is a link is a failure: whoever can change the link would say where we write.
Got<Folder> lookAtFolder(std::string const& path);

/// Opens that very directory.
Got<Descriptor> openFolder(Folder const& folder);

/// Opens what is there now and may hold what was put there: the directory itself, or another on
/// its filesystem. Numbers of devices may change when the host is started anew, so one of device
/// and inode is enough. Gone if nothing that was put there can be left; a failure where its
/// filesystem is not mounted.
Found<Descriptor> findFolder(Folder const& folder);

/// "8:1", as /proc/self/mountinfo has it.
std::string deviceText(std::uint64_t device);

} // namespace shakedown::system
