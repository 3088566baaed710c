#include <catch2/catch.hpp>

#include "chaos-agent/system/group_places.hpp"
#include "chaos-agent/system/host_load.hpp"

// Where control groups are, from what kernels of both versions say.
using namespace shakedown;
using namespace shakedown::system;

namespace {

constexpr char const* one =
    "23 1 0:20 / / rw - ext4 /dev/vda rw\n"
    "30 29 0:25 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:9 - cgroup cgroup rw,cpu,cpuacct\n"
    "31 29 0:26 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
    "32 29 0:27 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n";
constexpr char const* groupsOfOne = "4:memory:/\n3:cpu,cpuacct:/system.slice/agent.service\n"
                                    "1:name=systemd:/system.slice\n0::/system.slice\n";
constexpr char const* two =
    "30 29 0:25 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw,nsdelegate\n";
constexpr char const* groupsOfTwo = "0::/system.slice/agent.service\n";

GroupPlace placeOf(char const* mounts, char const* groups, char const* controller) {
    auto const got = groupIn(mounts, groups, controller);
    if (auto const* failure = std::get_if<Failure>(&got)) {
        FAIL(failure->why);
    }
    return std::get<GroupPlace>(got);
}

} // namespace

TEST_CASE("with version 1 each controller has a hierarchy", "[system][groups]") {
    auto const cpu = placeOf(one, groupsOfOne, "cpu");
    CHECK(cpu.version == GroupVersion::One);
    CHECK(cpu.directory == "/sys/fs/cgroup/cpu,cpuacct/system.slice/agent.service");
    CHECK(cpu.path == "/system.slice/agent.service");
    CHECK(placeOf(one, groupsOfOne, "memory").directory == "/sys/fs/cgroup/memory");
}

TEST_CASE("with version 2 there is one for all", "[system][groups]") {
    auto const cpu = placeOf(two, groupsOfTwo, "cpu");
    CHECK(cpu.version == GroupVersion::Two);
    CHECK(cpu.directory == "/sys/fs/cgroup/system.slice/agent.service");
}

TEST_CASE("of a hierarchy that is mounted in part, the part is known", "[system][groups]") {
    auto const* const part = "30 29 0:25 /docker/ab /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n";
    CHECK(placeOf(part, "0::/docker/ab/x\n", "cpu").directory == "/sys/fs/cgroup/x");
    CHECK(placeOf(part, "0::/docker/ab\n", "cpu").directory == "/sys/fs/cgroup");
    CHECK(std::holds_alternative<Failure>(groupIn(part, "0::/docker/abc\n", "cpu")));
    CHECK(std::holds_alternative<Failure>(groupIn(part, "0::/../other\n", "cpu")));
}

TEST_CASE("a host without control groups says so", "[system][groups]") {
    auto const none = groupIn("23 1 0:20 / / rw - ext4 /dev/vda rw\n", groupsOfTwo, "cpu");
    REQUIRE(std::holds_alternative<Failure>(none));
    CHECK(std::get<Failure>(none).why.find("no control groups") != std::string::npos);
}

TEST_CASE("a group is within itself and those above it", "[system][groups]") {
    CHECK(isWithin("/a/b", "/"));
    CHECK(isWithin("/a/b", "/a"));
    CHECK(isWithin("/a/b", "/a/b"));
    CHECK(isWithin("/", "/"));
    CHECK_FALSE(isWithin("/ab", "/a"));
    CHECK_FALSE(isWithin("/a", "/a/b"));
}

TEST_CASE("memory of a host is read as the kernel tells it", "[system][memory]") {
    auto const got = memoryIn("MemTotal:       1000 kB\nMemFree:  10 kB\nMemAvailable:  600 kB\n");
    REQUIRE(std::holds_alternative<HostMemory>(got));
    CHECK(std::get<HostMemory>(got).total == Bytes::of(1000 * 1024));
    CHECK(std::get<HostMemory>(got).available == Bytes::of(600 * 1024));
    CHECK(std::holds_alternative<Failure>(memoryIn("nothing")));
}
