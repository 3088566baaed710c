#include "sim/kernel/key_queue.hpp"

#include <algorithm>
#include <functional>

#include "scenarios/vocabulary/require.hpp"

namespace shakedown::kernel {

void KeyQueue::growKeys() {
    keys_.resize(std::max<std::size_t>(256, keys_.size() * 2), highest);
}

// A row from the smallest key to the largest is a heap.
void KeyQueue::rowToHeap() {
    auto const first = keys_.begin() + root;
    auto const end = first + static_cast<std::ptrdiff_t>(near_);
    std::reverse(first, end);
    std::fill(end, keys_.end(), highest);
    isRow_ = false;
}

void KeyQueue::heapToRow() {
    auto const first = keys_.begin() + root;
    std::sort(first, first + static_cast<std::ptrdiff_t>(near_), std::greater<>());
    isRow_ = true;
}

void KeyQueue::makeEmptyHeap() {
    std::fill(keys_.begin(), keys_.end(), highest);
    near_ = 0;
    isRow_ = false;
}

void KeyQueue::place(Rung& rung, CalendarKey key) {
    auto const bucket = static_cast<std::size_t>((timeOf(key).count() - rung.start) / rung.width);
    rung.buckets[bucket].push_back(key);
}

void KeyQueue::pushFar(CalendarKey key) {
    ++far_;
    SimTime const at = timeOf(key);
    if (at >= topStart_) {
        top_.push_back(key);
        return;
    }
    for (std::size_t r = 0; r < rungCount_; ++r)
        if (at.count() >= rungs_[r].nextStart())
            return place(rungs_[r], key);
    require(false, "a far key lies in a rung or behind them");
}

// The heap has grown too large to be fast: all but its nearest keys go to the top of the ladder.
void KeyQueue::spill() {
    std::vector<CalendarKey> all(keys_.begin() + root,
                                 keys_.begin() + static_cast<std::ptrdiff_t>(root + near_));
    auto const cut = all.begin() + batch;
    std::nth_element(all.begin(), cut, all.end());
    SimTime const end = timeOf(*cut);
    makeEmptyHeap();
    nearEnd_ = topStart_ = end;
    for (CalendarKey const key : all) {
        if (timeOf(key) < end)
            pushNear(key);
        else
            pushFar(key);
    }
}

void KeyQueue::takeAllNear(std::vector<CalendarKey>& keys) {
    far_ -= keys.size();
    for (CalendarKey const key : keys)
        pushNear(key);
    keys.clear();
}

KeyQueue::Rung& KeyQueue::addRung(std::int64_t start, std::int64_t span, std::size_t buckets) {
    if (rungCount_ == rungs_.size())
        rungs_.emplace_back();
    Rung& rung = rungs_[rungCount_++];
    rung.start = start;
    rung.count = std::min(buckets, mostBuckets);
    rung.width = span / static_cast<std::int64_t>(rung.count) + 1;
    rung.next = 0;
    if (rung.buckets.size() < rung.count)
        rung.buckets.resize(rung.count);
    return rung;
}

// Keys that will never come due stay on top.
void KeyQueue::spreadTop() {
    auto const firstNever = std::partition(
        top_.begin(), top_.end(), [](CalendarKey key) { return timeOf(key) != SimTime::never(); });
    auto const count = static_cast<std::size_t>(firstNever - top_.begin());
    if (count <= batch) {
        nearEnd_ = topStart_ = SimTime::never();
        takeAllNear(top_);
        return;
    }
    auto const [least, most] = std::minmax_element(top_.begin(), firstNever);
    std::int64_t const start = timeOf(*least).count();
    Rung& rung = addRung(start, timeOf(*most).count() - start + 1, count);
    for (auto key = top_.begin(); key != firstNever; ++key)
        place(rung, *key);
    top_.erase(top_.begin(), firstNever);
    // The last bucket may reach beyond the latest key; what comes behind it goes on top.
    std::int64_t const room = SimTime::never().count() - start;
    auto const buckets = static_cast<std::int64_t>(rung.count);
    bool const fits = rung.width <= room / buckets;
    topStart_ = fits ? SimTime::atNanoseconds(start + buckets * rung.width) : SimTime::never();
}

void KeyQueue::refill() {
    require(far_ > 0, "an empty queue has no next key");
    while (near_ == 0) {
        if (rungCount_ == 0) {
            spreadTop();
            continue;
        }
        Rung& rung = rungs_[rungCount_ - 1];
        while (rung.next < rung.count && rung.buckets[rung.next].empty())
            ++rung.next;
        if (rung.next == rung.count) {
            --rungCount_;
            continue;
        }
        std::int64_t const start = rung.nextStart();
        std::int64_t const width = rung.width;
        taken_.swap(rung.buckets[rung.next]);
        ++rung.next;
        if (taken_.size() <= batch || rungCount_ == mostRungs || width == 1) {
            nearEnd_ = SimTime::atNanoseconds(start + width);
            takeAllNear(taken_);
            return;
        }
        Rung& finer = addRung(start, width, taken_.size());
        for (CalendarKey const key : taken_)
            place(finer, key);
        taken_.clear();
    }
}

void KeyQueue::assign(std::vector<CalendarKey> keys) {
    makeEmptyHeap();
    for (std::size_t r = 0; r < rungCount_; ++r)
        for (auto& bucket : rungs_[r].buckets)
            bucket.clear();
    far_ = rungCount_ = 0;
    top_.clear();
    nearEnd_ = topStart_ = SimTime::never();
    for (CalendarKey const key : keys)
        push(key);
}

} // namespace shakedown::kernel
