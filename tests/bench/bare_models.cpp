#include "tests/bench/bare_models.hpp"

#include <array>
#include <cstdint>
#include <queue>
#include <vector>

#include "tests/bench/bare_draws.hpp"
#include "tests/bench/bare_heap.hpp"
#include "tests/bench/ladder_queue.hpp"

namespace shakedown::bench {

namespace {

constexpr double secondInNs = 1e9;
constexpr double msInNs = 1e6;

// A queue of numbers in a ring that grows by doubling.
class Ring {
public:
    bool empty() const { return head_ == tail_; }
    void push(std::uint32_t value) {
        if (tail_ - head_ == values_.size()) {
            grow();
        }
        values_[tail_++ & (values_.size() - 1)] = value;
    }
    std::uint32_t pop() { return values_[head_++ & (values_.size() - 1)]; }

private:
    void grow() {
        std::vector<std::uint32_t> larger(values_.size() * 2);
        for (std::size_t i = head_; i < tail_; ++i) {
            larger[i & (larger.size() - 1)] = values_[i & (values_.size() - 1)];
        }
        values_.swap(larger);
    }

    std::vector<std::uint32_t> values_ = std::vector<std::uint32_t>(64);
    std::size_t head_ = 0;
    std::size_t tail_ = 0;
};

struct Station {
    int idle;
    double work; // mean, ns
    Ring queue;
};

enum Kind : unsigned { Arrival = 15 }; // other kinds are the number of the station

constexpr double arrivalGap = secondInNs / 800;
constexpr int stationCount = 3;

std::array<Station, stationCount> chainStations() {
    return {Station{16, 1 * msInNs, {}}, Station{8, 2 * msInNs, {}}, Station{8, 5 * msInNs, {}}};
}

class Chain {
public:
    Done play(double seconds) {
        auto const end = static_cast<std::int64_t>(seconds * secondInNs);
        heap_.push(draws_.exponential(arrivalGap), Arrival, 0);
        Done done;
        while (!heap_.empty()) {
            BareEvent const event = heap_.pop();
            if (event.at >= end) {
                break;
            }
            ++done.events;
            take(event);
        }
        done.requests = requests_;
        done.meanMilliseconds = latency_ / static_cast<double>(ended_) / msInNs;
        return done;
    }

private:
    void take(BareEvent const& event) {
        now_ = event.at;
        if (event.kind == Arrival) {
            ++requests_;
            heap_.push(now_ + draws_.exponential(arrivalGap), Arrival, 0);
            enter(0, newRequest());
        } else if (event.kind + 1 < stationCount) {
            enter(event.kind + 1, event.job);
        } else {
            finish(event.job);
        }
    }

    std::uint32_t newRequest() {
        if (free_.empty()) {
            free_.push_back(static_cast<std::uint32_t>(arrived_.size()));
            arrived_.push_back(0);
        }
        std::uint32_t const request = free_.back();
        free_.pop_back();
        arrived_[request] = now_;
        return request;
    }

    void enter(unsigned number, std::uint32_t request) {
        Station& station = stations_[number];
        if (station.idle > 0) {
            --station.idle;
            start(number, request);
        } else {
            station.queue.push(request);
        }
    }

    void start(unsigned number, std::uint32_t request) {
        heap_.push(now_ + draws_.exponential(stations_[number].work), number, request);
    }

    void leave(unsigned number) {
        Station& station = stations_[number];
        if (station.queue.empty()) {
            ++station.idle;
        } else {
            start(number, station.queue.pop());
        }
    }

    void finish(std::uint32_t request) {
        leave(2);
        leave(1);
        leave(0);
        latency_ += static_cast<double>(now_ - arrived_[request]);
        ++ended_;
        free_.push_back(request);
    }

    BareHeap heap_;
    BareDraws draws_{1};
    std::array<Station, stationCount> stations_ = chainStations();
    std::vector<std::int64_t> arrived_;
    std::vector<std::uint32_t> free_;
    std::int64_t now_ = 0;
    std::uint64_t requests_ = 0;
    std::uint64_t ended_ = 0;
    double latency_ = 0;
};

// A job is an attempt at a station; the first station's job is the request itself.
class ChainWithTimeouts {
public:
    Done play(double seconds) {
        auto const end = static_cast<std::int64_t>(seconds * secondInNs);
        heap_.push(draws_.exponential(arrivalGap), Arrival, 0);
        Done done;
        for (;;) {
            bool const isTimer = !timers_.empty() && timers_.front().at <= heap_.nextTime();
            now_ = isTimer ? timers_.front().at : heap_.nextTime();
            if (now_ >= end) {
                break;
            }
            ++done.events;
            if (isTimer) {
                expire(timers_.pop());
            } else {
                take(heap_.pop());
            }
        }
        done.requests = requests_;
        done.meanMilliseconds = latency_ / static_cast<double>(succeeded_) / msInNs;
        return done;
    }

private:
    static constexpr std::int64_t timeout = 80'000'000;
    static constexpr int mostAttempts = 3;

