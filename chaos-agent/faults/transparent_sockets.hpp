#pragma once

#include <cstdint>
#include <vector>

#include "chaos-agent/proxy/socket_source.hpp"
#include "chaos-agent/system/descriptor.hpp"
#include "chaos-agent/system/network_namespace.hpp"

namespace shakedown::injectors {

/// On every packet that our proxies send to a service, so that none is redirected again.
inline constexpr std::uint32_t ourMark = 0x5368616b; // "Shak"

/// Sockets inside of a network namespace: listeners that take connections to other ports of their
/// address too (IP_TRANSPARENT, ip(7)), and sockets to servers with our mark (SO_MARK, socket(7)).
class TransparentSockets final : public proxy::SocketSource {
public:
    explicit TransparentSockets(system::NetworkNamespace place) : place_(std::move(place)) {}

    proxy::error_code open(proxy::Tcp const& protocol, proxy::Tcp::acceptor& listener) override;
    proxy::error_code open(proxy::Tcp const& protocol, proxy::Tcp::socket& toServer) override;

private:
    proxy::error_code refill(proxy::Tcp const& protocol);

    system::NetworkNamespace place_;
    std::vector<system::Descriptor> ready_; // for servers: going inside for each would be slow
};

} // namespace shakedown::injectors
