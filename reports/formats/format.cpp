#include "reports/formats/format.hpp"

#include <algorithm>

#include "scenarios/vocabulary/require.hpp"

namespace shakedown::formats {

FormatRow const& rowOf(Format format) {
    auto const* row = std::find_if(allFormats.begin(), allFormats.end(),
                                   [&](FormatRow const& r) { return r.format == format; });
    require(row != allFormats.end(), "every format has a row");
    return *row;
}

std::optional<Format> formatNamed(std::string_view word) {
    auto const* row = std::find_if(allFormats.begin(), allFormats.end(),
                                   [&](FormatRow const& r) { return r.word == word; });
    return row == allFormats.end() ? std::nullopt : std::optional(row->format);
}

} // namespace shakedown::formats
