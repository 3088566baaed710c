#pragma once

#include <memory>
#include <string>
#include <vector>

#include "chaos-agent/control/http_server.hpp"
#include "chaos-agent/control/native_api.hpp"

namespace shakedown::agent {

/// The native API on every listener that the settings name.
class NativeServer {
public:
    /// The settings must outlive this.
    NativeServer(proxy::asio::io_context& io, safety::Keeper& keeper,
                 control::NativeSettings const& settings);
    ~NativeServer();

    /// Why a listener cannot be opened; nothing if all are open.
    proxy::Refused open(control::HttpSession::OnAnswer const& onAnswer);
    /// Where it listens: "unix:/run/...", "http://127.0.0.1:8473".
    std::vector<std::string> const& places() const { return places_; }

private:
    control::HttpServer& serve(control::HttpSession::OnAnswer const& onAnswer);

    proxy::asio::io_context& io_;
    control::NativeSettings const& settings_;
    control::NativeApi api_;
    std::vector<std::unique_ptr<control::HttpServer>> servers_;
    std::vector<std::string> places_;
};

} // namespace shakedown::agent
