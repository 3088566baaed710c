#include <algorithm>
#include <cmath>
#include <optional>

#include "reports/html/markup.hpp"
#include "reports/html/sections.hpp"
#include "reports/render/quantity.hpp"
#include "reports/render/why_text.hpp"

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

bool isExplained(Shown const& shown) {
    return shown.report.why != nullptr && shown.report.why->isFounded;
}

// A row a cause, with a bar as long as its share.
std::string causes(why::Explanation const& e, std::size_t most) {
    auto const shares = render::shareTexts(e.account.causes);
    std::string out = "<table class=\"causes\">\n<thead><tr><th scope=\"col\">share</th>"
                      "<th scope=\"col\">first cause</th><th class=\"kind\" scope=\"col\">kind</th>"
                      "<th scope=\"col\">requests</th></tr></thead>\n<tbody>\n";
    std::size_t shown = 0;
    for (std::size_t i = 0; i < shares.size() && shares[i] != "0.0 %"; ++i, ++shown) {
        if (i == most) {
            break;
        }
        auto const& blamed = e.account.causes[i];
        std::string const width = coordinate(blamed.share * 100);
        out += "<tr><td class=\"share\"><svg class=\"meter\" viewBox=\"0 0 100 8\" "
               "preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"blame\" x=\"0\" "
               "y=\"0\" width=\""
               + width + "\" height=\"8\"/></svg> " + escaped(shares[i]) + "</td><th scope=\"row\">"
               + escaped(why::nameOf(blamed.cause, e.header))
               + (blamed.cause.kind == why::CauseKind::Event
                      ? ""
                      : "<br/><span class=\"note\">" + escaped(why::whatIsWrong(blamed.cause.kind))
                            + "</span>")
               + "</th><td class=\"kind\">" + why::wordOf(why::natureOf(blamed.cause, e.header))
               + "</td><td>"
               + render::countText(static_cast<std::uint64_t>(std::llround(blamed.requests)))
               + "</td></tr>\n";
    }
    return out + "</tbody></table>\n";
}

std::string chain(why::Explanation const& e) {
    std::string out = "<ol class=\"chain\">\n";
    for (auto const& link : e.account.chain) {
        out += "<li><b>" + escaped(link.subject) + "</b>: " + escaped(link.what) + "</li>\n";
    }
    return out + "</ol>\n";
}

// Its beginning and its end, if there is not room for all.
std::string tale(why::Explanation const& e, std::size_t most) {
    auto const& lines = e.tale.lines;
    std::size_t const atEnd = most / 4;
    std::size_t const leftOut = lines.size() > most ? lines.size() - most : 0;
    std::string out = "<ol class=\"story\">\n";
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (leftOut > 0 && i == most - atEnd) {
            out += "<li class=\"note\">and " + render::countText(leftOut) + " more steps</li>\n";
            i += leftOut;
        }
        out += "<li><span class=\"at\">" + escaped(instantText(lines[i].at.inSeconds()))
               + "</span> " + escaped(lines[i].text) + "</li>\n";
    }
    return out + "</ol>\n";
}

std::string times(why::Tale const& tale) {
    std::string text;
    auto const add = [&](char const* what, std::optional<Duration> const& d) {
        if (d) {
            text += (text.empty() ? "" : " \xc2\xb7 ") + std::string(what) + " "
                    + render::spanText(d->inSeconds());
        }
    };
    add("time to detect", tale.toDetect);
    add("to spread", tale.toSpread);
    add("to recover", tale.toRecover);
    return text.empty() ? "" : element("p", "times", text);
}

// The rest of the page speaks of all replications after the warm-up.
std::string whichRequests(summary::Summary const& s) {
    return s.replications > 1 ? " in the first of " + render::countText(s.replications)
                                    + " replications, warm-up included"
                              : ", warm-up included";
}

std::string explained(Shown const& shown) {
    why::Explanation const& e = *shown.report.why;
    std::string out;
    if (!e.tale.lines.empty()) {
        out += "<h3>What happened</h3>\n" + tale(e, shown.detail.rows) + times(e.tale);
    }
    if (!e.hurts()) {
        return out + element("p", "", "No request failed, came late or degraded.");
    }
    out += "<h3>First causes</h3>\n"
           + element("p", "",
                     render::countText(static_cast<std::uint64_t>(std::llround(e.account.bad)))
                         + " requests failed, came late or degraded, "
                         + render::shareText(e.account.bad / std::max(1.0, e.account.offered))
                         + " of all" + whichRequests(shown.report.summary)
                         + (e.account.causes.empty()
                                ? ". The record holds none of them with its calls."
                                : ". Walked back from each of them:"))
           + (e.account.causes.empty() ? "" : causes(e, 12));
    if (!e.account.chain.empty()) {
        out += "<h3>The way to the top cause</h3>\n" + chain(e);
    }
    for (auto const& amplifier : e.account.amplifiers) {
        out += element("p", "", "Made worse by " + why::amplifierText(amplifier, e.header));
        if (&amplifier - e.account.amplifiers.data() == 4) {
            break;
        }
    }
    return out;
}

} // namespace

std::string storySection(Shown const& shown) {
    if (isExplained(shown)) {
        return section("story", "Story", explained(shown));
    }
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
