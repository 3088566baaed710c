#include <catch2/catch.hpp>

#include <string>

#include "scenarios/checking/check.hpp"
#include "scenarios/reading/limits.hpp"
#include "scenarios/reading/reader.hpp"

// Texts that are made to hurt a reader. Each ends with one finding and a place; the bounds of
// limits.hpp are what ends them.

using namespace shakedown;
namespace limits = reading::limits;

namespace {

Diagnostics findingsOf(std::string const& text) {
    auto result = reading::readText(text, "hostile.yaml");
    REQUIRE_FALSE(result.scenario);
    return result.findings;
}

Diagnostic onlyFindingOf(std::string const& text) {
    auto const findings = findingsOf(text);
    REQUIRE(findings.size() == 1);
    CHECK(findings.front().place.file == "hostile.yaml");
    return findings.front();
}

std::string repeated(std::string const& text, int times) {
    std::string result;
    for (int i = 0; i < times; ++i) {
        result += text;
    }
    return result;
}

void checkPlace(Diagnostic const& finding, int line, int column) {
    CHECK(finding.place.line == line);
    CHECK(finding.place.column == column);
}

} // namespace

TEST_CASE("a NUL is found where it stands", "[reading][hostile]") {
    auto const found = onlyFindingOf(std::string("shakedown: 1\nname: a\0b\n", 23));
    CHECK(found.code == "E003");
    checkPlace(found, 2, 8);
    CHECK(found.hint == "remove it; is this a text file, saved as UTF-8?");
}

TEST_CASE("a text of 8 MiB is refused by its size alone", "[reading][hostile]") {
    auto const found = onlyFindingOf(std::string(8 << 20, 'x'));
    CHECK(found.code == "E002");
    CHECK(found.message == "the file has 8388608 bytes; at most 4194304 are read");
    CHECK(found.hint == "split it and use 'include:'");
    checkPlace(found, 1, 1);
}

TEST_CASE("one byte above 4 MiB is refused, 4 MiB is read", "[reading][hostile]") {
    std::string const start = "shakedown: 1\n#";
    std::string const full = start + std::string(limits::fileBytes - start.size(), 'x');
    REQUIRE(full.size() == limits::fileBytes);
    CHECK(onlyFindingOf(full + "x").code == "E002");
    auto const findings = reading::readText(full, "hostile.yaml").findings;
    CHECK(findings.empty());
}

