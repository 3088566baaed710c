#include "chaos-agent/faults/threaded_queues.hpp"

#include <optional>

namespace shakedown::injectors {

namespace {

using Queued = std::optional<packets::Disturbance>;

// Nothing for what is not done in a queue.
struct InQueue {
    Queued operator()(protocol::Delay const& one) const {
        return packets::Delay{one.delay, one.jitter, one.correlation};
    }
    Queued operator()(protocol::Duplicate const& one) const {
        return packets::Duplicate{one.share};
    }
    Queued operator()(protocol::Reorder const& one) const {
        return packets::Reorder{one.share, one.delay};
    }
    Queued operator()(protocol::Corrupt const& one) const { return packets::Corrupt{one.share}; }
    Queued operator()(protocol::PacketRate const& one) const {
        return packets::Rate{one.perSecond};
    }
    template <class Other>
    Queued operator()(Other const&) const {
        return {};
    }
};

} // namespace

system::Failed ThreadedQueues::open(system::NetworkNamespace const& place, std::uint16_t number,
                                    std::string const& name, protocol::FaultKind const& what) {
    auto const made = std::visit(InQueue{}, what);
    if (!made)
        return system::Failure{std::string(nameOf(what)) + " is not done in a queue of packets"};
    return thread_.open(place, {number, sentQueueOf(number), *made, 0, name, {}});
}

system::Failed ThreadedQueues::close(system::NamespaceId const& place, std::uint16_t number) {
    return thread_.close(place, number);
}

bool ThreadedQueues::isOpen(system::NamespaceId const& place, std::uint16_t number) {
    auto const counts = thread_.countsOf(place, number);
    // Who does not answer may still hold packets.
    return std::holds_alternative<system::Failure>(counts)
           || std::get<std::optional<packets::QueueCounts>>(counts).has_value();
}

} // namespace shakedown::injectors
