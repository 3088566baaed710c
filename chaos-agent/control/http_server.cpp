#include "chaos-agent/control/http_server.hpp"

#include <sys/socket.h>

namespace shakedown::control {

namespace {

constexpr std::string_view tooMany = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n"
                                     "Connection: close\r\n\r\n";

} // namespace

HttpServer::HttpServer(proxy::asio::io_context& io, Handler handler, HttpLimits limits,
                       HttpSession::OnAnswer onAnswer)
    : handler_(std::move(handler)), limits_(limits), onAnswer_(std::move(onAnswer)),
      listener_(std::make_shared<proxy::Listener>(
          io, [this](proxy::Tcp::socket client) { onClient(std::move(client)); })) {}

HttpServer::~HttpServer() {
    listener_->close();
    auto const sessions = std::exchange(sessions_, {});
    for (auto const& [number, session] : sessions)
        session->abandon();
}

proxy::Refused HttpServer::open(proxy::Address const& address) {
    if (auto refused = listener_->open(address))
        return refused;
    listener_->start();
    return {};
}

void HttpServer::onClient(proxy::Tcp::socket client) {
    proxy::error_code error;
    auto const endpoint = client.remote_endpoint(error);
    if (error)
        return; // gone already
    std::string const peer = endpoint.address().to_string();
    auto const share = ofPeer_.find(peer);
    bool const isAbove = share != ofPeer_.end() && share->second >= limits_.connectionsOfPeer;
    if (sessions_.size() >= limits_.connections || isAbove) {
        // Best effort; the kernel has room for so little.
        ::send(client.native_handle(), tooMany.data(), tooMany.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        return;
    }
    std::uint64_t const number = made_++;
    auto const session =
        std::make_shared<HttpSession>(std::move(client), limits_, handler_, onAnswer_,
                                      [this, number, peer] { forget(number, peer); });
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
