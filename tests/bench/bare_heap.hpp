#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace shakedown::bench {

__extension__ using BareKey = unsigned __int128;

/// An event packed into 16 bytes: time, order, kind and the job it is about.
struct BareEvent {
    std::int64_t at;
    unsigned kind;
    std::uint32_t job;
};

/// A 4-ary heap of packed events whose search for the least child has no branch.
class BareHeap {
public:
    BareHeap() : keys_(1024, highest) {}

    void push(std::int64_t at, unsigned kind, std::uint32_t job) {
        if (size_ + 8 >= keys_.size()) {
            keys_.resize(keys_.size() * 2, highest);
        }
        std::uint64_t const low = (order_++ << 26) | (std::uint64_t{kind} << 22) | job;
        BareKey const key = (static_cast<BareKey>(static_cast<std::uint64_t>(at)) << 64) | low;
        std::size_t hole = root + size_++;
        while (hole > root && keys_[hole / 4 + 2] > key) {
            keys_[hole] = keys_[hole / 4 + 2];
            hole = hole / 4 + 2;
        }
        keys_[hole] = key;
    }

    bool empty() const { return size_ == 0; }
    std::int64_t nextTime() const { return static_cast<std::int64_t>(keys_[root] >> 64); }

    BareEvent pop() {
        BareKey const top = keys_[root];
        BareKey const last = keys_[root + --size_];
        keys_[root + size_] = highest;
        if (size_ > 0) {
            siftDown(last);
        }
        auto const low = static_cast<std::uint64_t>(top);
        return {static_cast<std::int64_t>(top >> 64), static_cast<unsigned>(low >> 22) & 15U,
                static_cast<std::uint32_t>(low & 0x3fffffU)};
    }

private:
    static constexpr std::size_t root = 3; // so that four children share a cache line
    static constexpr BareKey highest = ~BareKey{0};

    void siftDown(BareKey key) {
        BareKey* const keys = keys_.data();
        std::size_t hole = root;
        for (std::size_t child = 4 * (hole - 2); child < root + size_; child = 4 * (hole - 2)) {
            std::size_t const left = child + (keys[child + 1] < keys[child] ? 1 : 0);
            std::size_t const right = child + 2 + (keys[child + 3] < keys[child + 2] ? 1 : 0);
            std::size_t const least = keys[right] < keys[left] ? right : left;
            if (key <= keys[least]) {
                break;
            }
            keys[hole] = keys[least];
            hole = least;
        }
        keys[hole] = key;
    }

    std::vector<BareKey> keys_;
    std::size_t size_ = 0;
    std::uint64_t order_ = 0;
};

} // namespace shakedown::bench
