#pragma once

#include <chrono>
#include <functional>
#include <future>
#include <memory>

#include "chaos-agent/faults/connections.hpp"
#include "chaos-agent/proxy/asio.hpp"

namespace shakedown::injectors {

/// Reaches proxies from another thread than theirs: each call is done there and waited for, two
/// seconds at most. Their thread never waits for ours.
class PostedConnections final : public Connections {
public:
    PostedConnections(proxy::asio::io_context& io, Connections& there) : io_(io), there_(there) {}

    system::Failed disturb(std::string const& proxy, std::string const& name,
                           protocol::FaultKind const& what, protocol::Way way) override;
    system::Failed calm(std::string const& proxy, std::string const& name) override;
    bool isDisturbed(std::string const& proxy, std::string const& name) override;
    system::Failed open(std::string const& proxy, system::NetworkNamespace const& place,
                        proxy::Address const& service) override;
    system::Failed retire(std::string const& proxy) override;
    std::optional<std::uint16_t> portOf(std::string const& proxy) override;

private:
    system::Failed there(std::function<system::Failed()> work);

    proxy::asio::io_context& io_;
    Connections& there_;
};

} // namespace shakedown::injectors
