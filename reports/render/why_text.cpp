#include "reports/render/why_text.hpp"

#include <algorithm>
#include <cmath>

#include "reports/record/number_text.hpp"
#include "reports/render/page.hpp"
#include "reports/render/quantity.hpp"

namespace shakedown::render {

namespace {

constexpr std::size_t causesShown = 8;
constexpr std::size_t endingsShown = 6;
constexpr std::size_t amplifiersShown = 5;
constexpr std::size_t struckShown = 8;

std::string instantText(SimTime at) {
    return record::fixed(at.inSeconds(), 1) + " s";
}

std::string rightOf(std::string const& text, std::size_t width) {
    std::size_t const has = widthOf(text);
    return std::string(has < width ? width - has : 0, ' ') + text;
}

std::string requestsText(double requests) {
    auto const count = static_cast<std::uint64_t>(std::llround(requests));
    return countText(count) + (count == 1 ? " request" : " requests");
}

void more(Page& page, std::size_t all, std::size_t shown) {
    if (all > shown) {
        page.line("            and " + countText(all - shown) + " more");
    }
}

void causes(Page& page, why::Explanation const& e) {
    page.heading("First causes");
    auto const shares = shareTexts(e.account.causes);
    // Less than a twentieth of a percent is no row of its own.
    auto const worthARow =
        static_cast<std::size_t>(std::find(shares.begin(), shares.end(), "0.0 %") - shares.begin());
    for (std::size_t i = 0; i < std::min(causesShown, worthARow); ++i) {
        auto const& blamed = e.account.causes[i];
        page.clippedLine(rightOf(shares[i], 9) + "  " + cleaned(why::nameOf(blamed.cause, e.header))
                         + ", " + requestsText(blamed.requests));
        if (blamed.cause.kind != why::CauseKind::Event) {
            page.clippedLine("           " + std::string(why::whatIsWrong(blamed.cause.kind)));
        }
    }
    more(page, worthARow, causesShown);
}

// Calls of several loads that end alike are one line.
void endings(Page& page, why::Explanation const& e) {
    page.heading("How they ended");
    std::vector<std::pair<std::string, double>> lines;
    for (auto const& ending : e.account.endings) {
        std::string const text = why::endingText(ending.what, e.header);
        auto const same = std::find_if(lines.begin(), lines.end(),
                                       [&](auto const& line) { return line.first == text; });
        if (same == lines.end()) {
            lines.emplace_back(text, ending.requests);
        } else {
            same->second += ending.requests;
        }
    }
    std::stable_sort(lines.begin(), lines.end(),
                     [](auto const& a, auto const& b) { return a.second > b.second; });
    for (std::size_t i = 0; i < std::min(endingsShown, lines.size()); ++i) {
        page.clippedLine(
            rightOf(countText(static_cast<std::uint64_t>(std::llround(lines[i].second))), 9) + "  "
            + cleaned(lines[i].first));
    }
    more(page, lines.size(), endingsShown);
}

void chain(Page& page, why::Explanation const& e) {
    if (e.account.chain.empty()) {
        return;
    }
    page.heading("The way to the top cause");
    bool isFirst = true;
    for (auto const& link : e.account.chain) {
        page.wrappedLine((isFirst ? "           " : "  because  "),
                         cleaned(link.subject + ": " + link.what));
        isFirst = false;
    }
}

void amplifiers(Page& page, why::Explanation const& e) {
    if (e.account.amplifiers.empty()) {
        return;
    }
    page.heading("Made worse by");
    for (std::size_t i = 0; i < std::min(amplifiersShown, e.account.amplifiers.size()); ++i) {
        page.clippedLine("           "
                         + cleaned(why::amplifierText(e.account.amplifiers[i], e.header)));
    }
    more(page, e.account.amplifiers.size(), amplifiersShown);
}

void tale(Page& page, why::Explanation const& e) {
    page.heading("What happened");
    for (auto const& line : e.tale.lines) {
        page.wrappedLine(rightOf(instantText(line.at), 9) + "  ", cleaned(line.text));
    }
    std::string times;
    auto const add = [&](char const* what, std::optional<Duration> const& d) {
        if (d) {
            times +=
                (times.empty() ? "" : ", ") + std::string(what) + " " + spanText(d->inSeconds());
        }
    };
    add("time to detect", e.tale.toDetect);
    add("to spread", e.tale.toSpread);
    add("to recover", e.tale.toRecover);
    if (!times.empty()) {
        page.line("           " + times);
    }
}

void struck(Page& page, char const* what, std::vector<why::Struck> const& list, std::size_t all) {
    std::string text;
    for (std::size_t i = 0; i < std::min(struckShown, list.size()); ++i) {
        text += (i == 0 ? "" : ", ") + cleaned(list[i].name) + " "
                + record::significant(list[i].share() * 100, 3) + " %";
    }
    if (list.size() > struckShown) {
        text += " and " + countText(list.size() - struckShown) + " more";
    }
    if (text.empty()) {
        text = "none";
    }
    page.wrappedLine("  " + padded(what, 9),
                     countText(list.size()) + " of " + countText(all) + ": " + text);
}

void blast(Page& page, why::Explanation const& e) {
    if (!e.tale.hurtFrom) {
        return;
    }
    page.heading("Blast radius, while it hurt");
    struck(page, "loads", e.blast.loads, e.blast.loadsInAll);
    struck(page, "services", e.blast.services, e.blast.servicesInAll);
    if (!e.blast.owners.empty()) {
        std::string text;
        for (auto const& owner : e.blast.owners) {
            text += (text.empty() ? "" : ", ") + cleaned(owner.all.name) + " "
                    + record::significant(owner.all.share() * 100, 3) + " %";
        }
        page.wrappedLine("  owners   ", text);
    }
}

// " from 60.0 s to 63.0 s"; nothing for the whole run.
std::string stretchText(why::Subject const& subject) {
    std::string text;
    if (subject.from > SimTime()) {
        text += " from " + instantText(subject.from);
    }
    if (subject.to < SimTime::never()) {
        text += " to " + instantText(subject.to);
    }
    return text;
}

} // namespace

std::string subjectText(why::Explanation const& e) {
    switch (e.subject.kind) {
    case why::SubjectKind::Everything:
        return {};
    case why::SubjectKind::Load:
        return e.header.names.loads[e.subject.index];
    case why::SubjectKind::Service:
        return e.header.names.services[e.subject.index];
    case why::SubjectKind::Call:
        return e.header.names.calls[e.subject.index];
    }
    return {};
}

std::vector<std::string> shareTexts(std::vector<why::Blamed> const& causes) {
    std::vector<std::string> texts;
    for (int const tenths : why::inTenthsOfPercent(causes)) {
        texts.push_back(std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %");
    }
    return texts;
}

std::string whyText(why::Explanation const& e, Colour colour) {
    Page page(colour);
    std::string const subject = cleaned(subjectText(e));
    bool const isOfRequests =
        e.subject.kind == why::SubjectKind::Everything || e.subject.kind == why::SubjectKind::Load;
    std::string const whose =
        (subject.empty() ? "" : (isOfRequests ? " of " : " that met trouble at ") + subject)
        + stretchText(e.subject);
    page.line(page.inked(Ink::Heading, clipped(cleaned(e.header.scenario), lineWidth)));
    if (!e.hurts()) {
        page.clippedLine("No request" + whose
                         + " failed, was late or degraded: there is nothing to explain.");
        return page.take();
    }
    page.clippedLine(requestsText(e.account.bad) + whose
                     + (isOfRequests
                            ? ", " + shareText(e.account.bad / std::max(1.0, e.account.offered))
                                  + " of all, failed, came late or degraded."
                            : "."));
    if (e.account.causes.empty()) {
        page.line("The record holds none of them with its calls. Run it again with --record full.");
    } else {
        causes(page, e);
        endings(page, e);
        chain(page, e);
        amplifiers(page, e);
    }
    tale(page, e);
    blast(page, e);
    return page.take();
}

} // namespace shakedown::render
