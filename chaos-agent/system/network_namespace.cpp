#include "chaos-agent/system/network_namespace.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <thread>

#include <fcntl.h>
#include <sched.h>
#include <sys/stat.h>

namespace shakedown::system {

namespace {

namespace fs = std::filesystem;

constexpr char const* namedOnes = "/run/netns";

bool isNumber(std::string const& text) {
    return !text.empty()
           && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool isOf(fs::path const& path, NamespaceId const& id) {
    struct stat found {};
    return ::stat(path.c_str(), &found) == 0 && found.st_ino == id.inode
           && found.st_dev == id.device;
}

// Until it is told to stop; a folder that is not there is empty.
Failed eachIn(char const* folder, std::function<bool(fs::path const&)> const& goesOn) {
    std::error_code error;
    fs::directory_iterator entry(folder, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error))
        if (!goesOn(entry->path()))
            return {};
    if (error && error != std::errc::no_such_file_or_directory)
        return failureOf(folder, error.value());
    return {};
}

} // namespace

std::string textOf(NamespaceId const& id) {
    return "net:[" + std::to_string(id.inode) + "]";
}

Got<NetworkNamespace> NetworkNamespace::open(std::string const& path) {
    auto descriptor = std::make_shared<Descriptor>(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!*descriptor)
        return failureOf("network namespace " + path, errno);
    struct stat found {};
    if (fstat(descriptor->number(), &found) != 0)
        return failureOf("network namespace " + path, errno);
    return NetworkNamespace(std::move(descriptor), {found.st_dev, found.st_ino});
}

Got<NetworkNamespace> NetworkNamespace::own() {
    return open("/proc/self/ns/net");
}

Got<NetworkNamespace> NetworkNamespace::ofProcess(pid_t number) {
    return open("/proc/" + std::to_string(number) + "/ns/net");
}

Got<NetworkNamespace> NetworkNamespace::named(std::string const& name) {
    if (name.empty() || name.find('/') != std::string::npos || name == "." || name == "..")
        return Failure{"'" + name + "' is no name of a network namespace"};
    return open(std::string(namedOnes) + "/" + name);
}

Found<NetworkNamespace> NetworkNamespace::find(NamespaceId const& id) {
    Found<NetworkNamespace> found = Gone{};
    auto const goesOn = [&](fs::path const& path) {
        if (!isOf(path, id))
            return true;
        auto got = open(path.string());
        if (auto const* failure = std::get_if<Failure>(&got)) {
            if (failure->error != ENOENT && failure->error != ESRCH)
                found = *failure; // it is there, unless somebody else has it too
            return true;
        }
        // Between the look and the opening it can have become another one.
        if (std::get<NetworkNamespace>(got).id() != id)
            return true;
        found = std::get<NetworkNamespace>(std::move(got));
        return false;
    };
    auto const ofProcess = [&](fs::path const& path) {
        return !isNumber(path.filename().string()) || goesOn(path / "ns/net");
    };
    if (!goesOn("/proc/self/ns/net"))
        return found;
    auto blind = eachIn(namedOnes, goesOn);
    if (!std::holds_alternative<NetworkNamespace>(found))
        if (auto failed = eachIn("/proc", ofProcess))
            blind = failed;
    if (std::holds_alternative<Gone>(found) && blind)
        return *blind;
    return found;
}

bool NetworkNamespace::isHere() const {
    return isOf("/proc/thread-self/ns/net", id_);
}

Failed NetworkNamespace::inside(std::function<void()> const& what) const {
    Failed failed;
    if (isHere()) {
        what();
        return failed;
    }
    try {
        std::thread guest([&] {
            if (setns(descriptor(), CLONE_NEWNET) != 0)
                failed = failureOf("entering " + textOf(id_), errno);
            else
                what();
        });
        guest.join();
    } catch (std::system_error const& e) {
        return failureOf("a thread in " + textOf(id_), e.code().value());
    }
    return failed;
}

} // namespace shakedown::system
