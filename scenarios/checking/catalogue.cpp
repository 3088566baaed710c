#include "scenarios/checking/catalogue.hpp"

#include <algorithm>

#include "scenarios/checking/explanations.hpp"
#include "scenarios/checking/simulated.hpp"

namespace shakedown::checking {

namespace {

// The rows of the table of missing features explain themselves.
Explanation explanationOf(Unsimulated const& row) {
    std::string const feature(row.feature);
    return {
        row.code, feature + ": not simulated yet",
        "The scenario uses " + feature
            + ". The format has it and the file is right, but the engine of this release cannot "
              "run it, and "
              "running the rest as if it were not there would give wrong numbers. Leave it out, or "
              "use the file "
              "where it is understood: `shakedown check` says nothing against it as a document.",
        ""};
}

std::vector<Explanation> gathered() {
    std::vector<Explanation> list = readingExplanations();
    auto more = checkingExplanations();
    std::move(more.begin(), more.end(), std::back_inserter(list));
    more = liveExplanations();
    std::move(more.begin(), more.end(), std::back_inserter(list));
    for (auto const& row : unsimulated()) {
        list.push_back(explanationOf(row));
    }
    // By number: the letter tells only how bad it is.
    std::sort(list.begin(), list.end(), [](Explanation const& a, Explanation const& b) {
        return std::string_view(a.code).substr(1) < std::string_view(b.code).substr(1);
    });
    return list;
}

} // namespace

std::vector<Explanation> const& all() {
    static std::vector<Explanation> const list = gathered();
    return list;
}

std::optional<Explanation> explain(std::string_view code) {
    auto const& list = all();
    auto const found = std::find_if(list.begin(), list.end(),
                                    [&](Explanation const& one) { return one.code == code; });
    return found == list.end() ? std::nullopt : std::optional(*found);
}

} // namespace shakedown::checking
