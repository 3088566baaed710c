#include "reports/html/markup.hpp"
#include "reports/html/sections.hpp"
#include "reports/record/digest.hpp"
#include "reports/record/live.hpp"
#include "reports/render/quantity.hpp"

namespace shakedown::html {

namespace {

std::string entry(std::string const& name, std::string const& value) {
    return "<dt>" + escaped(name) + "</dt><dd>" + escaped(value) + "</dd>\n";
}

std::string facts(RunReport const& report) {
    summary::Summary const& s = report.summary;
    std::string out =
        "<dl>\n" + entry("scenario", s.scenario) + entry("file", s.file)
        + entry("its digest", s.scenarioDigest) + entry("seed", std::to_string(s.seed))
        + entry("replications", render::countText(s.replications)) + entry("platform", s.platform)
        + entry("version", report.history.header().version)
        + entry(record::isLive(s.platform) ? "lasted" : "simulated",
                render::spanText(s.simulatedSeconds))
        + entry("events", render::countText(s.events));
    if (!record::isLive(s.platform)) {
        out += entry("digest of the run", record::digestText(s.digest));
    }
    return out + "</dl>\n";
}

std::string sourceOf(Shown const& shown) {
    auto const lines = escapedLines(shown.report.source, shown.detail.sourceBytes);
    std::string out = "<h3>The scenario</h3>\n<pre class=\"source\" tabindex=\"0\"><code>"
                      + lines.text + "</code></pre>\n";
    return lines.isWhole
               ? out
               : out + element("p", "note", "The file goes on: it is too long for this page.");
}

} // namespace

std::string reproduceSection(Shown const& shown) {
    std::string out = facts(shown.report);
    if (!shown.report.summary.command.empty()) {
        bool const isLive = record::isLive(shown.report.summary.platform);
        out += isLive ? "<p>This does the same again; the same seed lets requests arrive at the "
                        "same instants:</p>\n"
                      : "<p>The same scenario, seed and version give the same digest:</p>\n";
        out += "<pre class=\"command\" tabindex=\"0\"><code>"
               + escapedLines(shown.report.summary.command, 20'000).text + "</code></pre>\n";
    }
    if (!shown.report.source.empty()) {
        out += sourceOf(shown);
    }
    return section("reproduce", "Reproduce", out);
}

} // namespace shakedown::html
