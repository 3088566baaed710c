#pragma once

#include <memory>
#include <string>

#include "chaos-agent/proxy/proxy_set.hpp"
#include "tests/chaos-agent/proxy/loop.hpp"
#include "tests/chaos-agent/proxy/peers.hpp"

namespace shakedown::tests {

// A proxy in front of a server of the test.
class Stand {
public:
    explicit Stand(proxy::Toxics toxics = {}, std::uint64_t seed = 1) {
        loop_.on([&] {
            proxies_ = std::make_unique<proxy::ProxySet>(loop_.io(), seed);
            auto const refused =
                proxies_->create({"p", "", server.address(), true, std::move(toxics)});
            if (refused) {
                throw std::runtime_error(refused->message);
            }
            port_ = proxy::parseAddress(proxies_->find("p")->listen())->port;
        });
    }
    ~Stand() {
        loop_.on([&] { proxies_.reset(); });
    }

    struct Pair {
        Peer client;
        Peer server;
    };
    Pair connect() {
        Peer client = Peer::connectedTo(port_);
        return {std::move(client), server.accept()};
    }

    // Runs the function on the proxy in its loop.
    template <class F>
    auto on(F function) {
        return loop_.on([&] { return function(*proxies_->find("p")); });
    }
    void add(proxy::Toxic toxic) {
        on([&](proxy::Proxy& p) {
            if (auto const refused = p.add(toxic)) {
                throw std::runtime_error(refused->message);
            }
        });
    }
    void remove(std::string const& toxic) {
        on([&](proxy::Proxy& p) { p.remove(toxic); });
    }
    // Waits until no connection is left; false if some are after ten seconds.
    bool empties() {
        for (int tries = 0; tries < 1000; ++tries) {
            if (on([](proxy::Proxy& p) { return p.connectionCount(); }) == 0) {
                return true;
            }
            std::this_thread::sleep_for(Milliseconds(10));
        }
        return false;
    }
    std::uint16_t port() const { return port_; }

    Server server;

private:
    Loop loop_;
    std::unique_ptr<proxy::ProxySet> proxies_;
    std::uint16_t port_ = 0;
};

inline proxy::Toxic downstream(proxy::Disturbance what, double toxicity = 1) {
    return {"down", proxy::Direction::Downstream, toxicity, what};
}
inline proxy::Toxic upstream(proxy::Disturbance what, double toxicity = 1) {
    return {"up", proxy::Direction::Upstream, toxicity, what};
}

} // namespace shakedown::tests