    struct Job {
        std::int64_t arrived;
        std::uint32_t generation;
        std::uint32_t caller; // job
        std::uint32_t callerGeneration;
        std::uint8_t station;
        std::uint8_t attempt;  // of the caller's, that this is
        std::uint8_t attempts; // made by this for its own call
        bool waits;            // for its own call
    };

    struct Timer {
        std::int64_t at;
        std::uint32_t job;
        std::uint32_t generation;
        std::uint8_t attempt;
    };

    // All timeouts are alike, so they pass in the order in which they were set. One whose call is
    // over is dropped when it comes to the front.
    class Timers {
    public:
        bool empty() const { return head_ == tail_; }
        Timer const& front() const { return ring_[head_ & (ring_.size() - 1)]; }
        Timer pop() { return ring_[head_++ & (ring_.size() - 1)]; }
        void push(Timer const& timer) {
            if (tail_ - head_ == ring_.size()) {
                std::vector<Timer> larger(ring_.size() * 2);
                for (std::size_t i = head_; i < tail_; ++i) {
                    larger[i & (larger.size() - 1)] = ring_[i & (ring_.size() - 1)];
                }
                ring_.swap(larger);
            }
            ring_[tail_++ & (ring_.size() - 1)] = timer;
        }

    private:
        std::vector<Timer> ring_ = std::vector<Timer>(256);
        std::size_t head_ = 0;
        std::size_t tail_ = 0;
    };

    void take(BareEvent const& event) {
        if (event.kind == Arrival) {
            ++requests_;
            heap_.push(now_ + draws_.exponential(arrivalGap), Arrival, 0);
            enter(newJob(0, nobody, 1));
        } else if (event.kind + 1 < stationCount) {
            call(event.job);
        } else {
            end(event.job, true);
        }
    }

    void expire(Timer const& timer) {
        Job const& job = jobs_[timer.job];
        bool const isPending =
            job.generation == timer.generation && job.waits && job.attempts == timer.attempt;
        if (isPending) {
            again(timer.job);
        }
    }

    std::uint32_t newJob(unsigned station, std::uint32_t caller, int attempt) {
        if (free_.empty()) {
            free_.push_back(static_cast<std::uint32_t>(jobs_.size()));
            jobs_.push_back({});
        }
        std::uint32_t const number = free_.back();
        free_.pop_back();
        Job& job = jobs_[number];
        job.arrived = now_;
        job.caller = caller;
        job.callerGeneration = caller == nobody ? 0 : jobs_[caller].generation;
        job.station = static_cast<std::uint8_t>(station);
        job.attempt = static_cast<std::uint8_t>(attempt);
        job.attempts = 0;
        job.waits = false;
        return number;
    }

    void enter(std::uint32_t job) {
        Station& station = stations_[jobs_[job].station];
        if (station.idle > 0) {
            --station.idle;
            start(job);
        } else {
            station.queue.push(job);
        }
    }

    void start(std::uint32_t job) {
        unsigned const station = jobs_[job].station;
        heap_.push(now_ + draws_.exponential(stations_[station].work), station, job);
    }

    void call(std::uint32_t caller) {
        Job& job = jobs_[caller];
        job.waits = true;
        ++job.attempts;
        timers_.push({now_ + timeout, caller, job.generation, job.attempts});
        enter(newJob(job.station + 1U, caller, job.attempts));
    }

    void again(std::uint32_t caller) {
        if (jobs_[caller].attempts < mostAttempts) {
            call(caller);
        } else {
            end(caller, false);
        }
    }

    void end(std::uint32_t number, bool isOk) {
        Job const job = jobs_[number];
        ++jobs_[number].generation;
        free_.push_back(number);
        Station& station = stations_[job.station];
        if (station.queue.empty()) {
            ++station.idle;
        } else {
            start(station.queue.pop());
        }
        if (job.caller == nobody) {
            latency_ += isOk ? static_cast<double>(now_ - job.arrived) : 0;
            succeeded_ += isOk ? 1 : 0;
            return;
        }
        Job& caller = jobs_[job.caller];
        bool const isAwaited = caller.generation == job.callerGeneration && caller.waits
                               && caller.attempts == job.attempt;
        if (!isAwaited) {
            return;
        }
        caller.waits = false;
        if (isOk) {
            end(job.caller, true);
        } else {
            again(job.caller);
        }
    }

