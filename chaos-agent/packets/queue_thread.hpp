#pragma once

#include <functional>
#include <map>
#include <memory>
#include <thread>
#include <utility>

#include "chaos-agent/packets/packet_queue.hpp"

#include <boost/asio/executor_work_guard.hpp>

namespace shakedown::packets {

/// The queues of an agent, in a thread of their own: a storm of packets keeps neither the proxies
/// nor the keeper from their work. Each call is done there and waited for, two seconds at most.
class QueueThread {
public:
    /// Told in that thread what became of the packets of a queue that is closed.
    using OnClosed = std::function<void(std::string const& name, QueueCounts const&)>;

    explicit QueueThread(std::uint64_t seed, OnClosed onClosed = {});
    /// Ends the thread; what the queues hold goes on its way.
    ~QueueThread();
    QueueThread(QueueThread const&) = delete;
    QueueThread& operator=(QueueThread const&) = delete;

    /// Fails if it is open already, by us or by anybody. The seed is ours.
    system::Failed open(system::NetworkNamespace const& place, QueueSettings settings);
    /// What is not there is no failure.
    system::Failed close(system::NamespaceId const& place, std::uint16_t number);
    /// Nothing if it is not open; nor if the thread does not answer, which is a failure.
    system::Got<std::optional<QueueCounts>> countsOf(system::NamespaceId const& place,
                                                     std::uint16_t number);

private:
    using Key = std::pair<system::NamespaceId, std::uint16_t>;
    system::Failed there(std::function<system::Failed()> work);

    std::uint64_t seed_;
    OnClosed onClosed_;
    proxy::asio::io_context io_{1};
    proxy::asio::executor_work_guard<proxy::asio::io_context::executor_type> work_;
    struct Open {
        std::string name;
        std::unique_ptr<PacketQueue> queue;
    };
    std::map<Key, Open> queues_;
    std::thread thread_;
};

} // namespace shakedown::packets
