#include "chaos-agent/control/http_server.hpp"

#include <sys/socket.h>

#include "chaos-agent/control/socket_stream.hpp"
#include "chaos-agent/control/tls_stream.hpp"

namespace shakedown::control {

namespace {

constexpr std::string_view tooMany = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n"
                                     "Connection: close\r\n\r\n";

// Best effort; the kernel has room for so little.
void sayTooMany(int descriptor) {
    ::send(descriptor, tooMany.data(), tooMany.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
}

} // namespace

HttpServer::HttpServer(proxy::asio::io_context& io, Handler handler, HttpLimits limits,
                       HttpSession::OnAnswer onAnswer)
    : HttpServer(io, HttpServing{std::move(handler), std::move(onAnswer)}, limits) {}

HttpServer::HttpServer(proxy::asio::io_context& io, HttpServing serving, HttpLimits limits)
    : serving_(std::move(serving)), limits_(limits),
      tcp_(std::make_shared<proxy::Listener>(
          io, [this](proxy::Tcp::socket client) { onTcp(std::move(client)); })),
      unix_(std::make_shared<UnixListener>(
          io, [this](UnixSocket client) { onUnix(std::move(client)); })) {}

HttpServer::~HttpServer() {
    tcp_->close();
    unix_->close();
    auto const sessions = std::exchange(sessions_, {});
    for (auto const& [number, session] : sessions)
        session->abandon();
}

proxy::Refused HttpServer::open(proxy::Address const& address) {
    return open(address, nullptr);
}

proxy::Refused HttpServer::open(proxy::Address const& address,
                                std::shared_ptr<proxy::asio::ssl::context> tls) {
    tls_ = std::move(tls);
    if (auto refused = tcp_->open(address))
        return refused;
    tcp_->start();
    return {};
}

proxy::Refused HttpServer::openUnix(std::string const& path, std::optional<gid_t> group) {
    if (auto refused = unix_->open(path, group))
        return refused;
    unix_->start();
    return {};
}

void HttpServer::onTcp(proxy::Tcp::socket client) {
    proxy::error_code error;
    auto const endpoint = client.remote_endpoint(error);
    if (error)
        return; // gone already
    PeerIdentity peer;
    peer.address = endpoint.address().to_string();
    std::string const name = peer.address;
    if (isFull(name)) {
        if (!tls_)
            sayTooMany(client.native_handle());
        return;
    }
    client.set_option(proxy::Tcp::no_delay(true), error);
    if (tls_)
        serve(std::make_shared<TlsStream>(std::move(client), tls_, std::move(peer)), name);
    else
        serve(
            std::make_shared<SocketStream<proxy::Tcp::socket>>(std::move(client), std::move(peer)),
            name);
}

void HttpServer::onUnix(UnixSocket client) {
    auto peer = identityOf(client);
    if (!peer)
        return;
    std::string const name = peer->address;
    if (isFull(name)) {
        sayTooMany(client.native_handle());
        return;
    }
    serve(std::make_shared<SocketStream<UnixSocket>>(std::move(client), *std::move(peer)), name);
}

bool HttpServer::isFull(std::string const& peer) const {
    auto const share = ofPeer_.find(peer);
    return sessions_.size() >= limits_.connections
           || (share != ofPeer_.end() && share->second >= limits_.connectionsOfPeer);
}

void HttpServer::serve(std::shared_ptr<Stream> stream, std::string const& peer) {
    std::uint64_t const number = made_++;
    auto const session = std::make_shared<HttpSession>(
        std::move(stream), limits_, serving_, [this, number, peer] { forget(number, peer); });
    sessions_.emplace(number, session);
    ++ofPeer_[peer];
    session->start();
}

void HttpServer::forget(std::uint64_t number, std::string const& peer) {
    sessions_.erase(number);
    if (--ofPeer_[peer] == 0)
        ofPeer_.erase(peer);
}

} // namespace shakedown::control