TEST_CASE("nesting of 10,000 levels is refused at the first level too many", "[reading][hostile]") {
    auto const lists = onlyFindingOf("a: " + repeated("[", 10'000) + repeated("]", 10'000));
    CHECK(lists.code == "E007");
    checkPlace(lists, 1, 4 + static_cast<int>(limits::depth) - 1);

    auto const maps = onlyFindingOf(repeated("{a: ", 10'000) + repeated("}", 10'000));
    CHECK(maps.code == "E007");

    auto const open = onlyFindingOf(repeated("[", 10'000));
    CHECK(open.code == "E004");
    CHECK(open.message == "this '[' is not closed");
    checkPlace(open, 1, 1);

    auto const dashes = onlyFindingOf(repeated("- ", 10'000) + "x");
    CHECK(dashes.code == "E007");
    checkPlace(dashes, 1, 2 * static_cast<int>(limits::depth) + 1);
}

TEST_CASE("what is not UTF-8 is found at its first byte", "[reading][hostile]") {
    struct Case {
        char const* text;
        int column;
    };
    Case const cases[] = {{"a: \xE9t\xE9", 4},        // Latin-1
                          {"a: \xC0\xAF", 4},         // overlong '/'
                          {"a: \xED\xA0\x80", 4},     // a surrogate
                          {"a: \xF4\x90\x80\x80", 4}, // above U+10FFFF
                          {"a: xy\xE2\x82", 6},       // cut short
                          {"a: \x80", 4}};            // a tail without a head
    for (auto const& one : cases) {
        CAPTURE(one.text);
        auto const found = onlyFindingOf(one.text);
        CHECK(found.code == "E003");
        CHECK(found.message == "this byte is not UTF-8");
        CHECK(found.hint == "save the file as UTF-8");
        checkPlace(found, 1, one.column);
    }
}

TEST_CASE("UTF-16 and UTF-32 are told by their byte order marks", "[reading][hostile]") {
    for (std::string const& text : {std::string("\xFF\xFE"
                                                "a\0:\0",
                                                6),
                                    std::string("\xFE\xFF\0a\0:", 6)}) {
        auto const found = onlyFindingOf(text);
        CHECK(found.message == "this file is UTF-16");
        CHECK(found.hint == "save it as UTF-8");
        checkPlace(found, 1, 1);
    }
    CHECK(onlyFindingOf(std::string("\0\0\xFE\xFF\0\0\0a", 8)).code == "E003");
}

TEST_CASE("a byte order mark of UTF-8 is no mistake", "[reading][hostile]") {
    auto const result = reading::readText("\xEF\xBB\xBFshakedown: 1\nname: x\n", "bom.yaml");
    CHECK(result.findings.empty());
    REQUIRE(result.scenario);
    CHECK(result.scenario->name == "x");
}

TEST_CASE("aliases of aliases are refused before they are expanded", "[reading][hostile]") {
    std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 8; ++i) {
        std::string const before = "*a" + std::to_string(i - 1);
        bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before
                + repeated(", " + before, 7) + "]\n";
    }
    auto const found = onlyFindingOf(bomb);
    CHECK(found.code == "E008");
    CHECK(found.place.line == 7);
    CHECK(found.hint == "use fewer aliases of aliases");
}

TEST_CASE("more aliases than a file may have are refused at the first of them",
          "[reading][hostile]") {
    int const most = static_cast<int>(limits::aliases);
    auto const found = onlyFindingOf("a: &a 1\nb:\n" + repeated("  - *a\n", most + 1));
    CHECK(found.code == "E008");
    checkPlace(found, 3 + most, 5);
}

TEST_CASE("an alias within what it names is refused", "[reading][hostile]") {
    auto const inList = onlyFindingOf("&x [*x]");
    CHECK(inList.code == "E008");
    checkPlace(inList, 1, 5);
    auto const inMap = onlyFindingOf("&all\na: *all\n");
    CHECK(inMap.code == "E008");
    checkPlace(inMap, 2, 4);
}

TEST_CASE("brackets and commas without a list end at once", "[reading][hostile]") {
    for (char const* text : {",", "]", "}", ",,,,", "]]]]", "a: 1\n]", "[a],", "{a: 1}}"}) {
        CAPTURE(text);
        auto const found = onlyFindingOf(text);
        CHECK(found.code == "E004");
        CHECK_FALSE(found.hint.empty());
    }
    checkPlace(onlyFindingOf(","), 1, 1);
    checkPlace(onlyFindingOf("[a],"), 1, 4);
}

TEST_CASE("a document of very many values is refused", "[reading][hostile]") {
    auto const found = onlyFindingOf("[" + repeated("1,", 1'010'000) + "1]");
    CHECK(found.code == "E002");
    CHECK(found.hint == "split it and use 'include:'");
}

TEST_CASE("of very many mistakes the first ones are told and the rest are counted",
          "[reading][hostile]") {
    std::string text = "shakedown: 1\n";
    for (int i = 0; i < 1'000; ++i) {
        text += "k" + std::to_string(i) + ": 1\n";
    }
    auto const findings = findingsOf(text);
    CHECK(findings.size() == limits::findings + 1);
    CHECK(findings.back().code == "E015");
    CHECK(findings.back().message == "and 800 more findings");
}

TEST_CASE("a key of half a megabyte is answered without repeating it", "[reading][hostile]") {
    auto const findings = findingsOf("shakedown: 1\n\"" + std::string(500'000, 'k') + "\": 1\n");
    REQUIRE(findings.size() == 1);
    CHECK(findings.front().message.size() < 1'000);
}

TEST_CASE("variables that double each other are refused", "[reading][hostile]") {
    std::string text = "shakedown: 1\nvars:\n  v0: xxxxxxxxxxxxxxxx\n";
    for (int i = 1; i < 40; ++i) {
        std::string const before = "${v" + std::to_string(i - 1) + "}";
        text += "  v" + std::to_string(i) + ": \"" + before + before + "\"\n";
    }
    auto const findings = findingsOf(text + "name: \"${v39}\"\n");
    REQUIRE_FALSE(findings.empty());
    CHECK(findings.front().code == "E012");
    CHECK(findings.front().hint == "use fewer variables within variables");
}

TEST_CASE("an escape that would reach a terminal is refused", "[reading][hostile]") {
    for (char const* text : {"\"\\e[31m\"", "\"\\x9b31m\"", "\"\\0\""}) {
        CAPTURE(text);
        auto const found = onlyFindingOf("shakedown: 1\nname: " + std::string(text));
        CHECK(found.code == "E003");
        checkPlace(found, 2, 7);
    }
}

TEST_CASE("a bracket that is never closed is pointed at", "[reading][hostile]") {
    struct Case {
        char const* text;
        int column;
        char const* message;
    };
    Case const cases[] = {{"[", 1, "this '[' is not closed"},
                          {"a: [", 4, "this '[' is not closed"},
                          {"a: {b: [1, 2", 8, "this '[' is not closed"},
                          {"a: {b: 1", 4, "this '{' is not closed"}};
    for (auto const& one : cases) {
        CAPTURE(one.text);
        auto const found = onlyFindingOf(one.text);
        CHECK(found.code == "E004");
        CHECK(found.message == one.message);
        checkPlace(found, 1, one.column);
    }
}