    static constexpr std::uint32_t nobody = ~0U;

    BareHeap heap_;
    BareDraws draws_{1};
    Timers timers_;
    std::array<Station, stationCount> stations_ = chainStations();
    std::vector<Job> jobs_;
    std::vector<std::uint32_t> free_;
    std::int64_t now_ = 0;
    std::uint64_t requests_ = 0;
    std::uint64_t succeeded_ = 0;
    double latency_ = 0;
};

class Fan {
public:
    Done play(double seconds) {
        auto const end = static_cast<std::int64_t>(seconds * secondInNs);
        queue_.push(draws_.exponential(rootGap), Arrival, 0);
        Done done;
        while (!queue_.empty()) {
            BareEvent const event = queue_.pop();
            if (event.at >= end) {
                break;
            }
            ++done.events;
            now_ = event.at;
            if (event.kind == Arrival) {
                arrive();
            } else {
                answer(event.job);
            }
        }
        done.requests = requests_;
        done.meanMilliseconds = latency_ / static_cast<double>(ended_) / msInNs;
        return done;
    }

private:
    static constexpr double rootGap = secondInNs / 2000;
    static constexpr std::uint32_t leafCount = 100;

    struct Root {
        std::int64_t arrived;
        int missing;
    };

    // The job of an event is root * leafCount + leaf.
    void arrive() {
        ++requests_;
        queue_.push(now_ + draws_.exponential(rootGap), Arrival, 0);
        if (free_.empty()) {
            free_.push_back(static_cast<std::uint32_t>(roots_.size()));
            roots_.push_back({});
        }
        std::uint32_t const root = free_.back();
        free_.pop_back();
        roots_[root] = {now_, static_cast<int>(leafCount)};
        for (std::uint32_t leaf = 0; leaf < leafCount; ++leaf) {
            std::uint32_t const job = root * leafCount + leaf;
            if (idle_[leaf] > 0) {
                --idle_[leaf];
                start(job);
            } else {
                waiting_[leaf].push(job);
            }
        }
    }

    void start(std::uint32_t job) { queue_.push(now_ + draws_.lognormal(msInNs, 1), 0, job); }

    void answer(std::uint32_t job) {
        std::uint32_t const leaf = job % leafCount;
        if (waiting_[leaf].empty()) {
            ++idle_[leaf];
        } else {
            start(waiting_[leaf].pop());
        }
        Root& root = roots_[job / leafCount];
        if (--root.missing == 0) {
            latency_ += static_cast<double>(now_ - root.arrived);
            ++ended_;
            free_.push_back(job / leafCount);
        }
    }

    LadderQueue queue_;
    BareDraws draws_{1};
    std::array<int, leafCount> idle_ = [] {
        std::array<int, leafCount> idle{};
        idle.fill(100);
        return idle;
    }();
    std::array<Ring, leafCount> waiting_;
    std::vector<Root> roots_;
    std::vector<std::uint32_t> free_;
    std::int64_t now_ = 0;
    std::uint64_t requests_ = 0;
    std::uint64_t ended_ = 0;
    double latency_ = 0;
};

} // namespace

Done bareChain(double seconds) {
    return Chain().play(seconds);
}

Done bareChainWithTimeouts(double seconds) {
    return ChainWithTimeouts().play(seconds);
}

Done bareFan(double seconds) {
    return Fan().play(seconds);
}

Done holdOfPriorityQueue(std::size_t pending, double events) {
    struct Pending {
        std::int64_t at;
        std::uint64_t order;
        std::uint32_t kind;
        std::uint32_t job;
        bool operator>(Pending const& other) const {
            return at != other.at ? at > other.at : order > other.order;
        }
    };
    std::priority_queue<Pending, std::vector<Pending>, std::greater<>> queue;
    BareDraws draws(1);
    std::uint64_t order = 0;
    for (std::size_t i = 0; i < pending; ++i) {
        queue.push({draws.exponential(msInNs), order++, 0, static_cast<std::uint32_t>(i)});
    }
    Done done;
    done.events = static_cast<std::uint64_t>(events);
    done.requests = done.events;
    for (std::uint64_t i = 0; i < done.events; ++i) {
        Pending const next = queue.top();
        queue.pop();
        queue.push({next.at + draws.exponential(msInNs), order++, next.kind, next.job});
    }
    done.meanMilliseconds = static_cast<double>(queue.top().at) / msInNs;
    return done;
}

} // namespace shakedown::bench
