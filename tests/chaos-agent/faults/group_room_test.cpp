#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

#include <sys/wait.h>
#include <unistd.h>

#include "chaos-agent/faults/group_room.hpp"
#include "chaos-agent/system/group_delegation.hpp"
#include "chaos-agent/system/group_value.hpp"
#include "tests/chaos-agent/system/child.hpp"

// Where an agent makes control groups when systemd hands it one of version 2: tried with the
// controller "hugetlb", which hosts have in version 2 even where others are in version 1.
using namespace shakedown;
using namespace shakedown::injectors;

namespace {

constexpr char const* controller = "hugetlb";

// As a unit with Delegate= has it.
class UnitGroup {
public:
    UnitGroup() {
        auto const own = system::groupOf(getpid(), controller);
        auto const* place = std::get_if<system::GroupPlace>(&own);
        if (place == nullptr || place->version != system::GroupVersion::Two
            || access(place->directory.c_str(), W_OK) != 0) {
            return;
        }
        hadIt_ = system::handsOut(*place, controller);
        above_ = place->directory;
        if (!hadIt_ && system::writeValue(above_ + "/cgroup.subtree_control", "+hugetlb")) {
            return;
        }
        directory_ = above_ + "/" + tests::freshPath("unit").filename().string();
        std::filesystem::create_directory(directory_);
    }
    ~UnitGroup() {
        if (directory_.empty()) {
            return;
        }
        (void)rmdir((directory_ + "/agent").c_str());
        (void)rmdir(directory_.c_str());
        if (!hadIt_) {
            (void)system::writeValue(above_ + "/cgroup.subtree_control", "-hugetlb");
        }
    }
    UnitGroup(UnitGroup const&) = delete;
    UnitGroup& operator=(UnitGroup const&) = delete;

    bool canRun() const { return !directory_.empty(); }
    std::string const& directory() const { return directory_; }

private:
    std::string above_;
    std::string directory_;
    bool hadIt_ = false;
};

// What a process of that group says, in a word.
template <class Work>
std::string inGroup(UnitGroup const& unit, Work const& work) {
    int line[2];
    REQUIRE(pipe(line) == 0);
    pid_t const child = fork();
    if (child == 0) {
        alarm(10);
        std::ofstream(unit.directory() + "/cgroup.procs") << getpid();
        std::string const word = work();
        (void)!write(line[1], word.data(), word.size());
        _exit(0);
    }
    close(line[1]);
    std::string word(4096, ' ');
    auto const got = read(line[0], word.data(), word.size());
    word.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    close(line[0]);
    waitpid(child, nullptr, 0);
    return word;
}

} // namespace

TEST_CASE("with version 2 an agent makes room below the group that it was given",
          "[faults][groups]") {
    UnitGroup const unit;
    if (!unit.canRun()) {
        WARN("skipped: no control groups of version 2 can be made here");
        return;
    }
    auto const word = inGroup(unit, [&]() -> std::string {
        if (std::holds_alternative<system::GroupPlace>(roomFor(controller))) {
            return "there was room before";
        }
        for (int i = 0; i < 2; ++i) { // it may have been done already
            if (auto const failed = system::settleInGroup({controller})) {
                return failed->why;
            }
        }
        auto const room = roomFor(controller);
        auto const* place = std::get_if<system::GroupPlace>(&room);
        return place == nullptr ? std::get<system::Failure>(room).why : place->directory;
    });
    CHECK(word == unit.directory());
}

TEST_CASE("who shares the group that he was given does not settle in it", "[faults][groups]") {
    UnitGroup const unit;
    if (!unit.canRun()) {
        WARN("skipped: no control groups of version 2 can be made here");
        return;
    }
    tests::Child const other;
    std::ofstream(unit.directory() + "/cgroup.procs") << other.number();
    auto const word = inGroup(unit, [&]() -> std::string {
        auto const failed = system::settleInGroup({controller});
        return failed ? failed->why : "settled";
    });
    CHECK(word.find("holds other processes") != std::string::npos);
    std::ofstream(std::filesystem::path(unit.directory()).parent_path() / "cgroup.procs")
        << other.number();
}
