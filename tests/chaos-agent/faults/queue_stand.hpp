#pragma once

#include <memory>
#include <string>

#include "chaos-agent/faults/planner.hpp"
#include "chaos-agent/faults/threaded_queues.hpp"
#include "tests/chaos-agent/faults/numbered_datagrams.hpp"
#include "tests/chaos-agent/system/test_network.hpp"

namespace shakedown::tests {

// A target at one end of a wire, a client at the other, and queues that are read.
class QueueStand {
public:
    QueueStand();
    // False where this host does not let us make networks, or has no queues; that was warned of.
    bool canRun() const { return network_ != nullptr; }

    injectors::Plan planned(protocol::FaultKind const& what,
                            protocol::Way way = protocol::Way::Both,
                            std::vector<std::string> peers = {}) const;
    void apply(injectors::Plan const& plan,
               Duration lease = Duration::seconds(30)); // and sees that it is
    void revert(injectors::Plan const& plan);           // and sees that it is
    // As if the agent had died.
    void loseQueues();

    std::vector<Arrival> in(DatagramStream const& stream) const;
    std::vector<Arrival> out(DatagramStream const& stream) const;
    // Of the queue of the plan.
    packets::QueueCounts countsOf(injectors::Plan const& plan);
    // Rules and queues of the target's namespace, to the letter.
    std::string state() const;

    TestNetwork& network() { return *network_; }
    injectors::Targets targets;

private:
    std::unique_ptr<TestNetwork> network_;
    std::unique_ptr<injectors::ThreadedQueues> queues_;
    injectors::Tools tools_;
};

} // namespace shakedown::tests
