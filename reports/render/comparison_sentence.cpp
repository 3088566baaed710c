#include "reports/render/comparison_sentence.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <vector>

#include "reports/render/difference_text.hpp"
#include "reports/render/plain_text.hpp"
#include "reports/render/quantity.hpp"

namespace shakedown::render {

namespace {

using summary::Change;
using summary::Comparison;
using summary::Difference;
using summary::DifferenceMethod;
using summary::Overall;

constexpr std::size_t namedChanges = 3;
constexpr std::size_t longestName = 40;

struct Named {
    std::string load;
    Difference const* d = nullptr;
};

std::string ofLoad(Named const& named) {
    return named.d->metric + " of " + clipped(cleaned(named.load), longestName);
}

std::string changeText(Named const& named) {
    auto const& d = *named.d;
    return ofLoad(named) + " " + differenceText(d) + ", " + sideText(d.before, d.unit) + " to "
           + sideText(d.now, d.unit);
}

std::vector<Named> allOf(Comparison const& comparison, Change change) {
    std::vector<Named> found;
    for (auto const& load : comparison.loads) {
        for (auto const& d : load.differences) {
            if (d.change == change) {
                found.push_back({load.name, &d});
            }
        }
    }
    return found;
}

// Of 0 and 1 how far two values are apart, so that all metrics can be ranked together.
double distance(Difference const& d) {
    double const larger = std::max(std::abs(d.before.value_or(0)), std::abs(d.now.value_or(0)));
    return larger > 0 ? std::abs(d.value) / larger : 0;
}

// Of each metric the load that changed most, those metrics first that tell most.
std::string mostTelling(std::vector<Named> const& changes) {
    static constexpr std::array<std::string_view, 7> byWeight{"goodput", "errors", "p99",     "p95",
                                                              "mean",    "p50",    "degraded"};
    std::string text;
    std::size_t named = 0;
    for (auto const metric : byWeight) {
        Named most;
        for (auto const& change : changes) {
            bool const isFurther = most.d == nullptr || distance(*change.d) > distance(*most.d);
            if (change.d->metric == metric && isFurther) {
                most = change;
            }
        }
        if (most.d != nullptr && named < namedChanges) {
            text += (named++ == 0 ? "" : "; ") + changeText(most);
        }
    }
    return text;
}

std::size_t countOf(Comparison const& comparison) {
    std::size_t count = 0;
    for (auto const& load : comparison.loads) {
        count += static_cast<std::size_t>(
            std::count_if(load.differences.begin(), load.differences.end(),
                          [](Difference const& d) { return !d.isSilent(); }));
    }
    return count;
}

std::string outOf(std::size_t some, Comparison const& comparison) {
    return std::to_string(some) + " of " + std::to_string(countOf(comparison)) + " numbers";
}

std::string oneWay(Comparison const& comparison, std::string const& who, Change change) {
    auto const changes = allOf(comparison, change);
    auto const undecided = allOf(comparison, Change::Undecided).size();
    return who + " is " + changeWord(change) + " in " + outOf(changes.size(), comparison) + " and "
           + (change == Change::Better ? "worse" : "better") + " in none"
           + (undecided > 0 ? ", " + std::to_string(undecided) + " undecided" : "") + ": "
           + mostTelling(changes) + ".";
}

std::string bothWays(Comparison const& comparison, std::string const& who) {
    auto const better = allOf(comparison, Change::Better);
    auto const worse = allOf(comparison, Change::Worse);
    return who + " is better in " + std::to_string(better.size()) + " and worse in "
           + outOf(worse.size(), comparison) + ". Better: " + mostTelling(better)
           + ". Worse: " + mostTelling(worse) + ".";
}

// The number that may have changed most unseen, measured by what is noticeable.
std::string hidden(Comparison const& comparison) {
    Named most;
    double largest = 0;
    for (auto const& load : comparison.loads) {
        for (auto const& d : load.differences) {
            auto const size = d.mayHide();
            double const times = !size ? 0 : *size / std::max(d.noticeable, 1e-300);
            if (times > largest) {
                largest = times;
                most = {load.name, &d};
            }
        }
    }
    return most.d == nullptr ? ""
                             : " A noticeable change may still hide behind chance (" + ofLoad(most)
                                   + ": up to " + hiddenText(*most.d) + "); more seeds show it.";
}

std::string nothingChanged(Comparison const& comparison) {
    if (comparison.isEqual()) {
        return "Every number is equal.";
    }
    return "The same: no number changed by " + noticeableText(comparison.noticeable)
           + " or more beyond chance." + hidden(comparison);
}

std::string tradedForErrors(Comparison const& comparison) {
    std::string text;
    for (auto const change : {Change::More, Change::Less}) {
        auto const found = allOf(comparison, change);
        if (!found.empty()) {
            text += std::string(" ") + (change == Change::More ? "More" : "Fewer")
                    + " answers are degraded, in place of errors: " + mostTelling(found) + ".";
        }
    }
    return text;
}

} // namespace

char const* overallWord(Overall overall) {
    switch (overall) {
    case Overall::Better:
        return "better";
    case Overall::Same:
        return "same";
    case Overall::Worse:
        return "worse";
    case Overall::Mixed:
        return "mixed";
    case Overall::Undecided:
        return "undecided";
    case Overall::Nothing:
        return "nothing";
    }
    return "";
}

std::string comparisonSentence(Comparison const& comparison, ComparedNames const& names) {
    switch (comparison.overall) {
    case Overall::Better:
        return oneWay(comparison, names.subject, Change::Better) + tradedForErrors(comparison);
    case Overall::Worse:
        return oneWay(comparison, names.subject, Change::Worse) + tradedForErrors(comparison);
    case Overall::Mixed:
        return bothWays(comparison, names.subject) + tradedForErrors(comparison);
    case Overall::Same:
        return nothingChanged(comparison);
    case Overall::Undecided:
        return (comparison.has(Change::Better)
                    ? oneWay(comparison, names.subject, Change::Better) + " "
                    : std::string())
               + "Undecided: what one replication shows may be chance; several on both sides "
                 "(--seeds "
                 "1..10) tell.";
    case Overall::Nothing:
        return "Nothing to compare: the two have no load in common.";
    }
    return "";
}

std::string comparisonMethod(Comparison const& comparison) {
    bool isWelch = false;
    for (auto const& load : comparison.loads) {
        for (auto const& d : load.differences) {
            if (d.method == DifferenceMethod::Paired) {
                return "Paired by seed: both sides met the same luck.";
            }
            isWelch = isWelch || d.method == DifferenceMethod::Welch;
        }
    }
    return isWelch ? "Not paired: the two sides have other seeds."
                   : "One replication on a side: only the mean latency has an interval, from "
                     "batches of that run, which is nearly right at best.";
}

} // namespace shakedown::render
