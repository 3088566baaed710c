#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "tests/bench/bare_heap.hpp"

namespace shakedown::bench {

/// The ladder queue of Tang, Goh and Thng (ACM TOMACS 15(3), 2005): far events lie unsorted, near
/// ones in buckets, the nearest bucket sorted. Push and pop take constant time on average.
class LadderQueue {
public:
    void push(std::int64_t at, unsigned kind, std::uint32_t job) {
        std::uint64_t const low = (order_++ << 26) | (std::uint64_t{kind} << 22) | job;
        insert((static_cast<BareKey>(static_cast<std::uint64_t>(at)) << 64) | low);
        ++size_;
    }

    bool empty() const { return size_ == 0; }

    BareEvent pop() {
        if (bottom_.empty()) {
            refill();
        }
        BareKey const key = bottom_.back();
        bottom_.pop_back();
        --size_;
        auto const low = static_cast<std::uint64_t>(key);
        return {timeOf(key), static_cast<unsigned>(low >> 22) & 15U,
                static_cast<std::uint32_t>(low & 0x3fffffU)};
    }

private:
    static constexpr std::size_t mostSorted = 48;
    static constexpr std::size_t mostRungs = 8;

    struct Rung {
        std::int64_t start = 0; // of the first bucket
        std::int64_t width = 1;
        std::size_t next = 0;  // bucket not yet taken
        std::size_t count = 0; // buckets in use
        std::vector<std::vector<BareKey>> buckets;

        std::int64_t nextStart() const { return start + static_cast<std::int64_t>(next) * width; }
    };

    static std::int64_t timeOf(BareKey key) { return static_cast<std::int64_t>(key >> 64); }

    void insert(BareKey key) {
        std::int64_t const at = timeOf(key);
        if (at >= topStart_) {
            top_.push_back(key);
            topEnd_ = std::max(topEnd_, at);
            return;
        }
        for (std::size_t r = 0; r < rungCount_; ++r) {
            if (at >= rungs_[r].nextStart()) {
                place(rungs_[r], key);
                return;
            }
        }
        // Sorted backwards, so that the next stands at the end.
        auto const behind = std::find_if(bottom_.rbegin(), bottom_.rend(),
                                         [&](BareKey other) { return other > key; });
        bottom_.insert(behind.base(), key);
    }

    static void place(Rung& rung, BareKey key) {
        auto const bucket = static_cast<std::size_t>((timeOf(key) - rung.start) / rung.width);
        rung.buckets[bucket].push_back(key);
    }

    Rung& addRung(std::int64_t start, std::int64_t span, std::size_t buckets) {
        if (rungCount_ == rungs_.size()) {
            rungs_.emplace_back();
        }
        Rung& rung = rungs_[rungCount_++];
        rung.start = start;
        rung.width = span / static_cast<std::int64_t>(buckets) + 1;
        rung.next = 0;
        rung.count = buckets;
        if (rung.buckets.size() < buckets) {
            rung.buckets.resize(buckets);
        }
        return rung;
    }

    void spreadTop() {
        std::int64_t const start = timeOf(*std::min_element(top_.begin(), top_.end()));
        Rung& rung = addRung(start, topEnd_ - start + 1, top_.size());
        for (BareKey const key : top_) {
            place(rung, key);
        }
        topStart_ = rung.start + static_cast<std::int64_t>(rung.count) * rung.width;
        topEnd_ = topStart_;
        top_.clear();
    }

    void refill() {
        for (;;) {
            if (rungCount_ == 0) {
                spreadTop();
            }
            Rung& rung = rungs_[rungCount_ - 1];
            while (rung.next < rung.count && rung.buckets[rung.next].empty()) {
                ++rung.next;
            }
            if (rung.next == rung.count) {
                --rungCount_;
                continue;
            }
            taken_.swap(rung.buckets[rung.next]);
            std::int64_t const start = rung.nextStart();
            std::int64_t const width = rung.width;
            ++rung.next;
            if (taken_.size() <= mostSorted || rungCount_ == mostRungs || width == 1) {
                std::sort(taken_.begin(), taken_.end(), std::greater<>());
                bottom_.swap(taken_);
                taken_.clear();
                return;
            }
            Rung& finer = addRung(start, width, taken_.size());
            for (BareKey const key : taken_) {
                place(finer, key);
            }
            taken_.clear();
        }
    }

    std::vector<BareKey> top_;
    std::int64_t topStart_ = 0;
    std::int64_t topEnd_ = 0;
    std::vector<Rung> rungs_;
    std::size_t rungCount_ = 0;
    std::vector<BareKey> bottom_;
    std::vector<BareKey> taken_;
    std::uint64_t order_ = 0;
    std::size_t size_ = 0;
};

} // namespace shakedown::bench
