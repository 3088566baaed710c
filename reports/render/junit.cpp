#include "reports/render/junit.hpp"

#include <algorithm>

#include "reports/record/digest.hpp"
#include "reports/record/number_text.hpp"
#include "reports/render/quantity.hpp"
#include "reports/render/xml_text.hpp"

namespace shakedown::render {

namespace {

std::string attribute(std::string const& name, std::string const& value) {
    return " " + name + "=\"" + xmlEscaped(value) + "\"";
}

std::string nameOr(std::string const& name, char const* otherwise) {
    bool const blank = name.find_first_not_of(" \t\r\n") == std::string::npos;
    return blank ? otherwise : name;
}

std::string measured(verdict::Judgement const& j) {
    std::string text = "nothing measured";
    if (j.value) {
        auto const [value, limit] = beside(*j.value, j.limit, j.unit);
        text = "measured " + value + ", limit " + limit;
    }
    return j.note.empty() ? text : text + ": " + j.note;
}

std::string caseOpening(std::string const& scenario, std::string const& name) {
    return "    <testcase" + attribute("name", name)
           + attribute("classname", "shakedown." + scenario) + " time=\"0.000\"";
}

std::string testcase(std::string const& scenario, verdict::Judgement const& j) {
    std::string const opening = caseOpening(scenario, nameOr(j.text, "expectation"));
    switch (j.held) {
    case verdict::Held::Yes:
        return opening + "/>\n";
    case verdict::Held::No:
        return opening + ">\n      <failure" + attribute("message", measured(j))
               + " type=\"expectation\">" + xmlEscaped(j.text + "\n" + measured(j))
               + "</failure>\n    </testcase>\n";
    case verdict::Held::Unknown:
        break;
    }
    return opening + ">\n      <skipped" + attribute("message", measured(j))
           + "/>\n    </testcase>\n";
}

std::string errorCase(std::string const& scenario, std::string const& contradiction) {
    return caseOpening(scenario, "conservation") + ">\n      <error"
           + attribute("message", contradiction) + " type=\"contradiction\"/>\n    </testcase>\n";
}

std::string property(std::string const& name, std::string const& value) {
    return "      <property" + attribute("name", name) + attribute("value", value) + "/>\n";
}

std::string suite(summary::Summary const& s, std::size_t id, JunitContext const& context) {
    std::string const name = nameOr(s.scenario, "scenario");
    auto const count = [&](verdict::Held held) {
        auto const n = std::count_if(s.expectations.begin(), s.expectations.end(),
                                     [&](auto const& j) { return j.held == held; });
        return std::to_string(n);
    };
    std::string out =
        "  <testsuite" + attribute("name", name) + attribute("package", "shakedown")
        + attribute("id", std::to_string(id)) + attribute("timestamp", context.timestamp)
        + attribute("hostname", nameOr(context.hostname, "localhost"))
        + attribute("tests", std::to_string(s.expectations.size() + s.contradictions.size()))
        + attribute("failures", count(verdict::Held::No))
        + attribute("errors", std::to_string(s.contradictions.size()))
        + attribute("skipped", count(verdict::Held::Unknown))
        + attribute("time", record::fixed(context.wallSeconds, 3)) + ">\n";
    out += "    <properties>\n" + property("file", s.file)
           + property("seed", std::to_string(s.seed))
           + property("replications", std::to_string(s.replications))
           + property("digest", record::digestText(s.digest)) + "    </properties>\n";
    for (auto const& judgement : s.expectations) {
        out += testcase(name, judgement);
    }
    for (auto const& contradiction : s.contradictions) {
        out += errorCase(name, contradiction);
    }
    return out + "    <system-out></system-out>\n    <system-err></system-err>\n  </testsuite>\n";
}

} // namespace

std::string junit(std::vector<summary::Summary> const& summaries, JunitContext const& context) {
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
    for (std::size_t i = 0; i < summaries.size(); ++i) {
        out += suite(summaries[i], i, context);
    }
    return out + "</testsuites>\n";
}

} // namespace shakedown::render
