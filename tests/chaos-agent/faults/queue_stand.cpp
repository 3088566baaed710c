#include "tests/chaos-agent/faults/queue_stand.hpp"

#include <catch2/catch.hpp>

#include "chaos-agent/system/file_text.hpp"
#include "chaos-agent/system/packet_filter.hpp"
#include "chaos-agent/system/program.hpp"
#include "chaos-agent/system/queue_rule.hpp"

namespace shakedown::tests {

using injectors::Verdict;

namespace {
constexpr int port = 8080;
constexpr int callersPort = 9000;
} // namespace

QueueStand::QueueStand() : network_(TestNetwork::make()) {
    if (!network_) {
        return;
    }
    if (auto const refused = system::checkQueueRule(network_->service())) {
        WARN("skipped: " << refused->why);
        network_.reset();
        return;
    }
    auto& target = targets["orders"];
    target.name = "orders";
    target.address = proxy::Address{TestNetwork::serviceAddress, port};
    target.networkNamespace = network_->serviceName();
    target.kinds = {"all"};
    auto& peer = targets["site"];
    peer.name = "site";
    peer.address = proxy::Address{TestNetwork::clientAddress, 0};
    queues_ = std::make_unique<injectors::ThreadedQueues>(1);
    tools_.queues = queues_.get();
}

injectors::Plan QueueStand::planned(protocol::FaultKind const& what, protocol::Way way,
                                    std::vector<std::string> peers) const {
    protocol::FaultRequest request;
    request.what = what;
    request.target = "orders";
    request.way = way;
    request.peers = std::move(peers);
    request.duration = Duration::seconds(60);
    auto const got = injectors::planOf(request, targets, {});
    if (auto const* failure = std::get_if<system::Failure>(&got)) {
        FAIL(failure->why);
    }
    return std::get<injectors::Plan>(got);
}

void QueueStand::apply(injectors::Plan const& plan, Duration lease) {
    for (auto const& step : plan.steps) {
        auto const failed = injectors::apply(step, lease, tools_);
        INFO((failed ? failed->why : ""));
        REQUIRE_FALSE(failed);
        CHECK(isApplied(step, tools_).is == Verdict::Is::So);
    }
}

void QueueStand::revert(injectors::Plan const& plan) {
    for (auto step = plan.steps.rbegin(); step != plan.steps.rend(); ++step) {
        REQUIRE_FALSE(injectors::revert(*step, tools_));
        CHECK(isReverted(*step, tools_).is == Verdict::Is::So);
    }
}

void QueueStand::loseQueues() {
    queues_.reset();
    tools_.queues = nullptr;
}

std::vector<Arrival> QueueStand::in(DatagramStream const& stream) const {
    return arrivalsOf({network_->client(), TestNetwork::clientAddress, callersPort},
                      {network_->service(), TestNetwork::serviceAddress, port}, stream);
}

std::vector<Arrival> QueueStand::out(DatagramStream const& stream) const {
    return arrivalsOf({network_->service(), TestNetwork::serviceAddress, port},
                      {network_->client(), TestNetwork::clientAddress, callersPort}, stream);
}

packets::QueueCounts QueueStand::countsOf(injectors::Plan const& plan) {
    auto const& open = std::get<injectors::OpenQueue>(plan.steps.at(1));
    auto const counts = queues_->thread().countsOf(open.place, open.number);
    auto const* found = std::get_if<std::optional<packets::QueueCounts>>(&counts);
    REQUIRE(found != nullptr);
    REQUIRE(*found);
    return **found;
}

std::string QueueStand::state() const {
    auto const place = network_->service();
    auto const rules = system::run({system::packetFilterProgram(), "-s", "list", "ruleset"}, "",
                                   Duration::seconds(5), &place);
    std::string queues;
    (void)place.inside([&] {
        auto const read = system::readFile("/proc/thread-self/net/netfilter/nfnetlink_queue");
        if (auto const* text = std::get_if<std::string>(&read)) {
            queues = *text;
        }
    });
    return std::get<system::Finished>(rules).output + queues;
}

} // namespace shakedown::tests
