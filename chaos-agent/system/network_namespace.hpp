#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <sys/types.h>

#include "chaos-agent/system/descriptor.hpp"
#include "chaos-agent/system/failure.hpp"

namespace shakedown::system {

/// What the kernel calls a network namespace; not given again while it is held (namespaces(7)).
struct NamespaceId {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    friend auto operator<=>(NamespaceId const&, NamespaceId const&) = default;
};

/// "net:[4026531840]", as /proc and lsns write it.
std::string textOf(NamespaceId const& id);

/// A network namespace, held so that it stays until its owner lets go.
class NetworkNamespace {
public:
    static Got<NetworkNamespace> own();
    static Got<NetworkNamespace> ofProcess(pid_t number);
    /// As `ip netns add NAME` makes it, in /run/netns.
    static Got<NetworkNamespace> named(std::string const& name);
    /// Looks for it in this process, among the named ones and among all processes. Gone with all
    /// that was set in it, unless somebody keeps it by other means.
    static Found<NetworkNamespace> find(NamespaceId const& id);

    NamespaceId const& id() const { return id_; }
    int descriptor() const { return descriptor_->number(); }

    /// The calling thread is in it; entering it would take a privilege for nothing.
    bool isHere() const;
    /// Runs `what` inside, in a thread of its own unless it is here, and waits for it: sockets it
    /// opens belong there.
    Failed inside(std::function<void()> const& what) const;

private:
    static Got<NetworkNamespace> open(std::string const& path);
    NetworkNamespace(std::shared_ptr<Descriptor> descriptor, NamespaceId id)
        : descriptor_(std::move(descriptor)), id_(id) {}

    std::shared_ptr<Descriptor> descriptor_;
    NamespaceId id_;
};

} // namespace shakedown::system
