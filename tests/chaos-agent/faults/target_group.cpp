#include "tests/chaos-agent/faults/target_group.hpp"

#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>
#include <unistd.h>

#include "chaos-agent/faults/group_room.hpp"
#include "tests/chaos-agent/system/child.hpp"

namespace shakedown::tests {

std::unique_ptr<TargetGroup> TargetGroup::make() {
    std::string const name = freshPath("target").filename().string();
    std::vector<std::string> directories;
    for (auto const* controller : {"cpu", "pids"}) {
        auto const room = injectors::roomFor(controller);
        auto const* place = std::get_if<system::GroupPlace>(&room);
        if (place == nullptr) {
            WARN("skipped: " << std::get<system::Failure>(room).why);
            return nullptr;
        }
        directories.push_back(place->directory + "/" + name);
    }
    for (auto const& directory : directories) {
        std::error_code error;
        std::filesystem::create_directory(directory, error);
        REQUIRE_FALSE(error);
    }
    return std::unique_ptr<TargetGroup>(new TargetGroup(std::move(directories)));
}

TargetGroup::~TargetGroup() {
    for (auto const& directory : directories_) {
        soon([&] { return rmdir(directory.c_str()) == 0 || errno == ENOENT; });
    }
}

void TargetGroup::take(pid_t process) const {
    for (auto const& directory : directories_) {
        std::ofstream(directory + "/cgroup.procs") << process;
    }
}

std::string TargetGroup::state() const {
    return " " + valueOf("cpu.cfs_quota_us") + valueOf("cpu.max") + " " + valueOf("pids.max");
}

std::string TargetGroup::valueOf(std::string const& file) const {
    for (auto const& directory : directories_) {
        std::ifstream in(directory + "/" + file);
        std::string line;
        if (std::getline(in, line)) {
            return line;
        }
    }
    return "";
}

long TargetGroup::timesHeld() const {
    for (auto const& directory : directories_) {
        std::ifstream in(directory + "/cpu.stat");
        std::string name;
        long count = 0;
        while (in >> name >> count) {
            if (name == "nr_throttled") {
                return count;
            }
        }
    }
    return -1;
}

void TargetGroup::setValueOf(std::string const& file, std::string const& value) const {
    for (auto const& directory : directories_) {
        if (std::filesystem::exists(directory + "/" + file)) {
            std::ofstream(directory + "/" + file) << value;
        }
    }
}

} // namespace shakedown::tests
