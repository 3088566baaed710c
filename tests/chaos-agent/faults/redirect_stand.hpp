#pragma once

#include <memory>
#include <string>

#include "chaos-agent/faults/planner.hpp"
#include "chaos-agent/faults/posted_connections.hpp"
#include "chaos-agent/faults/proxy_connections.hpp"
#include "tests/chaos-agent/faults/service_process.hpp"
#include "tests/chaos-agent/proxy/loop.hpp"
#include "tests/chaos-agent/system/test_network.hpp"

namespace shakedown::tests {

// A service in a network namespace that knows nothing of us, and proxies in a thread of their own
// that are put in its way. Callers are in the namespace at the other end of the wire.
class RedirectStand {
public:
    // With no service the test brings its own, at serviceAddress:8080 in the same namespace.
    enum class Service { Ours, None };
    explicit RedirectStand(Service service = Service::Ours);
    ~RedirectStand();
    RedirectStand(RedirectStand const&) = delete;
    RedirectStand& operator=(RedirectStand const&) = delete;
    // False where this host does not let us make networks; that was warned of.
    bool canRun() const { return network_ != nullptr; }

    injectors::Planned tried(protocol::FaultKind const& what) const;
    injectors::Plan planned(protocol::FaultKind const& what) const;
    void apply(injectors::Plan const& plan,
               Duration lease = Duration::seconds(30)); // and sees that it is
    void revert(injectors::Plan const& plan);           // and sees that it is
    // As if the agent had died.
    void loseProxies();

    // A connection to the service from the other end of the wire, or from another place.
    TestSocket connected() const { return connected(network_->client()); }
    TestSocket connected(system::NetworkNamespace const& from) const;
    // The status line of an answer, or how it failed: "reset", "ended", "silence".
    static std::string asked(TestSocket& socket);
    std::string askedAnew() const;
    // Rules of the namespace, to the letter.
    std::string rules() const;
    // Proxies whose time is over, with connections that go on.
    std::size_t retiredCount();

    TestNetwork& network() { return *network_; }
    injectors::Targets targets;
    injectors::Protected spared;

private:
    std::unique_ptr<TestNetwork> network_;
    std::unique_ptr<ServiceProcess> service_;
    Loop loop_;
    std::unique_ptr<proxy::ProxySet> proxies_;
    std::unique_ptr<injectors::ProxyConnections> direct_;
    std::unique_ptr<injectors::PostedConnections> posted_;
    injectors::Tools tools_;
};

} // namespace shakedown::tests
