#include "chaos-agent/faults/posted_connections.hpp"

#include <boost/asio/post.hpp>

namespace shakedown::injectors {

namespace {
constexpr std::chrono::seconds patience{2};
}

system::Failed PostedConnections::there(std::function<system::Failed()> work) {
    auto const promise = std::make_shared<std::promise<system::Failed>>();
    auto done = promise->get_future();
    proxy::asio::post(io_, [promise, work = std::move(work)] { promise->set_value(work()); });
    if (done.wait_for(patience) != std::future_status::ready)
        return system::Failure{"the proxies do not answer"};
    return done.get();
}

system::Failed PostedConnections::disturb(std::string const& proxy, std::string const& name,
                                          protocol::FaultKind const& what, protocol::Way way) {
    return there([&there = there_, proxy, name, what, way] {
        return there.disturb(proxy, name, what, way);
    });
}

system::Failed PostedConnections::calm(std::string const& proxy, std::string const& name) {
    return there([&there = there_, proxy, name] { return there.calm(proxy, name); });
}

bool PostedConnections::isDisturbed(std::string const& proxy, std::string const& name) {
    auto const isCalm = [&there = there_, proxy, name]() -> system::Failed {
        if (there.isDisturbed(proxy, name))
            return system::Failure{"disturbed"};
        return {};
    };
    // Who does not answer may still be disturbed.
    return there(isCalm).has_value();
}

system::Failed PostedConnections::open(std::string const& proxy,
                                       system::NetworkNamespace const& place,
                                       proxy::Address const& service) {
    return there(
        [&there = there_, proxy, place, service] { return there.open(proxy, place, service); });
}

system::Failed PostedConnections::retire(std::string const& proxy) {
    return there([&there = there_, proxy] { return there.retire(proxy); });
}

std::optional<std::uint16_t> PostedConnections::portOf(std::string const& proxy) {
    // Outlives a wait that was given up.
    auto const port = std::make_shared<std::optional<std::uint16_t>>();
    auto const asked = there([&there = there_, proxy, port]() -> system::Failed {
        *port = there.portOf(proxy);
        return {};
    });
    // Who does not answer may still be open, on a port that nobody listens on.
    return asked ? std::optional<std::uint16_t>(0) : *port;
}

} // namespace shakedown::injectors
