#include "reports/html/markup.hpp"

#include <catch2/catch.hpp>

using namespace shakedown::html;

TEST_CASE("text is not markup", "[html][markup]") {
    CHECK(escaped("a<b> & \"c\"") == "a&lt;b&gt; &amp; &quot;c&quot;");
    CHECK(escaped(std::string(3000, 'x')).size() == longestText);
    CHECK(element("p", "note", "<") == "<p class=\"note\">&lt;</p>\n");
}

TEST_CASE("lines are kept, with their tabs, up to a limit", "[html][markup]") {
    auto const whole = escapedLines("a: 1\r\n\tb: <2>\n", 1000);
    CHECK(whole.text == "a: 1\n\tb: &lt;2&gt;\n");
    CHECK(whole.isWhole);
    auto const part = escapedLines("a: 1\nb: 2\n", 7);
    CHECK(part.text == "a: 1\n");
    CHECK_FALSE(part.isWhole);
}

TEST_CASE("a path is never clipped", "[html][markup]") {
    std::string const d = "M0 0" + std::string(3 * longestText, 'h') + "1";
    Drawing drawing(10, 10, "a path", "chart");
    drawing.path(d, "grid");
    CHECK(drawing.take().find(d) != std::string::npos);
}

TEST_CASE("coordinates have at most one decimal", "[html][markup]") {
    CHECK(coordinate(12) == "12");
    CHECK(coordinate(12.34) == "12.3");
    CHECK(coordinate(-0.01) == "0");
}
