#pragma once

#include <functional>
#include <memory>
#include <string>

#include "chaos-agent/proxy/address.hpp"
#include "chaos-agent/proxy/asio.hpp"
#include "chaos-agent/proxy/refusal.hpp"
#include "chaos-agent/proxy/socket_source.hpp"

namespace shakedown::proxy {

/// Accepts connections on an address. Out of file descriptors or memory, or after any
/// other error, it waits 100 ms and goes on; the kernel keeps who waits meanwhile.
class Listener : public std::enable_shared_from_this<Listener> {
public:
    using OnClient = std::function<void(Tcp::socket client)>;

    Listener(asio::io_context& io, OnClient onClient, std::shared_ptr<SocketSource> sockets = {});

    /// Binds and listens, on a free port for port 0. An empty host is every address of the
    /// machine. Of names only localhost is known: a lookup could take seconds, and everything else
    /// would wait for it.
    Refused open(Address const& address);
    void start();
    void close();
    /// Where it listens, once open.
    Address const& address() const { return address_; }

private:
    Refused openAt(Tcp::endpoint const& endpoint, std::string const& wanted);
    void accept();
    void onAccepted(error_code error, Tcp::socket client);

    Tcp::acceptor acceptor_;
    asio::steady_timer backOff_;
    OnClient onClient_;
    std::shared_ptr<SocketSource> sockets_; // none: an ordinary one
    Address address_;
};

} // namespace shakedown::proxy
