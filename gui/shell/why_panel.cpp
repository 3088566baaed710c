#include "gui/shell/why_panel.hpp"

#include <cmath>

#include "reports/render/quantity.hpp"

namespace shakedown::gui {

namespace {

QString escaped(std::string const& text) {
    return QString::fromStdString(text).toHtmlEscaped();
}

QString timeLink(SimTime at) {
    return QString("<a href=\"t:%1\">%2 s</a>").arg(at.count()).arg(at.inSeconds(), 0, 'f', 1);
}

QString heading(QString const& text) {
    return "<h3 style=\"margin:10px 0 4px 0\">" + text + "</h3>";
}

} // namespace

WhyPanel::WhyPanel(QWidget* parent) : QTextBrowser(parent) {
    setOpenLinks(false);
    setAccessibleName("Why");
    connect(this, &QTextBrowser::anchorClicked, this, [this](QUrl const& url) {
        if (url.scheme() == "t")
            Q_EMIT timeWanted(SimTime::atNanoseconds(url.path().toLongLong()));
    });
}

void WhyPanel::say(QString const& sentence) {
    setHtml("<p>" + sentence.toHtmlEscaped() + "</p>");
}

void WhyPanel::explain(Run const& run, QString const& subject) {
    auto const& names = run.index().header().names;
    auto const asked = why::subjectNamed(subject.toStdString(), names);
    if (!asked)
        return say("There is no '" + subject + "' in this run.");
    auto const why = run.explain(*asked);
    if (!why.isFounded)
        return say("This record holds no requests (level summary): nothing can be explained.");
    QString const whom = subject.isEmpty() ? "all loads" : subject.toHtmlEscaped();
    QString html = "<p style=\"margin:0\"><b>" + whom + "</b></p>";
    if (!why.hurts()) {
        html += "<p>Nothing failed, came late or was degraded.</p>";
        setHtml(html);
        return;
    }
    html += QString("<p style=\"margin:2px 0\">%1 requests failed, came late or degraded.</p>")
                .arg(QString::fromStdString(
                    render::countText(static_cast<std::uint64_t>(std::llround(why.account.bad)))));
    html += heading("First causes") + "<table cellspacing=\"4\">";
    auto const tenths = why::inTenthsOfPercent(why.account.causes);
    for (std::size_t i = 0; i < why.account.causes.size() && i < 8; ++i)
        html += QString("<tr><td align=\"right\"><b>%1 %</b></td><td>%2</td></tr>")
                    .arg(tenths[i] / 10.0, 0, 'f', 1)
                    .arg(escaped(why::nameOf(why.account.causes[i].cause, why.header)));
    html += "</table>";
    if (!why.account.chain.empty()) {
        html += heading("The way there") + "<ol style=\"margin:0\">";
        for (auto const& link : why.account.chain)
            html += "<li><b>" + escaped(link.subject) + "</b>: " + escaped(link.what) + " ("
                    + timeLink(link.at) + ")</li>";
        html += "</ol>";
    }
    if (!why.tale.lines.empty()) {
        html += heading("What happened") + "<table cellspacing=\"4\">";
        for (auto const& line : why.tale.lines)
            html += "<tr><td align=\"right\">" + timeLink(line.at) + "</td><td>"
                    + escaped(line.text) + "</td></tr>";
        html += "</table>";
    }
    setHtml(html);
}

} // namespace shakedown::gui
