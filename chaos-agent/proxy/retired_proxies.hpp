#pragma once

#include <memory>
#include <vector>

#include "chaos-agent/proxy/proxy.hpp"

namespace shakedown::proxy {

/// Proxies whose time is over while connections still go through them. They disturb nothing, take
/// connections for two seconds more, so that who is on the way arrives, and go with their last
/// connection.
class RetiredProxies {
public:
    explicit RetiredProxies(asio::io_context& io) : timer_(io) {}

    void take(std::unique_ptr<Proxy> proxy);
    std::size_t count() const { return retired_.size(); }

private:
    struct Retired {
        std::unique_ptr<Proxy> proxy;
        Instant listensUntil;
    };
    void look();

    asio::steady_timer timer_;
    std::vector<Retired> retired_;
};

} // namespace shakedown::proxy
