#include "chaos-agent/system/folder.hpp"

#include <cerrno>
#include <filesystem>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>

namespace shakedown::system {

namespace {

Descriptor openPath(std::string const& path) {
    return Descriptor(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

struct Place {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
};

Got<Place> placeOf(Descriptor const& opened, std::string const& path) {
    struct stat found {};
    if (fstat(opened.number(), &found) != 0)
        return failureOf(path, errno);
    return Place{found.st_dev, found.st_ino};
}

// Who deleted the directory deleted what was in it, if its filesystem is still mounted there.
Found<Descriptor> withoutFolder(Folder const& folder) {
    std::filesystem::path above = folder.path;
    struct stat found {};
    do {
        above = above.parent_path();
        if (lstat(above.c_str(), &found) == 0) {
            if (found.st_dev == folder.device)
                return Gone{};
            break;
        }
        if (errno != ENOENT && errno != ENOTDIR)
            return failureOf(above.string(), errno);
    } while (above.has_relative_path());
    return Failure{folder.path + " is not there, nor is the filesystem it was on ("
                   + deviceText(folder.device) + ")"};
}

} // namespace

Got<Folder> lookAtFolder(std::string const& path) {
    auto const opened = openPath(path);
    if (!opened)
        return failureOf(path, errno);
    auto const place = placeOf(opened, path);
    if (auto const* failure = std::get_if<Failure>(&place))
        return *failure;
    struct statfs found {};
    if (fstatfs(opened.number(), &found) != 0)
        return failureOf(path, errno);
    bool const inMemory = found.f_type == TMPFS_MAGIC || found.f_type == RAMFS_MAGIC;
    auto const& [device, inode] = std::get<Place>(place);
    return Folder{path, device, inode, inMemory ? Folder::Kept::InMemory : Folder::Kept::OnDisk};
}

Got<Descriptor> openFolder(Folder const& folder) {
    auto opened = openPath(folder.path);
    if (!opened)
        return failureOf(folder.path, errno);
    auto const place = placeOf(opened, folder.path);
    if (auto const* failure = std::get_if<Failure>(&place))
        return *failure;
    auto const& [device, inode] = std::get<Place>(place);
    if (device != folder.device || inode != folder.inode)
        return Failure{folder.path + " is another directory than when the fault was planned"};
    return opened;
}

Found<Descriptor> findFolder(Folder const& folder) {
    bool const inMemory = folder.kept == Folder::Kept::InMemory;
    auto opened = openPath(folder.path);
    if (!opened && errno == ENOENT)
        return inMemory ? Found<Descriptor>(Gone{}) : withoutFolder(folder);
    if (!opened)
        return failureOf(folder.path, errno);
    auto const place = placeOf(opened, folder.path);
    if (auto const* failure = std::get_if<Failure>(&place))
        return *failure;
    auto const& [device, inode] = std::get<Place>(place);
    if (device == folder.device || inode == folder.inode)
        return opened;
    if (inMemory)
        return Gone{};
    return Failure{folder.path + " is on another filesystem (" + deviceText(device)
                   + ") than it was (" + deviceText(folder.device) + ")"};
}

std::string deviceText(std::uint64_t device) {
    return std::to_string(major(device)) + ":" + std::to_string(minor(device));
}

} // namespace shakedown::system
