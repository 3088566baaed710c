#include "scenarios/checking/catalogue.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "scenarios/checking/check.hpp"
#include "scenarios/checking/simulated.hpp"
#include "scenarios/reading/reader.hpp"
#include "tests/environment.hpp"

using namespace shakedown;

namespace {

std::string textOf(std::filesystem::path const& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

// The codes that a header declares: `inline constexpr auto name = "E101";`.
std::set<std::string> codesIn(char const* header) {
    std::string const text = textOf(tests::sourceDir() / header);
    std::regex const declaration("= \"([EWH][0-9]{3})\";");
    std::set<std::string> codes;
    for (std::sregex_iterator at(text.begin(), text.end(), declaration), end; at != end; ++at) {
        codes.insert((*at)[1]);
    }
    return codes;
}

} // namespace

TEST_CASE("every code of reading and checking is explained", "[checking][catalogue]") {
    for (char const* header : {"scenarios/reading/codes.hpp", "scenarios/checking/codes.hpp"}) {
        auto const codes = codesIn(header);
        CHECK(codes.size() >= 15);
        for (auto const& code : codes) {
            CAPTURE(code);
            CHECK(checking::explain(code).has_value());
        }
    }
    for (auto const& row : checking::unsimulated()) {
        CAPTURE(row.code);
        CHECK(checking::explain(row.code).has_value());
    }
}

TEST_CASE("every explanation is of a code that is used", "[checking][catalogue]") {
    auto codes = codesIn("scenarios/reading/codes.hpp");
    codes.merge(codesIn("scenarios/checking/codes.hpp"));
    codes.merge(codesIn("chaos-agent/conduct/codes.hpp"));
    for (auto const& row : checking::unsimulated()) {
        codes.insert(row.code);
    }
    for (auto const& explanation : checking::all()) {
        CAPTURE(explanation.code);
        CHECK(codes.contains(explanation.code));
    }
}

TEST_CASE("codes are unique, and each has a title and a text", "[checking][catalogue]") {
    std::set<std::string> codes;
    std::set<std::string> titles;
    for (auto const& explanation : checking::all()) {
        CAPTURE(explanation.code);
        CHECK(codes.insert(explanation.code).second);
        CHECK(titles.insert(explanation.title).second);
        CHECK(explanation.title.size() > 5);
        CHECK(explanation.text.size() > 40);
        CHECK(explanation.text.back() == '.');
        CHECK(explanation.text.find("  ") == std::string::npos);
    }
    CHECK_FALSE(checking::explain("E999"));
    CHECK_FALSE(checking::explain(""));
}

TEST_CASE("the list of what is not simulated speaks of everything.yaml", "[checking][catalogue]") {
    auto const result =
        reading::readFile((tests::sourceDir() / "tests/data/good/everything.yaml").string());
    REQUIRE(result.scenario);
    std::set<std::string> found;
    for (auto const& finding : checking::check(*result.scenario, checking::Purpose::Simulate)) {
        found.insert(finding.code);
    }
    for (auto const& row : checking::unsimulated()) {
        CAPTURE(row.code, row.feature);
        // The order of its patterns is possible.
        bool const isElsewhere = std::string(row.code) == "E628";
        CHECK((found.contains(row.code) || isElsewhere));
    }
}

TEST_CASE("the scenarios of the library can be simulated", "[checking][library]") {
    int files = 0;
    for (auto const& entry :
         std::filesystem::directory_iterator(tests::sourceDir() / "scenarios/library")) {
        if (entry.path().extension() != ".yaml") {
            continue;
        }
        CAPTURE(entry.path().filename().string());
        ++files;
        auto const result = reading::readFile(entry.path().string());
        REQUIRE(result.scenario);
        CHECK(result.findings.empty());
        for (auto const& finding : checking::check(*result.scenario, checking::Purpose::Simulate)) {
            CAPTURE(finding.message);
            CHECK(finding.severity != Severity::Error);
        }
    }
    CHECK(files >= 6);
}
