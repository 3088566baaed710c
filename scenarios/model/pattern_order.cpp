#include "scenarios/model/pattern_order.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace shakedown::model {

namespace {

// What may move, in its usual order.
constexpr std::array guards = {Pattern::CircuitBreaker, Pattern::RateLimit, Pattern::Timeout,
                               Pattern::Bulkhead};
// Where each of the others stands: before the guards, between those around all attempts and those
// of each, or behind them.
constexpr std::array outer = {Pattern::Fallback, Pattern::Deadline};
constexpr std::array middle = {Pattern::Retry, Pattern::Hedge, Pattern::Balance};
constexpr std::array inner = {Pattern::Connection, Pattern::Network};

bool isGuard(Pattern p) {
    return std::find(guards.begin(), guards.end(), p) != guards.end();
}
template <class List>
bool holds(List const& list, Pattern p) {
    return std::find(list.begin(), list.end(), p) != list.end();
}

// Stages of what does not move; guards may stand before and behind the middle.
int stageOf(Pattern p) {
    return holds(outer, p) ? 0 : holds(middle, p) ? 2 : holds(inner, p) ? 4 : -1;
}

struct Guards {
    std::vector<Pattern> around;
    std::vector<Pattern> ofEach;
};

// Those before the retry are around it; without a word about it all are of each attempt.
Guards guardsOf(std::vector<Pattern> const& said) {
    auto const isMiddle = [](Pattern p) { return holds(middle, p); };
    auto const retry = std::find_if(said.begin(), said.end(), isMiddle);
    Guards found;
    for (auto p = said.begin(); p != said.end(); ++p)
        if (isGuard(*p))
            (retry != said.end() && p < retry ? found.around : found.ofEach).push_back(*p);
    for (std::size_t i = 0; i < guards.size(); ++i) {
        if (holds(said, guards[i]))
            continue;
        auto place = found.ofEach.begin();
        for (std::size_t before = 0; before < i; ++before) {
            auto const at = std::find(place, found.ofEach.end(), guards[before]);
            place = at == found.ofEach.end() ? place : at + 1;
        }
        found.ofEach.insert(place, guards[i]);
    }
    return found;
}

} // namespace

std::vector<Pattern> wholeOrder(std::vector<Pattern> const& said) {
    Guards const found = guardsOf(said);
    std::vector<Pattern> order(outer.begin(), outer.end());
    order.insert(order.end(), found.around.begin(), found.around.end());
    order.insert(order.end(), middle.begin(), middle.end());
    order.insert(order.end(), found.ofEach.begin(), found.ofEach.end());
    order.insert(order.end(), inner.begin(), inner.end());
    return order;
}

std::optional<std::string> impossibleOrder(std::vector<Pattern> const& said) {
    for (auto const pattern : said)
        if (std::count(said.begin(), said.end(), pattern) > 1)
            return "a pattern stands twice in this order";
    auto const whole = wholeOrder(said);
    bool const isPossible = std::is_sorted(said.begin(), said.end(), [&](Pattern a, Pattern b) {
        return std::find(whole.begin(), whole.end(), a) < std::find(whole.begin(), whole.end(), b);
    });
    if (isPossible)
        return std::nullopt;
    std::vector<Pattern> fixed;
    std::copy_if(said.begin(), said.end(), std::back_inserter(fixed),
                 [](Pattern p) { return !isGuard(p); });
    bool const isFixed = std::is_sorted(fixed.begin(), fixed.end(), [](Pattern a, Pattern b) {
        return std::pair(stageOf(a), a) < std::pair(stageOf(b), b);
    });
    if (!isFixed)
        return "fallback, deadline, retry, hedge, balance, connection and network keep their "
               "order";
    return "the circuit breaker, the rate limit, the timeout and the bulkhead stand between "
           "deadline and retry, or between balance and connection";
}

} // namespace shakedown::model
