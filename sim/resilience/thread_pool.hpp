#pragma once

#include <cstdint>
#include <limits>

namespace shakedown::resilience {

/// Settings of a thread pool with a bounded queue (java.util.concurrent.ThreadPoolExecutor).
struct ThreadPoolSettings {
    int core = 1;
    int max = 1;
    int queueCapacity = 100;                                  // 0: a task needs a thread at once
    int rejectionThreshold = std::numeric_limits<int>::max(); // Hystrix: of the queue
    friend bool operator==(ThreadPoolSettings const&, ThreadPoolSettings const&) = default;
};

/// Counts threads and queued tasks in Java's order: core threads, then the queue, then extra
/// threads, then rejection; so the newest task can start before those queued. Sources: resilience4j
/// FixedThreadPoolBulkhead; Hystrix HystrixThreadPool (rejects from its threshold on).
class ThreadPool {
public:
    enum class Answer : std::uint8_t { Running, Queued, Rejected };

    explicit ThreadPool(ThreadPoolSettings const& settings) : settings_(settings) {}

    Answer submit() {
        if (settings_.queueCapacity > 0 && queued_ >= settings_.rejectionThreshold)
            return Answer::Rejected;
        if (threads_ < settings_.core) {
            ++threads_;
            ++active_;
            return Answer::Running;
        }
        if (active_ < threads_) {
            ++active_;
            return Answer::Running;
        }
        if (queued_ < settings_.queueCapacity) {
            ++queued_;
            return Answer::Queued;
        }
        if (threads_ >= settings_.max)
            return Answer::Rejected;
        ++threads_;
        ++active_;
        return Answer::Running;
    }
    /// A task is done: true if its thread goes on with the oldest that is queued.
    bool finish() {
        if (queued_ > 0) {
            --queued_;
            return true;
        }
        --active_;
        return false;
    }
    /// Idle threads above the core have ended.
    void trim() {
        while (threads_ > settings_.core && threads_ > active_)
            --threads_;
    }
    int threads() const { return threads_; }
    int active() const { return active_; }
    int queued() const { return queued_; }
    ThreadPoolSettings const& settings() const { return settings_; }

private:
    ThreadPoolSettings settings_;
    int threads_ = 0;
    int active_ = 0;
    int queued_ = 0;
};

} // namespace shakedown::resilience
