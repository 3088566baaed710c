#include "sim/kernel/key_queue.hpp"

#include <cstdint>
#include <random>
#include <set>

#include <catch2/catch.hpp>

using namespace shakedown;
using kernel::CalendarKey;
using kernel::KeyQueue;

namespace {

/// The queue beside a sorted set of the same keys.
struct Pair {
    KeyQueue queue;
    std::set<CalendarKey> reference;
    std::uint64_t order = 0;

    void push(std::uint64_t at) {
        CalendarKey const key = (static_cast<CalendarKey>(at) << 64) | order++;
        queue.push(key);
        reference.insert(key);
    }
    /// True if both give the same.
    bool pop() {
        bool const alike = queue.top() == *reference.begin();
        queue.pop();
        reference.erase(reference.begin());
        return alike && queue.size() == reference.size();
    }
    std::uint64_t now() const {
        return reference.empty() ? 0 : static_cast<std::uint64_t>(*reference.begin() >> 64);
    }
};

/// Grows to `most` keys and shrinks to none, some times over, by steps of chance.
bool staysInOrder(std::size_t most, std::uint64_t spread, unsigned seed) {
    std::mt19937_64 random(seed);
    Pair pair;
    for (int turn = 0; turn < 4; ++turn) {
        for (std::size_t i = 0; pair.queue.size() < most; ++i) {
            pair.push(pair.now() + random() % spread);
            if (i % 5 == 0 && !pair.pop())
                return false;
        }
        while (!pair.reference.empty()) {
            if (!pair.pop())
                return false;
            if (random() % 4 == 0)
                pair.push(pair.now() + random() % spread);
        }
    }
    return pair.queue.size() == 0;
}

} // namespace

TEST_CASE("keys leave a queue of any size in their order", "[kernel]") {
    for (std::size_t const most :
         {1U, 2U, 11U, 12U, 13U, 31U, 32U, 33U, 34U, 191U, 193U, 511U, 512U, 513U, 3000U})
        for (std::uint64_t const spread : {1U, 7U, 1000U, 1U << 30}) {
            CAPTURE(most, spread);
            CHECK(staysInOrder(most, spread, static_cast<unsigned>(most)));
        }
}

TEST_CASE("keys dropped from a queue of any size are gone and the others stay in order",
          "[kernel]") {
    for (std::uint64_t const most : {1U, 10U, 32U, 100U, 1000U}) {
        Pair pair;
        std::mt19937_64 random(most);
        for (std::uint64_t i = 0; i < most; ++i)
            pair.push(random() % 5000);
        auto const isOdd = [](CalendarKey key) { return (key & 1) != 0; };
        pair.queue.drop(isOdd);
        std::erase_if(pair.reference, isOdd);
        REQUIRE(pair.queue.size() == pair.reference.size());
        while (!pair.reference.empty())
            REQUIRE(pair.pop());
    }
}
