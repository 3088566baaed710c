#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "chaos-agent/control/http_session.hpp"
#include "chaos-agent/control/tls_context.hpp"
#include "chaos-agent/control/unix_socket.hpp"
#include "chaos-agent/proxy/listener.hpp"

namespace shakedown::control {

/// A listener of an API, over TCP, TLS or a Unix socket: bounds how many connections there are, of
/// one peer (an address, or a user of this host) and in all. A peer above its share is answered 503
/// and closed; over TLS just closed.
class HttpServer {
public:
    /// One thread runs the io_context; the functions are called there.
    HttpServer(proxy::asio::io_context& io, Handler handler, HttpLimits limits = {},
               HttpSession::OnAnswer onAnswer = {});
    HttpServer(proxy::asio::io_context& io, HttpServing serving, HttpLimits limits);
    ~HttpServer();
    HttpServer(HttpServer const&) = delete;
    HttpServer& operator=(HttpServer const&) = delete;

    /// In the clear.
    proxy::Refused open(proxy::Address const& address);
    proxy::Refused open(proxy::Address const& address,
                        std::shared_ptr<proxy::asio::ssl::context> tls);
    proxy::Refused openUnix(std::string const& path, std::optional<gid_t> group);
    /// Where it listens, once open over TCP or TLS.
    proxy::Address const& address() const { return tcp_->address(); }
    std::size_t connectionCount() const { return sessions_.size(); }

private:
    void onTcp(proxy::Tcp::socket client);
    void onUnix(UnixSocket client);
    bool isFull(std::string const& peer) const;
    void serve(std::shared_ptr<Stream> stream, std::string const& peer);
    void forget(std::uint64_t number, std::string const& peer);

    HttpServing serving_;
    HttpLimits limits_;
    std::shared_ptr<proxy::asio::ssl::context> tls_; // none: in the clear
    std::shared_ptr<proxy::Listener> tcp_;
    std::shared_ptr<UnixListener> unix_;
    std::map<std::uint64_t, std::shared_ptr<HttpSession>> sessions_;
    std::map<std::string, std::size_t> ofPeer_;
    std::uint64_t made_ = 0;
};

} // namespace shakedown::control
