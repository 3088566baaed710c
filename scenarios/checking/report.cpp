#include "scenarios/checking/report.hpp"

#include <algorithm>
#include <tuple>

namespace shakedown::checking {

namespace {

constexpr std::size_t mostFindings = 500;

Severity severityOf(char const* code) {
    switch (code[0]) {
    case 'E':
        return Severity::Error;
    case 'W':
        return Severity::Warning;
    default:
        return Severity::Hint;
    }
}

} // namespace

void Report::add(char const* code, Place const& place, std::string message, std::string hint) {
    Severity const severity = severityOf(code);
    // Errors decide whether a scenario runs, so they are never dropped for the sake of warnings.
    if (found_.size() < mostFindings || severity == Severity::Error) {
        found_.push_back({severity, code, std::move(message), std::move(hint), place});
    }
}

Diagnostics Report::sorted() && {
    auto const rank = [](Diagnostic const& d) {
        return std::tie(d.place.file, d.place.line, d.place.column, d.code, d.message);
    };
    std::stable_sort(found_.begin(), found_.end(),
                     [&](Diagnostic const& a, Diagnostic const& b) { return rank(a) < rank(b); });
    auto const isSame = [&](Diagnostic const& a, Diagnostic const& b) {
        return rank(a) == rank(b);
    };
    found_.erase(std::unique(found_.begin(), found_.end(), isSame), found_.end());
    return std::move(found_);
}

std::string nearestOf(std::string const& word, std::vector<std::string> const& known) {
    if (auto const nearest = nearestWord(word, known)) {
        return "did you mean '" + *nearest + "'?";
    }
    constexpr std::size_t few = 10;
    if (known.empty() || known.size() > few) {
        return {};
    }
    std::string list = "there are: ";
    for (auto const& name : known) {
        list += (&name == &known.front() ? "" : ", ") + name;
    }
    return list;
}

} // namespace shakedown::checking
