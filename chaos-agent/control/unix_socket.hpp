#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/local/stream_protocol.hpp>

#include "chaos-agent/control/peer_identity.hpp"
#include "chaos-agent/proxy/asio.hpp"
#include "chaos-agent/proxy/refusal.hpp"

namespace shakedown::control {

using UnixSocket = proxy::asio::local::stream_protocol::socket;

/// Accepts connections on a Unix socket of mode 0660. The file of an agent that is gone is
/// replaced, one on which somebody listens, or which is something else, is not.
class UnixListener : public std::enable_shared_from_this<UnixListener> {
public:
    using OnClient = std::function<void(UnixSocket client)>;

    UnixListener(proxy::asio::io_context& io, OnClient onClient);

    /// `group` may use the socket too; unless told, the group of the process.
    proxy::Refused open(std::string const& path, std::optional<gid_t> group);
    void start() { accept(); }
    /// Removes the file.
    void close();

private:
    proxy::Refused bind(std::string const& path, std::optional<gid_t> group);
    void accept();
    void onAccepted(proxy::error_code error, UnixSocket client);

    proxy::asio::local::stream_protocol::acceptor acceptor_;
    proxy::asio::steady_timer backOff_;
    OnClient onClient_;
    std::string path_; // empty: not ours, or not there
};

/// What the kernel tells of the process that connected; nothing if it tells nothing.
std::optional<PeerIdentity> identityOf(UnixSocket& socket);

} // namespace shakedown::control
