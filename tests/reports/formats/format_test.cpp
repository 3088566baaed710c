#include "reports/formats/format.hpp"

#include <catch2/catch.hpp>

#include <set>

#include "tests/reports/formats/small_run.hpp"

using namespace shakedown;
using namespace shakedown::formats;
using namespace shakedown::tests;

TEST_CASE("every format has a word and a file of its own", "[formats]") {
    std::set<std::string_view> words;
    std::set<std::string_view> files;
    for (FormatRow const& row : allFormats) {
        CHECK(words.insert(row.word).second);
        CHECK(files.insert(row.file).second);
        CHECK(formatNamed(row.word) == row.format);
        CHECK(&rowOf(row.format) == &row);
    }
    CHECK_FALSE(formatNamed("otpl"));
    CHECK_FALSE(formatNamed(""));
}

TEST_CASE("equal runs give equal bytes in every format", "[formats]") {
    auto const summary = shopSummary();
    for (FormatRow const& row : allFormats) {
        INFO(row.word);
        auto const once = [&] {
            return rendered(row.format, smallHeader(), everyMoment(), {&summary, someLatencies()});
        };
        CHECK_FALSE(once().empty());
        CHECK(once() == once());
    }
}

TEST_CASE("no format breaks on a run without moments", "[formats]") {
    summary::Summary const nothing;
    for (FormatRow const& row : allFormats) {
        INFO(row.word);
        CHECK_FALSE(rendered(row.format, record::Header(), {}, {&nothing, {}}).empty());
    }
}
