#include "cli/format_names.hpp"

#include <algorithm>
#include <sstream>

namespace shakedown::cli {

std::string formatWords() {
    std::string words;
    for (auto const& row : formats::allFormats)
        words += (words.empty() ? "" : ", ") + std::string(row.word);
    return words;
}

Result<formats::Format> formatNamed(std::string const& word) {
    if (auto const format = formats::formatNamed(word))
        return *format;
    std::vector<std::string> known;
    for (auto const& row : formats::allFormats)
        known.emplace_back(row.word);
    auto const near = nearestWord(word, known);
    return Diagnostic{
        Severity::Error,
        "U004",
        "there is no format '" + word + "'"
            + (near ? "; did you mean '" + *near + "'?" : "; there are " + formatWords()),
        "",
        {}};
}

Result<std::vector<formats::Format>> formatsNamed(std::vector<std::string> const& lists) {
    std::vector<formats::Format> found;
    for (auto const& list : lists) {
        std::istringstream words(list + ",");
        for (std::string word; std::getline(words, word, ',');) {
            auto const format = formatNamed(word);
            if (!format)
                return format.errors();
            found.push_back(format.value());
        }
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

} // namespace shakedown::cli
