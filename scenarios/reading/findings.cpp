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
    auto const same = [&](Diagnostic const& a, Diagnostic const& b) { return rank(a) == rank(b); };
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
    constexpr std::size_t fewEnough = 14;
    if (known.empty() || known.size() > fewEnough) {
        return {};
    }
    std::string list = "known here: ";
    for (auto const& name : known) {
        list += (&name == &known.front() ? "" : ", ") + name;
    }
    return list;
}

} // namespace shakedown::reading
