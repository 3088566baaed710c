#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>

#include "chaos-agent/system/descriptor.hpp"
#include "chaos-agent/system/failure.hpp"
#include "chaos-agent/system/network_namespace.hpp"

namespace shakedown::system {

/// Speaks to the netfilter of one network namespace, wherever its owner is (netlink(7),
/// NETLINK_NETFILTER). Never waits: the kernel answers while it is told.
class NetfilterSocket {
public:
    static Got<NetfilterSocket> open(NetworkNamespace const& place);

    /// Sends whole messages; without an answer.
    Failed send(std::span<std::byte const> messages) const;
    /// Sends whole messages, and reads what is answered until nothing more is there: the first
    /// error among the answers, "WHAT: ...". `eachAnswer` is told every message that is neither an
    /// error nor the end of a list: its type and its content after the header.
    Failed ask(std::span<std::byte const> messages, std::string const& what,
               std::function<void(int, std::span<std::byte const>)> const& eachAnswer = {}) const;

    int number() const { return socket_.number(); }

private:
    explicit NetfilterSocket(Descriptor socket) : socket_(std::move(socket)) {}
    Descriptor socket_;
};

} // namespace shakedown::system
