#include "reports/formats/lanes.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <queue>
#include <utility>

namespace shakedown::formats {

namespace {

template <class T>
using LowestFirst = std::priority_queue<T, std::vector<T>, std::greater<>>;

} // namespace

std::vector<std::size_t> lanesOf(std::vector<Stretch> const& stretches, Duration gap) {
    std::vector<std::size_t> order(stretches.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return stretches[a].begin < stretches[b].begin;
    });
    LowestFirst<std::pair<SimTime, std::size_t>> taken; // until when, lane
    LowestFirst<std::size_t> free;
    std::size_t count = 0;
    std::vector<std::size_t> lanes(stretches.size());
    for (std::size_t const i : order) {
        while (!taken.empty() && taken.top().first <= stretches[i].begin) {
            free.push(taken.top().second);
            taken.pop();
        }
        if (free.empty()) {
            free.push(count++);
        }
        lanes[i] = free.top();
        free.pop();
        taken.emplace(stretches[i].end + gap, lanes[i]);
    }
    return lanes;
}

} // namespace shakedown::formats
