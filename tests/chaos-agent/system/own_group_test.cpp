#include <catch2/catch.hpp>

#include <csignal>
#include <filesystem>

#include <sys/wait.h>
#include <unistd.h>

#include "chaos-agent/system/companions.hpp"
#include "chaos-agent/system/group_places.hpp"
#include "tests/chaos-agent/system/child.hpp"

// Control groups of our own, with whatever version this host has, and programs in them.
using namespace shakedown;
using namespace shakedown::system;
using tests::soon;

namespace {

// A group that nobody else has, one for each version that there is; removed with this.
class Groups {
public:
    Groups() {
        std::string const name = tests::freshPath("group").filename().string();
        for (auto const* controller : {"pids", "hugetlb"}) {
            auto const got = groupOf(getpid(), controller);
            auto const* place = std::get_if<GroupPlace>(&got);
            if (place != nullptr && access(place->directory.c_str(), W_OK) == 0) {
                all.push_back({{place->directory + "/" + name, {}}});
            }
        }
        if (all.empty()) {
            WARN("skipped: no control groups can be made here");
        }
    }
    ~Groups() {
        for (auto const& one : all) {
            (void)endGroups(one, Duration::seconds(2));
        }
    }
    Groups(Groups const&) = delete;
    Groups& operator=(Groups const&) = delete;

    std::vector<std::vector<OwnGroup>> all;
};

constexpr Duration soonEnough = Duration::seconds(2);
Words const fourProcesses{"/usr/bin/perl", "-e", "fork; fork; sleep 60"};

Confinement in(std::vector<OwnGroup> const& groups) {
    return {groups, Duration::seconds(60)};
}

} // namespace

TEST_CASE("a program in a group of ours is ended with all that it began", "[system][groups]") {
    Groups const groups;
    for (auto const& one : groups.all) {
        INFO(one.front().directory);
        REQUIRE_FALSE(makeGroups(one));
        CHECK(std::get<bool>(isAnyThere(one)));
        Companions companions;
        auto const failed = companions.start(fourProcesses, in(one));
        INFO((failed ? failed->why : ""));
        REQUIRE_FALSE(failed);
        CHECK(soon([&] { return std::get<std::size_t>(countIn(one)) == 4; }));
        CHECK_FALSE(endGroups(one, soonEnough));
        CHECK_FALSE(std::get<bool>(isAnyThere(one)));
        CHECK(std::get<std::size_t>(countIn(one)) == 0);
        CHECK_FALSE(endGroups(one, soonEnough));
        companions.reap();
        CHECK(waitpid(-1, nullptr, WNOHANG) == -1); // nobody is left to be waited for
    }
}

TEST_CASE("a program that forks faster than it is looked at is ended too", "[system][groups]") {
    Groups const groups;
    for (auto const& one : groups.all) {
        REQUIRE_FALSE(makeGroups(one));
        Companions companions;
        // Each goes on in a child, and leaves: whoever was read from the list is another by now.
        REQUIRE_FALSE(companions.start(
            {"/usr/bin/perl", "-e", "for (1..100000) { exit if fork } sleep 10"}, in(one)));
        CHECK_FALSE(endGroups(one, soonEnough));
        CHECK_FALSE(std::get<bool>(isAnyThere(one)));
        companions.reap();
    }
}

TEST_CASE("a program beside us ends when we do, without anybody's doing", "[system][groups]") {
    Groups const groups;
    for (auto const& one : groups.all) {
        REQUIRE_FALSE(makeGroups(one));
        pid_t const agent = fork();
        if (agent == 0) {
            Companions companions;
            bool const failed = companions.start({"/usr/bin/sleep", "60"}, in(one)).has_value();
            alarm(60);
            if (!failed) {
                pause();
            }
            _exit(1);
        }
        CHECK(soon([&] { return std::get<std::size_t>(countIn(one)) == 1; }));
        kill(agent, SIGKILL);
        waitpid(agent, nullptr, 0);
        CHECK(soon([&] { return std::get<std::size_t>(countIn(one)) == 0; }));
    }
}

TEST_CASE("what a program beside us could not do is told", "[system][groups]") {
    Groups const groups;
    for (auto const& one : groups.all) {
        REQUIRE_FALSE(makeGroups(one));
        Companions companions;
        CHECK(companions.start({"/etc/passwd"}, in(one)).value().why.find("ermission")
              != std::string::npos);
        auto elsewhere = in(one);
        elsewhere.directory = "/nowhere";
        CHECK(companions.start({"/usr/bin/sleep", "60"}, elsewhere).value().why.find("directory")
              != std::string::npos);
        CHECK(soon([&] {
            companions.reap();
            return waitpid(-1, nullptr, WNOHANG) == -1;
        }));
        CHECK(std::get<std::size_t>(countIn(one)) == 0);
    }
}

TEST_CASE("only groups of our names are made, emptied and removed", "[system][groups]") {
    for (auto const* directory : {"/sys/fs/cgroup", "/sys/fs/cgroup/system.slice", "/tmp", "x"}) {
        CHECK(makeGroups({{directory, {}}}));
        CHECK(endGroups({{directory, {}}}, soonEnough));
    }
    CHECK(std::filesystem::exists("/tmp"));
}

TEST_CASE("groups that are not there are over", "[system][groups]") {
    std::vector<OwnGroup> const gone{{"/sys/fs/cgroup/shakedown-nobody/shakedown-none", {}}};
    CHECK_FALSE(endGroups(gone, soonEnough));
    CHECK(std::get<std::size_t>(countIn(gone)) == 0);
    CHECK_FALSE(std::get<bool>(isAnyThere(gone)));
}
