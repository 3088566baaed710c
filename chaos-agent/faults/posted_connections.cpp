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

} // namespace shakedown::injectors
