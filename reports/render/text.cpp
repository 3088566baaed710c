#include "reports/render/text.hpp"

#include <algorithm>
#include <cmath>

#include "reports/record/digest.hpp"
#include "reports/record/live.hpp"
#include "reports/record/moment_words.hpp"
#include "reports/record/number_text.hpp"
#include "reports/render/page.hpp"
#include "reports/render/plain_text.hpp"
#include "reports/render/quantity.hpp"
#include "reports/render/why_text.hpp"

namespace shakedown::render {

namespace {

constexpr std::size_t measuredColumn = 50;
constexpr std::size_t storyShown = 5;
constexpr std::size_t machinesShown = 5;

std::string verdictWord(Page const& page, verdict::Held held) {
    switch (held) {
    case verdict::Held::Yes:
        return page.inked(Ink::Good, "PASS");
    case verdict::Held::No:
        return page.inked(Ink::Bad, "FAIL");
    case verdict::Held::Unknown:
        break;
    }
    return page.inked(Ink::Unsure, "NONE");
}

std::string measuredText(verdict::Judgement const& j) {
    if (!j.value) {
        return j.note.empty() ? "nothing measured" : cleaned(j.note);
    }
    auto const [value, limit] = beside(*j.value, j.limit, j.unit);
    std::string text = value + " (limit " + limit + ")";
    if (j.interval && j.interval->halfWidth() > 0) {
        text += ", 95 %: " + valueText(j.interval->low, j.unit) + " to "
                + valueText(j.interval->high, j.unit);
    }
    return text;
}

void expectations(Page& page, summary::Summary const& s) {
    if (s.expectations.empty()) {
        page.line("The scenario expects nothing: nothing was checked.");
        return;
    }
    for (auto const& j : s.expectations) {
        std::string const text = clipped(cleaned(j.text), lineWidth - 6);
        std::string const value = measuredText(j);
        std::string const head = verdictWord(page, j.held) + "  ";
        bool const fits =
            widthOf(text) < measuredColumn - 6 && measuredColumn + widthOf(value) <= lineWidth;
        if (fits) {
            page.line(head + padded(text, measuredColumn - 6) + value);
        } else {
            page.line(head + text);
            page.clippedLine("      " + value);
        }
        if (j.value && !j.note.empty()) {
            page.clippedLine("      " + cleaned(j.note));
        }
    }
    auto const count = [&](verdict::Held held) {
        return std::count_if(s.expectations.begin(), s.expectations.end(),
                             [&](auto const& j) { return j.held == held; });
    };
    std::string line = countText(static_cast<std::uint64_t>(count(verdict::Held::Yes))) + " of "
                       + countText(s.expectations.size()) + " expectations held";
    if (auto const unknown = count(verdict::Held::Unknown); unknown > 0) {
        line += ", " + countText(static_cast<std::uint64_t>(unknown)) + " could not be checked";
    }
    page.line(line + ".");
}

std::string sentence(verdict::StoryItem const& item) {
    std::string text = item.subject + ": " + item.what;
    return item.because.empty() ? text : text + " (" + item.because + ")";
}

// Of the bad outcomes where they were recorded, else of the steps of the story.
std::string topCause(summary::Summary const& s, why::Explanation const* why) {
    if (why == nullptr || !why->isFounded) {
        return verdict::topCause(s.cascade);
    }
    if (why->account.causes.empty()) {
        return "";
    }
    auto const& top = why->account.causes.front();
    return why::nameOf(top.cause, why->header) + ", " + shareTexts(why->account.causes).front()
           + " of " + countText(static_cast<std::uint64_t>(std::llround(why->account.bad)))
           + " bad outcomes"
           + (s.replications > 1 ? " (first of " + countText(s.replications) + ")" : "");
}

void story(Page& page, summary::Summary const& s, why::Explanation const* why) {
    std::string const cause = topCause(s, why);
    if (s.cascade.empty()) {
        if (!cause.empty()) {
            page.heading("Why");
            page.clippedLine("  Top cause: " + cleaned(cause));
        }
        return;
    }
    page.heading("What broke first");
    for (std::size_t i = 0; i < std::min(storyShown, s.cascade.size()); ++i) {
        auto const& item = s.cascade[i];
        std::string const at = record::fixed(item.at.inSeconds(), 1) + " s";
        page.clippedLine("  " + std::string(at.size() < 9 ? 9 - at.size() : 0, ' ') + at + "  "
                         + cleaned(sentence(item)));
    }
    if (s.cascade.size() > storyShown) {
        page.line("             and " + countText(s.cascade.size() - storyShown) + " more");
    }
    if (!cause.empty()) {
        page.clippedLine("  Top cause: " + cleaned(cause));
    }
}

void loads(Page& page, summary::Summary const& s) {
    page.heading("Loads");
    for (auto const& l : s.loads) {
        std::string line = "  " + padded(clipped(cleaned(l.name), 20), 20) + "  "
                           + countText(l.offered) + " offered, " + shareText(l.errors)
                           + " errors, goodput " + rateText(l.goodput);
        page.clippedLine(line);
        bool const answered = l.ok + l.degraded > 0;
        page.clippedLine(std::string(24, ' ')
                         + (answered ? "latency p50 " + spanText(l.latency.p50.inSeconds())
                                           + ", p99 " + spanText(l.latency.p99.inSeconds())
                                           + ", max " + spanText(l.latency.max.inSeconds())
                                     : std::string("no request was answered")));
    }
}

// The busiest few; on a small platform all of them.
void machines(Page& page, summary::Summary const& s) {
    if (s.hosts.empty()) {
        return;
    }
    page.heading("Hosts and links");
    auto const byUse = [](auto const& a, auto const& b) { return a.utilisation > b.utilisation; };
    auto hosts = s.hosts;
    std::stable_sort(hosts.begin(), hosts.end(), byUse);
    for (std::size_t i = 0; i < std::min(machinesShown, hosts.size()); ++i) {
        auto const& h = hosts[i];
        std::string line = "  " + padded(clipped(cleaned(h.name), 20), 20) + "  "
                           + shareText(h.utilisation) + " used";
        for (std::size_t u = 0; u < std::min<std::size_t>(3, h.users.size()); ++u) {
            line += (u == 0 ? ": " : ", ") + cleaned(h.users[u].service) + " "
                    + shareText(h.users[u].share);
        }
        page.clippedLine(line);
    }
    auto links = s.links;
    std::stable_sort(links.begin(), links.end(), byUse);
    for (std::size_t i = 0; i < std::min(machinesShown, links.size()); ++i) {
        page.clippedLine("  " + padded(clipped(cleaned(links[i].name), 20), 20) + "  "
                         + shareText(links[i].utilisation) + " used");
    }
    double joules = 0;
    for (auto const& h : s.hosts) {
        joules += h.joules;
    }
    if (joules > 0) {
        page.line("  " + padded("energy", 20) + "  " + record::fixed(joules / 1000, 1) + " kJ");
    }
}

std::string runLine(summary::Summary const& s) {
    if (record::isLive(s.platform)) {
        return "live for " + spanText(s.simulatedSeconds) + ", arrivals of seed "
               + std::to_string(s.seed) + ", " + countText(s.events) + " moments";
    }
    return "seed " + std::to_string(s.seed) + ", " + countText(s.replications)
           + (s.replications == 1 ? " replication of " : " replications of ")
           + spanText(s.simulatedSeconds) + ", " + countText(s.events) + " events, digest "
           + record::digestText(s.digest);
}

void closingLines(Page& page, Closing const& closing) {
    if (!closing.files.empty()) {
        page.heading("Written");
        for (auto const& file : closing.files) {
            page.line("  " + cleaned(file));
        }
    }
    if (!closing.next.empty()) {
        page.heading("Next");
        page.line("  " + cleaned(closing.next));
    }
}

} // namespace

std::string text(summary::Summary const& s, Closing const& closing, Colour colour) {
    Page page(colour);
    page.line(page.inked(Ink::Heading, clipped(cleaned(s.scenario), lineWidth)));
    if (s.reason != record::EndReason::Finished) {
        page.line(page.inked(
            Ink::Unsure, "The run did not finish: " + std::string(record::wordOf(s.reason)) + "."));
    }
    expectations(page, s);
    story(page, s, closing.why);
    loads(page, s);
    machines(page, s);
    page.clippedLine("\n" + runLine(s));
    for (auto const& contradiction : s.contradictions) {
        page.line(
            page.inked(Ink::Bad, clipped("CONTRADICTION  " + cleaned(contradiction), lineWidth)));
    }
    page.raw(closing.comparison);
    closingLines(page, closing);
    return page.take();
}

} // namespace shakedown::render
