#include "reports/summary/comparison.hpp"

#include <algorithm>
#include <map>

#include "reports/measure/holm.hpp"
#include "reports/summary/samples.hpp"

namespace shakedown::summary {

namespace {

void adjust(std::vector<LoadComparison>& loads) {
    std::vector<double> p;
    for (auto const& load : loads) {
        for (auto const& d : load.differences) {
            if (d.p) {
                p.push_back(*d.p);
            }
        }
    }
    auto const adjusted = measure::holmAdjusted(p);
    auto next = adjusted.begin();
    for (auto& load : loads) {
        for (auto& d : load.differences) {
            if (d.p) {
                d.adjusted = *next++;
            }
        }
    }
}

Change changeOf(Difference const& d, Wanted wanted) {
    if (!d.before || !d.now) {
        return Change::OneSided;
    }
    if (!d.interval) {
        return d.value == 0 ? Change::Same : Change::Undecided;
    }
    if (!d.isSignificant() || !d.isNoticeable()) {
        return Change::Same;
    }
    return (d.value > 0) == (wanted == Wanted::High) ? Change::Better : Change::Worse;
}

// A degraded answer is better than none and worse than a full one: taken to be half of one. Where
// degraded answers took the place of errors, or the other way round, errors alone are judged.
void judgeDegraded(Difference& degraded, Difference const& errors) {
    double const loss = errors.value + degraded.value / 2;
    if (degraded.change == Change::Worse && errors.change == Change::Better && loss <= 0) {
        degraded.change = Change::More;
    } else if (degraded.change == Change::Better && errors.change == Change::Worse && loss >= 0) {
        degraded.change = Change::Less;
    }
}

void judge(LoadComparison& load) {
    for (std::size_t i = 0; i < metrics.size(); ++i) {
        load.differences[i].change = changeOf(load.differences[i], metrics[i].wanted);
    }
    judgeDegraded(load.differences[DegradedRow], load.differences[ErrorsRow]);
}

Overall overallOf(Comparison const& all) {
    bool const better = all.has(Change::Better);
    bool const worse = all.has(Change::Worse);
    // What is better may have been bought with what nobody can tell.
    if (better && !worse && all.has(Change::Undecided)) {
        return Overall::Undecided;
    }
    if (better || worse) {
        return better && worse ? Overall::Mixed : better ? Overall::Better : Overall::Worse;
    }
    if (all.loads.empty()) {
        return Overall::Nothing;
    }
    return all.has(Change::Undecided) ? Overall::Undecided : Overall::Same;
}

std::map<std::string, PastLoad const*> byName(PastRun const& run) {
    std::map<std::string, PastLoad const*> loads;
    for (auto const& load : run.loads) {
        loads.emplace(load.name, &load);
    }
    return loads;
}

// What neither side has a value of is no number of this load.
bool hasNoValue(Difference const& d) {
    return !d.before && !d.now;
}

} // namespace

bool Comparison::has(Change change) const {
    return std::any_of(loads.begin(), loads.end(), [&](LoadComparison const& load) {
        return std::any_of(load.differences.begin(), load.differences.end(),
                           [&](Difference const& d) { return d.change == change; });
    });
}

bool Comparison::isEqual() const {
    auto const isNothing = [](Difference const& d) {
        return d.before && d.now && d.value == 0
               && (!d.interval || (d.interval->low == 0 && d.interval->high == 0));
    };
    return !loads.empty() && onlyBefore.empty() && onlyNow.empty()
           && std::all_of(loads.begin(), loads.end(), [&](LoadComparison const& load) {
                  return std::all_of(load.differences.begin(), load.differences.end(), isNothing);
              });
}

Comparison compared(PastRun const& before, PastRun const& now, Noticeable const& noticeable) {
    Comparison all;
    Alignment const alignment = aligned(before, now);
    all.isPaired = alignment.isPaired;
    all.noticeable = noticeable;
    auto const then = byName(before);
    for (auto const& load : now.loads) {
        auto const found = then.find(load.name);
        if (found == then.end()) {
            all.onlyNow.push_back(load.name);
            continue;
        }
        LoadComparison both{load.name, {}};
        for (std::size_t row = 0; row < metrics.size(); ++row) {
            both.differences.push_back(measured(row, *found->second, load, alignment, noticeable));
        }
        all.loads.push_back(std::move(both));
    }
    auto const later = byName(now);
    for (auto const& load : before.loads) {
        if (!later.contains(load.name)) {
            all.onlyBefore.push_back(load.name);
        }
    }
    adjust(all.loads);
    for (auto& load : all.loads) {
        judge(load);
        std::erase_if(load.differences, hasNoValue);
    }
    all.overall = overallOf(all);
    return all;
}

} // namespace shakedown::summary
