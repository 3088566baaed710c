#pragma once

#include <memory>
#include <string>
#include <thread>

#include <boost/asio/executor_work_guard.hpp>

#include "chaos-agent/control/http_server.hpp"
#include "chaos-agent/control/toxiproxy_api.hpp"
#include "chaos-agent/faults/posted_connections.hpp"
#include "chaos-agent/faults/proxy_connections.hpp"
#include "chaos-agent/program/config.hpp"

namespace shakedown::agent {

/// The proxies, in a thread of their own: those in front of targets, which only faults disturb, and
/// those of the Toxiproxy-compatible API with its listener. Traffic never waits for a disk or for a
/// packet filter.
class ProxyThread {
public:
    explicit ProxyThread(std::uint64_t seed);
    /// Ends the thread; every proxy is closed.
    ~ProxyThread();
    ProxyThread(ProxyThread const&) = delete;
    ProxyThread& operator=(ProxyThread const&) = delete;

    /// Before `start`: why a listener cannot be opened; nothing if all are open.
    proxy::Refused open(Config const& config, control::HttpSession::OnAnswer onAnswer);
    void start();

    /// For operations; callable from one other thread once it has started.
    injectors::Connections& connections() { return posted_; }
    /// Where the Toxiproxy-compatible API listens, if it does.
    std::optional<proxy::Address> toxiproxyAddress() const;

private:
    proxy::asio::io_context io_{1};
    proxy::asio::executor_work_guard<proxy::asio::io_context::executor_type> work_;
    proxy::ProxySet ofTargets_;
    proxy::ProxySet ofToxiproxy_;
    control::ToxiproxyApi api_;
    std::unique_ptr<control::HttpServer> server_;
    injectors::ProxyConnections direct_;
    injectors::PostedConnections posted_;
    std::thread thread_;
};

} // namespace shakedown::agent
