#include "scenarios/reading/findings.hpp"

#include <algorithm>
#include <tuple>

#include "scenarios/reading/codes.hpp"
#include "scenarios/reading/limits.hpp"

namespace shakedown::reading {

void Findings::report(Diagnostic finding) {
    hasErrors_ = hasErrors_ || finding.severity == Severity::Error;
    if (found_.size() < limits::findings) {
        found_.push_back(std::move(finding));
    } else {
        ++dropped_;
    }
}

void Findings::report(Diagnostics findings) {
    for (auto& finding : findings) {
        report(std::move(finding));
    }
}

void Findings::take(Findings other) {
    report(std::move(other.found_));
    dropped_ += other.dropped_;
    hasErrors_ = hasErrors_ || other.hasErrors_;
}

void Findings::error(char const* code, Place place, std::string message, std::string hint) {
    report({Severity::Error, code, std::move(message), std::move(hint), std::move(place)});
}

void Findings::errorIn(Node const& node, Diagnostic finding) {
    int const offset = finding.place.column - 1;
    finding.place = node.placeAt(static_cast<std::size_t>(std::max(0, offset)));
    report(std::move(finding));
}

Diagnostics Findings::sorted() && {
    auto const rank = [](Diagnostic const& d) {
        return std::tie(d.place.file, d.place.line, d.place.column, d.code, d.message);
    };
    std::stable_sort(found_.begin(), found_.end(),
                     [&](Diagnostic const& a, Diagnostic const& b) { return rank(a) < rank(b); });
    // What follows from a mistake before the fields were read (a variable that is not there).
    auto const isConsequence = [](Diagnostic const& first, Diagnostic const& second) {
        return first.place == second.place && first.code.starts_with("E0")
               && !second.code.starts_with("E0");
    };
    auto const same = [&](Diagnostic const& a, Diagnostic const& b) {
        return rank(a) == rank(b) || isConsequence(a, b);
    };
    found_.erase(std::unique(found_.begin(), found_.end(), same), found_.end());
    if (dropped_ > 0) {
        Place const last = found_.empty() ? Place() : found_.back().place;
        found_.push_back({Severity::Error, codes::tooManyFindings,
                          "and " + std::to_string(dropped_) + " more findings",
                          "mend the first ones and check again", last});
    }
    return std::move(found_);
}

std::string didYouMean(std::string const& word, std::vector<std::string> const& known) {
    if (auto const nearest = nearestWord(word, known)) {
        return "did you mean '" + *nearest + "'?";
    }
    // A wrong word with no near one among many: a list would not help.
    constexpr std::size_t fewEnough = 14;
    if (known.empty() || (known.size() > fewEnough && !word.empty())) {
        return {};
    }
    std::string list = "known here: ";
    for (std::size_t i = 0; i < std::min(known.size(), fewEnough); ++i) {
        list += (i == 0 ? "" : ", ") + known[i];
    }
    return list + (known.size() > fewEnough ? " ..." : "");
}

} // namespace shakedown::reading
