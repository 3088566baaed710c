#include "reports/summary/comparison.hpp"

#include <algorithm>
#include <cmath>

namespace shakedown::summary {

namespace {

using model::ValueUnit;

enum class Wanted { High, Low };

constexpr double noticeable = 0.02;
constexpr double noticeableShare = 0.001;

bool differs(Figure const& before, Figure const& now, ValueUnit unit) {
    if (before.bounds && now.bounds) {
        return before.bounds->high < now.bounds->low || now.bounds->high < before.bounds->low;
    }
    double const gap = std::abs(now.value - before.value);
    bool const isTiny = unit == ValueUnit::Share && gap <= noticeableShare;
    return !isTiny && gap > noticeable * std::max(std::abs(before.value), std::abs(now.value));
}

Difference difference(char const* metric, ValueUnit unit, Wanted wanted, Figure const& before,
                      Figure const& now) {
    Difference d{metric,    unit,         before.value,
                 now.value, Change::Same, before.bounds.has_value() && now.bounds.has_value()};
    if (differs(before, now, unit)) {
        bool const rose = now.value > before.value;
        d.change = rose == (wanted == Wanted::High) ? Change::Better : Change::Worse;
    }
    return d;
}

LoadFigures const* find(PastRun const& run, std::string const& name) {
    auto const found = std::find_if(run.loads.begin(), run.loads.end(),
                                    [&](LoadFigures const& l) { return l.name == name; });
    return found == run.loads.end() ? nullptr : &*found;
}

} // namespace

Comparison compared(PastRun const& before, PastRun const& now) {
    Comparison all;
    for (auto const& load : now.loads) {
        LoadFigures const* const then = find(before, load.name);
        if (then == nullptr) {
            all.onlyNow.push_back(load.name);
            continue;
        }
        all.loads.push_back(
            {load.name,
             {difference("goodput", ValueUnit::PerSecond, Wanted::High, then->goodput,
                         load.goodput),
              difference("p50", ValueUnit::Seconds, Wanted::Low, then->p50, load.p50),
              difference("p99", ValueUnit::Seconds, Wanted::Low, then->p99, load.p99),
              difference("errors", ValueUnit::Share, Wanted::Low, then->errors, load.errors)}});
    }
    for (auto const& load : before.loads) {
        if (find(now, load.name) == nullptr) {
            all.onlyBefore.push_back(load.name);
        }
    }
    return all;
}

} // namespace shakedown::summary
