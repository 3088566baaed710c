#include "scenarios/reading/reference.hpp"

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "scenarios/reading/law_grammar.hpp"
#include "scenarios/reading/schema.hpp"
#include "tests/environment.hpp"
#include "tests/scenarios/reading/read_result.hpp"

using namespace shakedown;
using namespace shakedown::tests;
using Json = nlohmann::ordered_json;

namespace {

void collectReferences(Json const& json, std::set<std::string>& references) {
    for (auto const& [key, value] : json.items()) {
        if (key == "$ref" && value.is_string()) {
            references.insert(value.get<std::string>());
        }
        if (value.is_structured()) {
            collectReferences(value, references);
        }
    }
}

// The rows of the page without its head and tail, where kinds are explained.
std::vector<std::string> rowsOf(std::string const& page) {
    std::istringstream in(page.substr(page.find("\n## scenario")));
    std::vector<std::string> rows;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("| ")) {
            rows.push_back(line);
        }
    }
    return rows;
}

} // namespace

TEST_CASE("the reference page in docs is the one of this program", "[reading][reference]") {
    // Write it anew with `shakedown schema --write docs/reference`.
    CHECK((textOf(sourceDir() / "docs/reference/scenario.md") == reading::referencePage()));
}

TEST_CASE("the schema in docs is the one of this program", "[reading][reference]") {
    CHECK((textOf(sourceDir() / "docs/reference/scenario.schema.json")
           == reading::jsonSchema().dump(2) + "\n"));
}

TEST_CASE("everything that the schema refers to is defined", "[reading][reference]") {
    Json const schema = reading::jsonSchema();
    CHECK(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema");
    std::set<std::string> references;
    collectReferences(schema, references);
    CHECK(references.size() > 50);
    for (auto const& reference : references) {
        CAPTURE(reference);
        CHECK(schema.contains(Json::json_pointer(reference.substr(1))));
    }
    for (auto const& [name, definition] : schema["$defs"].items()) {
        CAPTURE(name);
        CHECK(references.contains("#/$defs/" + name));
    }
}

TEST_CASE("every row of the reference page says what it means", "[reading][reference]") {
    auto const rows = rowsOf(reading::referencePage());
    CHECK(rows.size() > 400);
    for (auto const& row : rows) {
        CAPTURE(row);
        bool const isCut = row.find("|  |\n") != std::string::npos || row.ends_with("|  |");
        CHECK_FALSE(isCut);
        CHECK(row.find(" a operation") == std::string::npos);
        CHECK(row.find(" a endpoint") == std::string::npos);
        CHECK(row.find(" a agent") == std::string::npos);
    }
}

TEST_CASE("every link of the reference page leads to a heading", "[reading][reference]") {
    std::string const page = reading::referencePage();
    std::set<std::string> headings;
    std::istringstream in(page);
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("## ")) {
            std::string anchor = line.substr(3);
            std::replace(anchor.begin(), anchor.end(), ' ', '-');
            headings.insert(anchor);
        }
    }
    int links = 0;
    for (std::size_t at = page.find("](#"); at != std::string::npos;
         at = page.find("](#", at + 1)) {
        std::string const anchor = page.substr(at + 3, page.find(')', at) - at - 3);
        CAPTURE(anchor);
        CHECK(headings.contains(anchor));
        ++links;
    }
    CHECK(links > 100);
}

TEST_CASE("the patterns of the schema take what the grammars take", "[reading][schema]") {
    Json const schema = reading::jsonSchema();
    auto const takes = [&](char const* definition, std::string const& text) {
        std::regex const pattern(schema["$defs"][definition]["pattern"].get<std::string>());
        return std::regex_search(text, pattern);
    };
    for (auto const& form : reading::lawForms()) {
        CAPTURE(form);
        CHECK(takes("distribution", form));
    }
    CHECK(takes("distribution", "3ms"));
    CHECK(takes("distribution", "${slowness}"));
    CHECK_FALSE(takes("distribution", "exponental(3ms)"));
    CHECK_FALSE(takes("distribution", "3"));
    CHECK(takes("duration", "1.5s"));
    CHECK_FALSE(takes("duration", "-1s"));
    CHECK_FALSE(takes("duration", "010s"));
    CHECK_FALSE(takes("duration", "none"));
    CHECK(takes("duration_or_none", "none"));
    CHECK(takes("duration_signed", "-30s"));
    CHECK(takes("rate", "20/s"));
    CHECK_FALSE(takes("rate", "20"));
    CHECK(takes("share", "0.1%"));
    CHECK_FALSE(takes("share", "0.1"));
}
