#include <optional>

#include "reports/html/markup.hpp"
#include "reports/html/sections.hpp"
#include "reports/render/quantity.hpp"

namespace shakedown::html {

namespace {

std::string steps(summary::Summary const& s) {
    std::string out = "<ol class=\"story\">\n";
    for (auto const& item : s.cascade) {
        out += "<li><span class=\"at\">" + escaped(instantText(item.at.inSeconds())) + "</span> <b>"
               + escaped(item.subject) + "</b>: " + escaped(item.what)
               + (item.because.empty()
                      ? ""
                      : " <span class=\"note\">(" + escaped(item.because) + ")</span>")
               + "</li>\n";
    }
    return out + "</ol>\n";
}

// When requests did not succeed, from the first step with 1 % of them to the last.
std::string whenItHurt(Shown const& shown) {
    std::optional<std::size_t> first;
    std::size_t last = 0;
    std::uint64_t bad = 0;
    for (std::size_t step = 0; step < shown.axis.steps; ++step) {
        bad += shown.conditions.bad(step);
        std::uint64_t const ended = shown.conditions.ended(step);
        if (ended > 0 && shown.conditions.bad(step) * 100 >= ended) {
            first = first.value_or(step);
            last = step;
        }
    }
    if (shown.axis.steps == 0) {
        return "";
    }
    if (!first) {
        return "At no time did 1 % of the requests end without success.";
    }
    // A quiet moment at the very end proves nothing.
    bool const toTheEnd = last + 1 + shown.axis.steps / 50 >= shown.axis.steps;
    std::string const from = instantText(static_cast<double>(*first) * shown.axis.step);
    return render::countText(bad) + " requests ended without success, 1 % or more of them from "
           + from
           + (toTheEnd ? " on: it had not healed when the run ended."
                       : " to " + instantText(static_cast<double>(last + 1) * shown.axis.step)
                             + "; then it had healed.");
}

} // namespace

std::string storySection(Shown const& shown) {
    summary::Summary const& s = shown.report.summary;
    std::string out;
    if (s.cascade.empty()) {
        out += element("p", "",
                       "Nothing broke: no pool was exhausted, no queue full, no breaker "
                       "opened, no replica lost.");
    } else {
        out += "<p class=\"lead\">What broke first, in order:</p>\n" + steps(s);
    }
    if (std::string const cause = verdict::topCause(s.cascade); !cause.empty()) {
        out += "<p>Top cause: <b>" + escaped(cause) + "</b></p>\n";
    }
    if (std::string const hurt = whenItHurt(shown); !hurt.empty()) {
        out += element("p", "", hurt);
    }
    return section("story", "Story", out);
}

} // namespace shakedown::html
