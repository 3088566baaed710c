#include "reports/render/comparison_text.hpp"

#include <algorithm>

#include "reports/render/difference_text.hpp"
#include "reports/render/plain_text.hpp"

namespace shakedown::render {

namespace {

using summary::Change;
using summary::Difference;
using summary::LoadComparison;

constexpr std::size_t loadsShown = 40;

std::string painted(char const* ink, std::string const& words, Colour colour) {
    return colour == Colour::Never ? words : ink + words + "\x1b[0m";
}

std::string paintedWord(Difference const& d, Colour colour) {
    std::string const word = changeWord(d.change);
    switch (d.change) {
    case Change::Better:
        return painted("\x1b[32m", word, colour);
    case Change::Worse:
        return painted("\x1b[31;1m", word, colour);
    case Change::Same:
        return d.mayHide() ? word + " (wide)" : word;
    case Change::More:
    case Change::Less:
    case Change::Undecided:
    case Change::OneSided:
        return word;
    }
    return word;
}

std::string columns(std::string const& metric, std::string const& before, std::string const& now,
                    std::string const& difference, std::string const& interval) {
    return "  " + padded(metric, 10) + padded(before, 11) + padded(now, 11) + padded(difference, 23)
           + padded(interval, 26);
}

std::string headLine(ComparedNames const& names) {
    std::string line = columns("", names.before, names.now, "difference", "95 % interval");
    line.erase(line.find_last_not_of(' ') + 1);
    return line + "\n";
}

std::string blockOf(LoadComparison const& load, Colour colour) {
    std::string out = painted("\x1b[1m", clipped(cleaned(load.name), 80), colour) + "\n";
    for (auto const& d : load.differences) {
        if (!d.isSilent()) {
            out += columns(d.metric, sideText(d.before, d.unit), sideText(d.now, d.unit),
                           differenceText(d), intervalText(d))
                   + paintedWord(d, colour) + "\n";
        }
    }
    return out;
}

bool hasChanged(LoadComparison const& load) {
    return std::any_of(load.differences.begin(), load.differences.end(),
                       [](Difference const& d) { return d.change != Change::Same; });
}

std::vector<LoadComparison const*> shownLoads(summary::Comparison const& comparison) {
    std::vector<LoadComparison const*> loads;
    for (auto const& load : comparison.loads) {
        loads.push_back(&load);
    }
    if (loads.size() > loadsShown) {
        std::stable_partition(loads.begin(), loads.end(),
                              [](LoadComparison const* load) { return hasChanged(*load); });
        loads.resize(loadsShown);
    }
    return loads;
}

std::string onlyThere(std::vector<std::string> const& loads, std::string const& side) {
    std::string list;
    for (std::size_t i = 0; i < std::min(loads.size(), loadsShown); ++i) {
        list += (i == 0 ? "" : ", ") + clipped(cleaned(loads[i]), 80);
    }
    if (loads.size() > loadsShown) {
        list += " and " + std::to_string(loads.size() - loadsShown) + " more";
    }
    return loads.empty() ? "" : "Only in " + side + ": " + list + "\n";
}

bool mayHideAny(summary::Comparison const& comparison) {
    return std::any_of(comparison.loads.begin(), comparison.loads.end(), [](auto const& load) {
        return std::any_of(load.differences.begin(), load.differences.end(),
                           [](Difference const& d) { return d.mayHide().has_value(); });
    });
}

} // namespace

std::string comparisonText(summary::Comparison const& comparison, ComparedNames const& names,
                           Colour colour) {
    std::string out;
    if (!comparison.loads.empty()) {
        out += comparisonMethod(comparison) + "\n\n" + headLine(names);
    }
    auto const loads = shownLoads(comparison);
    for (auto const* load : loads) {
        out += blockOf(*load, colour);
    }
    if (loads.size() < comparison.loads.size()) {
        out += std::to_string(comparison.loads.size() - loads.size()) + " more loads: see --json\n";
    }
    if (mayHideAny(comparison)) {
        out += "wide: the interval leaves room for a change of "
               + noticeableText(comparison.noticeable) + " or more.\n";
    }
    out +=
        onlyThere(comparison.onlyBefore, names.before) + onlyThere(comparison.onlyNow, names.now);
    return out + "\n" + painted("\x1b[1m", comparisonSentence(comparison, names), colour) + "\n";
}

} // namespace shakedown::render
