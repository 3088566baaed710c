#include "scenarios/vocabulary/diagnostic.hpp"

#include <algorithm>
#include <numeric>

namespace shakedown {

bool hasErrors(Diagnostics const& findings) {
    return std::any_of(findings.begin(), findings.end(),
                       [](Diagnostic const& d) { return d.severity == Severity::Error; });
}

namespace {

// Optimal string alignment: insert, delete, replace, swap of neighbours cost 1 each.
std::size_t editDistance(std::string const& a, std::string const& b) {
    std::vector<std::size_t> beforeLast(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            std::size_t const replace = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, replace});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], beforeLast[j - 2] + 1);
        }
        std::swap(beforeLast, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

// "que" for "queue": an abbreviation is meant if it can be completed in one way only.
std::optional<std::string> theOneBeginningWith(std::string const& word,
                                               std::vector<std::string> const& known) {
    constexpr std::size_t shortest = 3;
    auto const begins = [&](std::string const& candidate) { return candidate.starts_with(word); };
    auto const first = std::find_if(known.begin(), known.end(), begins);
    bool const isOne = word.size() >= shortest && first != known.end()
                       && std::find_if(first + 1, known.end(), begins) == known.end();
    return isOne ? std::optional(*first) : std::nullopt;
}

} // namespace

std::optional<std::string> nearestWord(std::string const& word,
                                       std::vector<std::string> const& known) {
    constexpr std::size_t longest = 200;
    if (word.empty() || word.size() > longest)
        return std::nullopt;
    std::optional<std::string> best;
    std::size_t bestDistance = longest;
    for (auto const& candidate : known) {
        if (candidate.size() > longest)
            continue;
        std::size_t const distance = editDistance(word, candidate);
        std::size_t const allowed =
            std::max<std::size_t>(1, std::max(word.size(), candidate.size()) / 3);
        bool const sharesALetter = distance < std::max(word.size(), candidate.size());
        if (sharesALetter && distance <= allowed && distance < bestDistance) {
            best = candidate;
            bestDistance = distance;
        }
    }
    return best ? best : theOneBeginningWith(word, known);
}

} // namespace shakedown
