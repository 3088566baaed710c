#pragma once

#include "chaos-agent/proxy/asio.hpp"

namespace shakedown::proxy {

/// Makes the sockets of a proxy where ordinary ones will not do: in another network namespace, or
/// with options of their own. What it makes is neither bound nor connected.
class SocketSource {
public:
    virtual ~SocketSource() = default;
    virtual error_code open(Tcp const& protocol, Tcp::acceptor& listener) = 0;
    virtual error_code open(Tcp const& protocol, Tcp::socket& toServer) = 0;
};

} // namespace shakedown::proxy
