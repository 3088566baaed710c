#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "scenarios/checking/catalogue.hpp"
#include "scenarios/checking/check.hpp"
#include "scenarios/reading/reader.hpp"
#include "tests/environment.hpp"

// tests/data/bad holds a file for each mistake; expected.tsv tells what is found there.
// `test-scenarios-checking "[.print]"` prints the rows as they are now.

using namespace shakedown;
namespace fs = std::filesystem;

namespace {

fs::path folder() {
    return tests::sourceDir() / "tests/data/bad";
}

std::set<std::string> badFiles() {
    std::set<std::string> names;
    for (auto const& entry : fs::directory_iterator(folder())) {
        if (entry.path().extension() == ".yaml") {
            names.insert(entry.path().filename().string());
        }
    }
    return names;
}

Diagnostics findingsOf(fs::path const& file) {
    auto result = reading::readFile(file.string());
    if (result.scenario) {
        auto more = checking::check(*result.scenario, checking::Purpose::Simulate);
        std::move(more.begin(), more.end(), std::back_inserter(result.findings));
    }
    return std::move(result.findings);
}

// file, in (which included file, or -), line, column, code, message, hint
std::string rowOf(std::string const& name, Diagnostic const& finding) {
    std::string const in =
        fs::path(finding.place.file).lexically_relative(folder()).generic_string();
    std::ostringstream row;
    row << name << '\t' << (in == name ? "-" : in) << '\t' << finding.place.line << '\t'
        << finding.place.column << '\t' << finding.code << '\t' << finding.message << '\t'
        << finding.hint;
    return row.str();
}

using Rows = std::map<std::string, std::vector<std::string>>;

Rows expectedRows() {
    std::ifstream table(folder() / "expected.tsv");
    Rows rows;
    std::string line;
    std::getline(table, line); // the names of the columns
    while (std::getline(table, line)) {
        rows[line.substr(0, line.find('\t'))].push_back(line);
    }
    return rows;
}

std::vector<std::string> actualRows(std::string const& name) {
    std::vector<std::string> rows;
    for (auto const& finding : findingsOf(folder() / name)) {
        rows.push_back(rowOf(name, finding));
    }
    return rows;
}

} // namespace

TEST_CASE("every bad file gives its findings at their places", "[checking][bad]") {
    Rows const expected = expectedRows();
    for (auto const& name : badFiles()) {
        CAPTURE(name);
        auto const found = expected.find(name);
        REQUIRE(found != expected.end());
        CHECK(actualRows(name) == found->second);
    }
}

TEST_CASE("every row of expected.tsv belongs to a bad file", "[checking][bad]") {
    auto const files = badFiles();
    CHECK(files.size() >= 144);
    for (auto const& [name, rows] : expectedRows()) {
        CAPTURE(name);
        CHECK(files.contains(name));
    }
}

TEST_CASE("every finding in a bad file has a place inside the file", "[checking][bad]") {
    for (auto const& name : badFiles()) {
        for (auto const& finding : findingsOf(folder() / name)) {
            CAPTURE(name, finding.message);
            std::ifstream file(finding.place.file, std::ios::binary);
            std::vector<std::string> lines{""};
            for (std::string line; std::getline(file, line);) {
                lines.push_back(line);
            }
            REQUIRE(finding.place.line >= 1);
            REQUIRE(finding.place.column >= 1);
            CHECK(finding.place.line <= static_cast<int>(std::max<std::size_t>(lines.size(), 2)));
            if (finding.place.line < static_cast<int>(lines.size())) {
                auto const& line = lines[static_cast<std::size_t>(finding.place.line)];
                CHECK(finding.place.column <= static_cast<int>(line.size()) + 1);
            }
        }
    }
}

TEST_CASE("every code found in a bad file is explained", "[checking][bad]") {
    for (auto const& name : badFiles()) {
        for (auto const& finding : findingsOf(folder() / name)) {
            CAPTURE(name, finding.code);
            CHECK(checking::explain(finding.code).has_value());
        }
    }
}

TEST_CASE("the rows of expected.tsv as they are now", "[.print]") {
    std::cout << "file\tin\tline\tcolumn\tcode\tmessage\thint\n";
    for (auto const& name : badFiles()) {
        for (auto const& row : actualRows(name)) {
            std::cout << row << '\n';
        }
    }
}
