#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "chaos-agent/control/http_server.hpp"
#include "chaos-agent/control/native_api.hpp"

namespace shakedown::control {

/// The listeners of the native API: a Unix socket, loopback, TLS, each if the settings name it.
/// Limits count for each by itself.
class NativeListeners {
public:
    /// One thread runs the io_context, and calls the keeper. API and settings must outlive this.
    NativeListeners(proxy::asio::io_context& io, NativeApi& api, NativeSettings const& settings,
                    HttpLimits limits = {}, HttpSession::OnAnswer onAnswer = {});

    /// Opens all of them, or none. Why it did not, a sentence each; empty if it did.
    std::vector<std::string> open();
    void close() { servers_.clear(); }

    /// Where it listens in the clear and over TLS, once open.
    std::optional<proxy::Address> httpAddress() const { return http_; }
    std::optional<proxy::Address> httpsAddress() const { return https_; }
    std::size_t connectionCount() const;

private:
    HttpServer& add();
    proxy::Refused openHttps();

    proxy::asio::io_context& io_;
    NativeApi& api_;
    NativeSettings const& settings_;
    HttpLimits limits_;
    HttpSession::OnAnswer onAnswer_;
    std::vector<std::unique_ptr<HttpServer>> servers_;
    std::optional<proxy::Address> http_;
    std::optional<proxy::Address> https_;
};

} // namespace shakedown::control
