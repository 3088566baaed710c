#include "chaos-agent/packets/queue_thread.hpp"

#include <exception>
#include <future>

#include <boost/asio/post.hpp>

namespace shakedown::packets {

namespace {
constexpr std::chrono::seconds patience{2};
}

QueueThread::QueueThread(std::uint64_t seed, OnClosed onClosed)
    : seed_(seed), onClosed_(std::move(onClosed)), work_(io_.get_executor()),
      thread_([this] { io_.run(); }) {}

QueueThread::~QueueThread() {
    work_.reset();
    io_.stop();
    thread_.join();
}

system::Failed QueueThread::there(std::function<system::Failed()> work) {
    auto const promise = std::make_shared<std::promise<system::Failed>>();
    auto done = promise->get_future();
    proxy::asio::post(io_, [promise, work = std::move(work)] {
        try {
            promise->set_value(work());
        } catch (std::exception const& e) { // of Asio, or out of memory
            promise->set_value(system::Failure{e.what()});
        }
    });
    if (done.wait_for(patience) != std::future_status::ready)
        return system::Failure{"the queues of packets do not answer"};
    return done.get();
}

system::Failed QueueThread::open(system::NetworkNamespace const& place, QueueSettings settings) {
    settings.seed = seed_;
    return there([this, place, settings]() -> system::Failed {
        Key const key{place.id(), settings.number};
        if (queues_.contains(key))
            return system::Failure{"queue " + std::to_string(settings.number) + " is open already"};
        auto opened = PacketQueue::open(io_, place, settings);
        if (auto* failure = std::get_if<system::Failure>(&opened))
            return std::move(*failure);
        queues_[key] = {settings.name, std::get<std::unique_ptr<PacketQueue>>(std::move(opened))};
        return {};
    });
}

system::Failed QueueThread::close(system::NamespaceId const& place, std::uint16_t number) {
    return there([this, key = Key{place, number}]() -> system::Failed {
        auto const closed = queues_.extract(key);
        if (closed && onClosed_)
            onClosed_(closed.mapped().name, closed.mapped().queue->counts());
        return {};
    });
}

system::Got<std::optional<QueueCounts>> QueueThread::countsOf(system::NamespaceId const& place,
                                                              std::uint16_t number) {
    // Outlives a wait that was given up.
    auto const counts = std::make_shared<std::optional<QueueCounts>>();
    auto failed = there([this, counts, key = Key{place, number}]() -> system::Failed {
        if (auto const found = queues_.find(key); found != queues_.end())
            *counts = found->second.queue->counts();
        return {};
    });
    if (failed)
        return *std::move(failed);
    return *counts;
}

} // namespace shakedown::packets
