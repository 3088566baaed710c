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

std::optional<NetworkNamespace> NetworkNamespace::find(NamespaceId const& id) {
    auto const held = [&](std::string const& path) -> std::optional<NetworkNamespace> {
        if (!isOf(path, id))
            return {};
        auto got = open(path);
        auto* found = std::get_if<NetworkNamespace>(&got);
        // Between the look and the opening it can have become another one.
        if (found == nullptr || found->id() != id)
            return {};
        return std::move(*found);
    };
    if (auto own = held("/proc/self/ns/net"))
        return own;
    std::error_code ignored;
    for (auto const& entry : fs::directory_iterator(namedOnes, ignored))
        if (auto found = held(entry.path().string()))
            return found;
    for (auto const& entry : fs::directory_iterator("/proc", ignored))
        if (isNumber(entry.path().filename().string()))
            if (auto found = held((entry.path() / "ns/net").string()))
                return found;
    return {};
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
        return failureOf("a thread inside " + textOf(id_), e.code().value());
    }
    return failed;
}

} // namespace shakedown::system
