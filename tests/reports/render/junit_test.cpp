#include "reports/render/junit.hpp"

#include <catch2/catch.hpp>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "reports/render/xml_text.hpp"
#include "tests/environment.hpp"
#include "tests/reports/render/shop_summary.hpp"

using namespace shakedown;
using namespace shakedown::render;
using namespace shakedown::tests;

namespace {

bool contains(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

bool hasXmllint() {
    return std::system("xmllint --version >/dev/null 2>&1") == 0;
}

class TemporaryFile {
public:
    explicit TemporaryFile(std::string const& content)
        : path_(std::filesystem::temp_directory_path()
                / ("shakedown-junit-" + std::to_string(getpid()) + ".xml")) {
        std::ofstream(path_) << content;
    }
    TemporaryFile(TemporaryFile const&) = delete;
    TemporaryFile& operator=(TemporaryFile const&) = delete;
    ~TemporaryFile() { std::filesystem::remove(path_); }
    std::filesystem::path const& path() const { return path_; }

private:
    std::filesystem::path path_;
};

void requireValid(std::string const& xml, std::string const& schema) {
    auto const xsd = samples() / "junit" / schema;
    if (!hasXmllint() || !std::filesystem::exists(xsd)) {
        WARN("skipped: xmllint (package libxml2-utils) or " << schema << " is not there");
        return;
    }
    TemporaryFile const file(xml);
    std::string const command = "xmllint --noout --nonet --schema '" + xsd.string() + "' '"
                                + file.path().string() + "' >/dev/null 2>&1";
    CAPTURE(xml);
    CHECK(std::system(command.c_str()) == 0);
}

} // namespace

TEST_CASE("an expectation is a test case, a scenario a suite", "[render][junit]") {
    std::string const xml = junit({shopSummary()});
    CHECK(contains(xml, "<testsuite name=\"shop\""));
    CHECK(contains(xml, "tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\""));
    CHECK(contains(xml, "<testcase name=\"p99(visitors) &lt; 200ms\" classname=\"shakedown.shop\" "
                        "time=\"0.000\"/>"));
    CHECK(
        contains(xml, "<failure message=\"measured 12.4 %, limit 1.00 %\" type=\"expectation\">"));
    CHECK(contains(xml, "<skipped message=\"nothing measured: lag is not measured\"/>"));
}

TEST_CASE("books that do not balance are an error of the suite", "[render][junit]") {
    auto s = shopSummary();
    s.contradictions = {"visitors: 2 offered, but 1 ended"};
    std::string const xml = junit({s});
    CHECK(contains(xml, "tests=\"4\" failures=\"1\" errors=\"1\""));
    CHECK(contains(xml, "<error message=\"visitors: 2 offered, but 1 ended\""));
}

TEST_CASE("junit.xml is valid by the schemas of Ant and Jenkins", "[render][junit]") {
    auto unnamed = shopSummary();
    unnamed.scenario = "";
    unnamed.expectations.clear();
    for (auto const& xml :
         {junit({}), junit({shopSummary()}), junit({shopSummary(), hostileSummary()}),
          junit({unnamed}), junit({shopSummary()}, {"2024-02-29T12:34:56", "ci", 1.5})}) {
        requireValid(xml, "windyroad-JUnit.xsd");
        requireValid(xml, "jenkins-junit-10.xsd");
    }
}

TEST_CASE("what XML cannot hold becomes a mark", "[render][junit]") {
    CHECK(xmlEscaped("a<b>&\"c") == "a&lt;b&gt;&amp;&quot;c");
    CHECK(xmlEscaped("line\nbreak\ttab\r") == "line&#10;break&#9;tab&#13;");
    CHECK(xmlEscaped(std::string_view("\0\x1b\x08", 3)) == "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    CHECK(xmlEscaped("\xff") == "\xef\xbf\xbd");
    CHECK(xmlEscaped("\xef\xbf\xbf") == "\xef\xbf\xbd");
    CHECK(xmlEscaped("gr\xc3\xbc\xc3\x9f") == "gr\xc3\xbc\xc3\x9f");
}

TEST_CASE("equal runs give equal bytes of junit.xml", "[render][junit]") {
    CHECK(junit({shopSummary()}) == junit({shopSummary()}));
}
