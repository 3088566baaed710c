#include <algorithm>

#include "reports/html/markup.hpp"
#include "reports/html/sections.hpp"
#include "reports/html/table.hpp"
#include "reports/html/topology.hpp"
#include "reports/record/moment_words.hpp"
#include "reports/render/quantity.hpp"

namespace shakedown::html {

namespace {

using verdict::Held;

std::size_t countOf(summary::Summary const& s, Held held) {
    return static_cast<std::size_t>(std::count_if(s.expectations.begin(), s.expectations.end(),
                                                  [&](auto const& j) { return j.held == held; }));
}

std::string heldSentence(summary::Summary const& s) {
    std::size_t const all = s.expectations.size();
    if (all == 0) {
        return "Nothing was expected, so nothing was checked";
    }
    std::size_t const held = countOf(s, Held::Yes);
    std::string const of = render::countText(held) + " of " + render::countText(all)
                           + (all == 1 ? " expectation held" : " expectations held");
    std::size_t const unknown = countOf(s, Held::Unknown);
    return unknown == 0 ? of : of + ", " + render::countText(unknown) + " could not be checked";
}

char const* wordOf(Held held) {
    switch (held) {
    case Held::Yes:
        return "\xe2\x9c\x93 PASS";
    case Held::No:
        return "\xe2\x9c\x97 FAIL";
    case Held::Unknown:
        break;
    }
    return "? NONE";
}

char const* classOf(Held held) {
    switch (held) {
    case Held::Yes:
        return "pass";
    case Held::No:
        return "fail";
    case Held::Unknown:
        break;
    }
    return "none";
}

std::string cell(std::string const& head, std::string const& text) {
    return "<td data-head=\"" + escaped(head) + "\">" + escaped(text) + "</td>";
}

bool hasInterval(verdict::Judgement const& j) {
    return j.interval && j.interval->halfWidth() > 0;
}

std::string row(verdict::Judgement const& j, bool withInterval) {
    std::string measured = "not measured";
    std::string limit = "-";
    if (j.value) {
        auto const texts = render::beside(*j.value, j.limit, j.unit);
        measured = texts.value;
        limit = std::string(verdict::signOf(j.comparison)) + " " + texts.limit;
    }
    std::string interval = "-";
    if (hasInterval(j)) {
        interval = render::valueText(j.interval->low, j.unit) + " to "
                   + render::valueText(j.interval->high, j.unit);
    }
    return std::string("<tr><td class=\"") + classOf(j.held) + "\">" + wordOf(j.held)
           + "</td><th scope=\"row\">" + escaped(j.text)
           + (j.note.empty() ? "" : "<br/><span class=\"note\">" + escaped(j.note) + "</span>")
           + "</th>" + cell("measured", measured) + cell("expected", limit)
           + (withInterval ? cell("95 % interval", interval) : "") + "</tr>\n";
}

// What did not hold comes first when there is no room for all.
std::string expectations(summary::Summary const& s, std::size_t most) {
    if (s.expectations.empty()) {
        return "";
    }
    std::vector<verdict::Judgement const*> shown;
    for (auto const& j : s.expectations) {
        shown.push_back(&j);
    }
    if (shown.size() > most) {
        std::stable_sort(shown.begin(), shown.end(), [](auto const* a, auto const* b) {
            return (a->held != Held::Yes) > (b->held != Held::Yes);
        });
        shown.resize(most);
    }
    bool const withInterval =
        std::any_of(shown.begin(), shown.end(), [](auto const* j) { return hasInterval(*j); });
    std::string out = "<table class=\"expectations\">\n<thead><tr><th scope=\"col\">verdict</th>"
                      "<th scope=\"col\">expectation</th><th scope=\"col\">measured</th>"
                      "<th scope=\"col\">expected</th>"
                      + std::string(withInterval ? "<th scope=\"col\">95 % interval</th>" : "")
                      + "</tr></thead>\n<tbody>\n";
    for (auto const* j : shown) {
        out += row(*j, withInterval);
    }
    out += "</tbody></table>\n";
    if (std::size_t const more = s.expectations.size() - shown.size(); more > 0) {
        out += element("p", "note", "and " + render::countText(more) + " more in summary.json");
    }
    return out;
}

std::string latencyText(summary::LoadSummary const& l, Duration d) {
    return l.ok + l.degraded == 0 ? "-" : render::spanText(d.inSeconds());
}

std::string loads(Shown const& shown) {
    summary::Summary const& s = shown.report.summary;
    Table table;
    table.caption = "Loads" + std::string(s.replications > 1 ? ", all replications together" : "");
    table.heads = {"load",      "offered", "ok",     "degraded", "failed", "rejected",
                   "timed out", "goodput", "errors", "p50",      "p99",    "max"};
    for (std::size_t const i : chosenLoads(s, shown.detail.rows)) {
        auto const& l = s.loads[i];
        table.rows.push_back({l.name, render::countText(l.offered), render::countText(l.ok),
                              render::countText(l.degraded), render::countText(l.failed),
                              render::countText(l.rejected), render::countText(l.timedOut),
                              render::rateText(l.goodput), render::shareText(l.errors),
                              latencyText(l, l.latency.p50), latencyText(l, l.latency.p99),
                              latencyText(l, l.latency.max)});
    }
    return tableHtml(table, "numbers");
}

std::string worstSentence(Shown const& shown, std::size_t step) {
    Conditions const& conditions = shown.conditions;
    double const from = static_cast<double>(step) * shown.axis.step;
    std::string const when = instantText(from) + " to "
                             + instantText(std::min(shown.axis.length, from + shown.axis.step));
    std::string const ended = render::countText(conditions.ended(step));
    if (std::uint64_t const bad = conditions.bad(step); bad > 0) {
        return "From " + when + ", " + render::countText(bad) + " of " + ended
               + " requests ended without success, more than at any other time.";
    }
    if (std::uint64_t const degraded = conditions.degraded(step); degraded > 0) {
        return "No request failed. From " + when + ", " + render::countText(degraded) + " of "
               + ended + " were degraded, more than at any other time.";
    }
    return "No request failed. Most were waiting from " + when + ".";
}

std::string worstMoment(Shown const& shown) {
    History const& history = shown.report.history;
    if (history.steps() == 0) {
        return element("p", "note",
                       "The run was recorded at level summary: what happened over time is not "
                       "known. Run it with --record sampled to see it here.");
    }
    std::size_t const step = shown.conditions.worstStep();
    return "<h3>The worst moment</h3>\n" + element("p", "", worstSentence(shown, step))
           + topology(history, shown.conditions, step, shown.detail.nodes);
}

} // namespace

std::string verdictSentence(summary::Summary const& s) {
    std::string out = heldSentence(s);
    if (!s.cascade.empty()) {
        auto const& first = s.cascade.front();
        out += "; " + first.subject + " broke first, at " + instantText(first.at.inSeconds()) + ": "
               + first.what;
    }
    return out + ".";
}

std::string verdictSection(Shown const& shown) {
    summary::Summary const& s = shown.report.summary;
    bool const allHeld = !s.expectations.empty() && countOf(s, Held::Yes) == s.expectations.size();
    char const* const cls = allHeld ? "pass" : countOf(s, Held::No) > 0 ? "fail" : "none";
    char const* const sign = allHeld                    ? "\xe2\x9c\x93 "
                             : countOf(s, Held::No) > 0 ? "\xe2\x9c\x97 "
                                                        : "? ";
    std::string out = std::string("<p class=\"sentence ") + cls + "\">" + sign
                      + escaped(verdictSentence(s)) + "</p>\n";
    if (s.reason != record::EndReason::Finished) {
        out += element("p", "warning",
                       "The run did not finish: " + std::string(record::wordOf(s.reason)) + ".");
    }
    for (auto const& contradiction : s.contradictions) {
        out += element("p", "warning", "The books do not balance: " + contradiction);
    }
    out += expectations(s, shown.detail.rows) + loads(shown) + worstMoment(shown);
    return section("verdict", "Verdict", out);
}

} // namespace shakedown::html
