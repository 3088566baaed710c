#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::kernel {

/// (time, class, order of scheduling, payload slot) as one 128-bit number, so that comparing two
/// entries is one branch-free comparison.
__extension__ using CalendarKey = unsigned __int128;

constexpr SimTime timeOf(CalendarKey key) {
    return SimTime::atNanoseconds(static_cast<std::int64_t>(static_cast<std::uint64_t>(key >> 64)));
}

/// Keys, smallest first. A few lie in a sorted row, more in a 4-ary heap. Of many only the nearest
/// do; the others wait in buckets of time, unsorted, until their turn comes: the ladder queue of
/// Tang, Goh and Thng (ACM TOMACS 15(3), 2005) with a heap as its lowest rung. Push and pop take
/// constant time on average.
class KeyQueue {
public:
    std::size_t size() const { return near_ + far_; }

    void push(CalendarKey key) {
        if (timeOf(key) >= nearEnd_)
            return pushFar(key);
        pushNear(key);
        if (near_ > mostNear && nearEnd_ == SimTime::never())
            spill();
    }

    /// Of a queue that is not empty.
    CalendarKey top() {
        if (near_ == 0)
            refill();
        return keys_[nearest()];
    }
    /// The top if it is at hand, else null.
    CalendarKey const* glance() const { return near_ == 0 ? nullptr : &keys_[nearest()]; }
    /// Takes the top; `top` was called before.
    void pop() {
        --near_;
        if (isRow_)
            return;
        std::size_t const lastIndex = root + near_;
        CalendarKey const last = keys_[lastIndex];
        keys_[lastIndex] = highest;
        if (near_ > 0)
            siftDown(root, last);
        if (near_ < fewNear && far_ == 0)
            heapToRow();
    }

    /// Drops the keys for which `isUnwanted(key)` holds.
    template <class Predicate>
    void drop(Predicate&& isUnwanted) {
        std::vector<CalendarKey> all;
        all.reserve(size());
        forEach([&](CalendarKey key) {
            if (!isUnwanted(key))
                all.push_back(key);
        });
        assign(std::move(all));
    }

private:
    // The root stands at 3, so that the four children of a node share a cache line.
    static constexpr std::size_t root = 3;
    static constexpr std::size_t childOf(std::size_t i) { return 4 * (i - 2); }
    static constexpr std::size_t parentOf(std::size_t i) { return i / 4 + 2; }
    static constexpr CalendarKey highest = ~CalendarKey{0};

    static constexpr std::size_t longestRow = 32;
    static constexpr std::size_t fewNear = 12;   // then a heap becomes a row
    static constexpr std::size_t mostNear = 512; // then the far ones go to the ladder
    static constexpr std::size_t batch = 256;    // keys moved to the heap at a time, about
    static constexpr std::size_t mostRungs = 8;
    static constexpr std::size_t mostBuckets = 1U << 20;

    /// A stretch of time cut into equal buckets, those before `next` already taken.
    struct Rung {
        std::int64_t start = 0;
        std::int64_t width = 1;
        std::size_t next = 0;
        std::size_t count = 0;
        std::vector<std::vector<CalendarKey>> buckets;

        std::int64_t nextStart() const { return start + static_cast<std::int64_t>(next) * width; }
    };

    std::size_t nearest() const { return isRow_ ? root + near_ - 1 : root; }

    void pushNear(CalendarKey key) {
        if (root + near_ + 5 >= keys_.size())
            growKeys();
        if (!isRow_)
            return pushIntoHeap(key);
        CalendarKey* const first = keys_.data() + root;
        CalendarKey* place = first + near_++;
        for (; place != first && place[-1] < key; --place)
            *place = place[-1];
        *place = key;
        if (near_ > longestRow)
            rowToHeap();
    }

    void pushIntoHeap(CalendarKey key) {
        std::size_t hole = root + near_++;
        while (hole > root) {
            std::size_t const parent = parentOf(hole);
            if (keys_[parent] <= key)
                break;
            keys_[hole] = keys_[parent];
            hole = parent;
        }
        keys_[hole] = key;
    }

    void siftDown(std::size_t hole, CalendarKey key) {
        std::size_t const end = root + near_;
        CalendarKey* const keys = keys_.data();
        for (;;) {
            std::size_t const child = childOf(hole);
            if (child >= end)
                break;
            // Places beyond the end hold `highest`, so all four children may be read.
            std::size_t const left = child + (keys[child + 1] < keys[child] ? 1 : 0);
            std::size_t const right = child + 2 + (keys[child + 3] < keys[child + 2] ? 1 : 0);
            std::size_t const least = keys[right] < keys[left] ? right : left;
            if (key <= keys[least])
                break;
            keys[hole] = keys[least];
            hole = least;
        }
        keys[hole] = key;
    }

    template <class F>
    void forEach(F&& f) const {
        for (std::size_t i = 0; i < near_; ++i)
            f(keys_[root + i]);
        for (std::size_t r = 0; r < rungCount_; ++r)
            for (std::size_t b = rungs_[r].next; b < rungs_[r].count; ++b)
                for (CalendarKey const key : rungs_[r].buckets[b])
                    f(key);
        for (CalendarKey const key : top_)
            f(key);
    }

    void growKeys();
    void rowToHeap();
    void heapToRow();
    void makeEmptyHeap();
    void pushFar(CalendarKey key);
    void spill();
    void refill();
    void spreadTop();
    void assign(std::vector<CalendarKey> keys);
    void takeAllNear(std::vector<CalendarKey>& keys);
    Rung& addRung(std::int64_t start, std::int64_t span, std::size_t buckets);
    static void place(Rung& rung, CalendarKey key);

    std::vector<CalendarKey> keys_; // the heap, or the row with the smallest key last
    std::size_t near_ = 0;          // keys in it
    bool isRow_ = true;
    SimTime nearEnd_ = SimTime::never(); // what lies before it goes here

    std::vector<Rung> rungs_; // each finer than the one before and inside its next bucket
    std::size_t rungCount_ = 0;
    SimTime topStart_ = SimTime::never(); // behind the rungs
    std::vector<CalendarKey> top_;
    std::size_t far_ = 0; // keys in rungs and top
    std::vector<CalendarKey> taken_;
};

} // namespace shakedown::kernel
