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

QString paragraph(QString const& sentence) {
    return "<p>" + sentence.toHtmlEscaped() + "</p>";
}

QString stretchText(why::Subject const& subject) {
    if (subject.from == SimTime() && subject.to == SimTime::never())
        return {};
    return QString(", %1 s to %2 s")
        .arg(subject.from.inSeconds(), 0, 'f', 1)
        .arg(subject.to.inSeconds(), 0, 'f', 1);
}

QString htmlOf(Run const& run, QString const& subject, SimTime from, SimTime to) {
    auto const& names = run.index().header().names;
    auto asked = why::subjectNamed(subject.toStdString(), names);
    if (!asked)
        return paragraph("There is no '" + subject + "' in this run.");
    asked->from = from;
    asked->to = to;
    auto const why = run.explain(*asked);
    if (!why.isFounded)
        return paragraph("This record holds no requests: nothing can be explained.");
    QString const whom = subject.isEmpty() ? "all loads" : subject.toHtmlEscaped();
    QString html = "<p style=\"margin:0\"><b>" + whom + "</b>" + stretchText(*asked) + "</p>";
    if (!why.hurts()) {
        return html + "<p>Nothing failed, came late or was degraded.</p>";
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
    return html;
}

} // namespace

WhyPanel::WhyPanel(QWidget* parent) : QTextBrowser(parent) {
    setOpenLinks(false);
    setAccessibleName("Why");
    thread_.setMaxThreadCount(1);
    connect(this, &QTextBrowser::anchorClicked, this, [this](QUrl const& url) {
        if (url.scheme() == "t")
            Q_EMIT timeWanted(SimTime::atNanoseconds(url.path().toLongLong()));
    });
}

WhyPanel::~WhyPanel() {
    thread_.clear();
    thread_.waitForDone();
}

void WhyPanel::say(QString const& sentence) {
    answered_ = ++asked_;
    setHtml(paragraph(sentence));
}

void WhyPanel::explain(std::shared_ptr<Run const> run, QString const& subject, SimTime from,
                       SimTime to) {
    int const number = ++asked_;
    thread_.clear(); // nobody waits for an older answer
    thread_.start([this, number, run = std::move(run), subject, from, to] {
        auto const html = htmlOf(*run, subject, from, to);
        // This panel waits for the thread before it goes.
        QMetaObject::invokeMethod(
            this,
            [this, number, html] {
                if (number != asked_)
                    return;
                answered_ = number;
                setHtml(html);
                Q_EMIT explained();
            },
            Qt::QueuedConnection);
    });
}

} // namespace shakedown::gui
