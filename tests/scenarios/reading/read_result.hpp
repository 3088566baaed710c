#pragma once

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>

#include "scenarios/reading/reader.hpp"
#include "scenarios/reading/reference.hpp"

namespace shakedown::tests {

inline std::string textOf(std::filesystem::path const& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// A finding a line: "3:18 E104 message (hint)".
inline std::string textOf(Diagnostics const& findings) {
    std::ostringstream text;
    for (auto const& finding : findings) {
        text << finding.place.line << ':' << finding.place.column << ' ' << finding.code << ' '
             << finding.message << (finding.hint.empty() ? "" : " (" + finding.hint + ")") << '\n';
    }
    return text.str();
}

inline model::Scenario scenarioOf(reading::ReadResult const& result) {
    INFO(textOf(result.findings));
    REQUIRE(result.scenario);
    return *result.scenario;
}

// The keys of the field table, as the reference page lists them.
inline std::set<std::string> keysOfReference() {
    std::istringstream page(reading::referencePage());
    std::set<std::string> keys;
    bool isAfterHead = false; // the tables at the beginning and the end are others
    for (std::string line; std::getline(page, line);) {
        if (line.starts_with("## ")) {
            isAfterHead = line != "## condition" && line != "## presets";
        }
        bool const isRow = isAfterHead && line.starts_with("| ") && !line.starts_with("| key |");
        if (isRow) {
            keys.insert(line.substr(2, line.find(" |") - 2));
        }
    }
    return keys;
}

} // namespace shakedown::tests
