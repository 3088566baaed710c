#include "tests/chaos-agent/system/small_disk.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <set>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/statvfs.h>

#include "chaos-agent/system/descriptor.hpp"
#include "tests/chaos-agent/system/child.hpp"

namespace shakedown::tests {

std::unique_ptr<SmallDisk> SmallDisk::make() {
    auto const mount = freshPath("disk");
    std::filesystem::create_directory(mount);
    std::string const options = "size=" + std::to_string(size) + ",mode=0700";
    if (::mount("shakedown-test", mount.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, options.c_str())
        != 0) {
        WARN("skipped: no filesystem can be mounted here: " << std::strerror(errno));
        std::filesystem::remove(mount);
        return nullptr;
    }
    std::unique_ptr<SmallDisk> disk(new SmallDisk(mount));
    std::filesystem::create_directory(disk->folder());
    return disk;
}

SmallDisk::~SmallDisk() {
    unmount();
    std::error_code ignored;
    std::filesystem::remove(mount_, ignored);
}

void SmallDisk::unmount() {
    (void)umount2(mount_.c_str(), MNT_DETACH);
}

injectors::DiskRoom SmallDisk::room() const {
    return {folder().string(), Bytes::of(2 * size), Bytes()};
}

std::int64_t SmallDisk::free() const {
    struct statvfs room {};
    REQUIRE(statvfs(mount_.c_str(), &room) == 0);
    return static_cast<std::int64_t>(room.f_bavail * room.f_frsize);
}

std::string SmallDisk::state() const {
    std::set<std::string> names;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(mount_)) {
        names.insert(entry.path().filename().string());
    }
    std::string text = "free " + std::to_string(free());
    for (auto const& name : names) {
        text += " " + name;
    }
    return text;
}

int SmallDisk::write(std::string const& name) const {
    auto const path = folder() / name;
    system::Descriptor const file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    std::array<char, 4096> const block{};
    bool const wrote =
        file
        && ::write(file.number(), block.data(), block.size()) == static_cast<ssize_t>(block.size());
    int const error = wrote ? 0 : errno;
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
    return error;
}

} // namespace shakedown::tests
