#pragma once

#include <map>
#include <memory>
#include <string>

#include "chaos-agent/control/http_session.hpp"
#include "chaos-agent/proxy/listener.hpp"

namespace shakedown::control {

/// A listener of an API: bounds how many connections there are, of one peer and in all. A peer
/// above its share is answered 503 and closed.
class HttpServer {
public:
    /// One thread runs the io_context; the handler is called there.
    HttpServer(proxy::asio::io_context& io, Handler handler, HttpLimits limits = {},
               HttpSession::OnAnswer onAnswer = {});
    ~HttpServer();
    HttpServer(HttpServer const&) = delete;
    HttpServer& operator=(HttpServer const&) = delete;

    proxy::Refused open(proxy::Address const& address);
    /// Where it listens, once open.
    proxy::Address const& address() const { return listener_->address(); }
    std::size_t connectionCount() const { return sessions_.size(); }

private:
    void onClient(proxy::Tcp::socket client);
    void forget(std::uint64_t number, std::string const& peer);

    Handler handler_;
    HttpLimits limits_;
    HttpSession::OnAnswer onAnswer_;
    std::shared_ptr<proxy::Listener> listener_;
    std::map<std::uint64_t, std::shared_ptr<HttpSession>> sessions_;
    std::map<std::string, std::size_t> ofPeer_;
    std::uint64_t made_ = 0;
};

} // namespace shakedown::control
