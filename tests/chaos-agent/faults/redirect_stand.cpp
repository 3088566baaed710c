#include "tests/chaos-agent/faults/redirect_stand.hpp"

#include <cerrno>

#include <catch2/catch.hpp>

#include "chaos-agent/system/packet_filter.hpp"
#include "chaos-agent/system/program.hpp"

namespace shakedown::tests {

using injectors::Verdict;

namespace {
constexpr int port = 8080;
}

RedirectStand::RedirectStand() : network_(TestNetwork::make()) {
    if (!network_) {
        return;
    }
    auto const place = network_->service();
    service_ = std::make_unique<ServiceProcess>(
        std::string(TestNetwork::serviceAddress) + ":" + std::to_string(port), &place);
    auto& target = targets["orders"];
    target.name = "orders";
    target.address = proxy::Address{TestNetwork::serviceAddress, port};
    target.networkNamespace = network_->serviceName();
    target.kinds = {"all"};
    loop_.on([&] { proxies_ = std::make_unique<proxy::ProxySet>(loop_.io(), 1); });
    direct_ = std::make_unique<injectors::ProxyConnections>(*proxies_);
    posted_ = std::make_unique<injectors::PostedConnections>(loop_.io(), *direct_);
    tools_.connections = posted_.get();
}

RedirectStand::~RedirectStand() {
    loseProxies();
}

void RedirectStand::loseProxies() {
    loop_.on([&] { proxies_.reset(); });
}

injectors::Planned RedirectStand::tried(protocol::FaultKind const& what) const {
    protocol::FaultRequest request;
    request.what = what;
    request.target = "orders";
    request.duration = Duration::seconds(60);
    return injectors::planOf(request, targets, spared);
}

injectors::Plan RedirectStand::planned(protocol::FaultKind const& what) const {
    auto const got = tried(what);
    if (auto const* failure = std::get_if<system::Failure>(&got)) {
        FAIL(failure->why);
    }
    return std::get<injectors::Plan>(got);
}

void RedirectStand::apply(injectors::Plan const& plan, Duration lease) {
    for (auto const& step : plan.steps) {
        auto const failed = injectors::apply(step, lease, tools_);
        INFO((failed ? failed->why : ""));
        REQUIRE_FALSE(failed);
        REQUIRE(isApplied(step, tools_).is == Verdict::Is::So);
    }
}

void RedirectStand::revert(injectors::Plan const& plan) {
    for (auto step = plan.steps.rbegin(); step != plan.steps.rend(); ++step) {
        REQUIRE_FALSE(injectors::revert(*step, tools_));
        REQUIRE(isReverted(*step, tools_).is == Verdict::Is::So);
    }
}

TestSocket RedirectStand::connected(system::NetworkNamespace const& from) const {
    TestSocket socket(from, TestSocket::Kind::Tcp);
    REQUIRE(socket.connectTo(TestNetwork::serviceAddress, port) == 0);
    return socket;
}

std::string RedirectStand::asked(TestSocket& socket) {
    std::string answer;
    if (!socket.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")) {
        return "reset";
    }
    switch (socket.receive(answer)) {
    case 0:
        return answer.substr(0, answer.find("\r\n"));
    case ENOTCONN:
        return "ended";
    case ETIMEDOUT:
        return "silence";
    default:
        return "reset";
    }
}

std::string RedirectStand::askedAnew() const {
    TestSocket socket(network_->client(), TestSocket::Kind::Tcp);
    int const error = socket.connectTo(TestNetwork::serviceAddress, port);
    if (error == ECONNRESET) { // it may come before anybody looked at the connection
        return "reset";
    }
    REQUIRE(error == 0);
    return asked(socket);
}

std::string RedirectStand::rules() const {
    auto const place = network_->service();
    auto const listed = system::run({system::packetFilterProgram(), "-s", "list", "ruleset"}, "",
                                    Duration::seconds(5), &place);
    return std::get<system::Finished>(listed).output;
}

std::size_t RedirectStand::retiredCount() {
    return loop_.on([&] { return proxies_->retiredCount(); });
}

} // namespace shakedown::tests
