#include "gui/trace/life_words.hpp"

#include <algorithm>

#include "reports/record/moment_words.hpp"
#include "reports/render/quantity.hpp"
#include "reports/why/ending.hpp"

namespace shakedown::gui {

using record::Cause;

namespace {

QString plain(std::string_view word) {
    return QString::fromUtf8(word.data(), static_cast<int>(word.size())).replace('_', ' ');
}

QString named(std::vector<std::string> const& names, std::uint32_t i) {
    return i < names.size() ? QString::fromStdString(names[i]) : QString("?");
}

QString serviceOf(record::Span const& span, record::Header const& header) {
    return named(header.names.endpoints, span.endpoint).section('/', 0, 0);
}

Duration queued(formats::AttemptTimes const& times) {
    if (!times.hasArrived)
        return {};
    return (times.hasStarted ? times.started : times.ended) - times.arrived;
}

Duration served(formats::AttemptTimes const& times) {
    return times.hasStarted ? times.ended - times.started : Duration();
}

// Where the time of an attempt went, for who waited until then.
QString whereabouts(WaterfallRow const& row, QString const& service) {
    auto times = row.times;
    if (!times.hasArrived)
        return "never reached " + service;
    times.ended = std::min(times.ended, std::max(times.answered, times.arrived));
    times.started = std::min(times.started, times.ended);
    QStringList parts;
    if (queued(times) > Duration())
        parts << "waited " + lastsText(queued(times)) + " in the queue of " + service;
    if (served(times) > Duration())
        parts << (parts.isEmpty() ? "was " : "") + lastsText(served(times)) + " in service"
                     + (parts.isEmpty() ? " at " + service : "");
    return parts.join(" and ");
}

QString longestText(Waterfall const& waterfall, record::Header const& header) {
    auto const& part = *waterfall.longest();
    auto const service = serviceOf(waterfall.spanOf(waterfall.rows()[part.row]), header);
    switch (part.where) {
    case LongestPart::Where::OnTheWay:
        return "on the way to and from " + service;
    case LongestPart::Where::InQueue:
        return "in the queue of " + service;
    case LongestPart::Where::InService:
        break;
    }
    return "in service at " + service;
}

} // namespace

QString wordsOf(measure::Outcome outcome) {
    return plain(record::wordOf(outcome));
}

QString wordsOf(Cause cause) {
    return cause == Cause::None ? QString() : plain(record::wordOf(cause));
}

QString outcomeOf(record::Request const& request) {
    return request.ended == SimTime::never() ? QString("never ended") : wordsOf(request.outcome);
}

Health signOf(record::Request const& request) {
    if (request.ended == SimTime::never())
        return Health::Busy;
    switch (request.outcome) {
    case measure::Outcome::Ok:
        return Health::Calm;
    case measure::Outcome::Degraded:
        return Health::Strained;
    case measure::Outcome::Failed:
    case measure::Outcome::Rejected:
    case measure::Outcome::TimedOut:
        break;
    }
    return Health::Failing;
}

QString lastsText(Duration lasts) {
    return QString::fromStdString(render::spanText(lasts.inSeconds()));
}

QString sentenceOf(Waterfall const& waterfall, record::Header const& header) {
    auto const& request = waterfall.request();
    Duration const lasted = waterfall.ended() - formats::sane(request.intended);
    QString sentence =
        outcomeOf(request) + (waterfall.hasEnded() ? " after " : " within ") + lastsText(lasted);
    if (auto const cause = waterfall.cause()) {
        auto const& row = waterfall.rows()[*cause];
        auto const& span = waterfall.spanOf(row);
        sentence += ": " + QString::fromStdString(why::endingText({span.cause, span.call}, header));
        auto const where = whereabouts(row, serviceOf(span, header));
        auto const attempt = attemptText(waterfall, row);
        if (!where.isEmpty())
            sentence +=
                "; " + (attempt.isEmpty() ? QString("it") : "attempt " + attempt) + " " + where;
    } else if (waterfall.longest()) {
        sentence += ": " + lastsText(waterfall.longest()->lasts) + " of it "
                    + longestText(waterfall, header);
    }
    return sentence;
}

QString attemptText(Waterfall const& waterfall, WaterfallRow const& row) {
    return row.attempts < 2
               ? QString()
               : QString("%1 of %2").arg(waterfall.spanOf(row).attempt).arg(row.attempts);
}

QStringList linesOf(Waterfall const& waterfall, WaterfallRow const& row,
                    record::Header const& header) {
    auto const& span = waterfall.spanOf(row);
    auto const& times = row.times;
    QStringList lines{named(header.names.calls, span.call)};
    QString callee = named(header.names.endpoints, span.endpoint);
    if (span.replica != record::nobody)
        callee += QString(", replica %1").arg(span.replica);
    lines << callee;
    if (row.attempts > 1)
        lines << "attempt " + attemptText(waterfall, row);
    auto const since = [&](SimTime t) { return lastsText(t - waterfall.begin()); };
    lines << "sent at " + QString::number(times.sent.inSeconds(), 'f', 4) + " s, "
                 + since(times.sent) + " after the request began";
    if (!times.hasArrived)
        lines << "never reached the callee";
    else if (!times.hasStarted)
        lines << "in the queue for " + lastsText(queued(times)) + ", never got a worker";
    else
        lines << "in the queue for " + lastsText(queued(times))
              << "in service for " + lastsText(served(times));
    if (!row.isAnswered)
        lines << "not answered by the end of the record";
    else
        lines << "its caller waited " + lastsText(times.answered - times.sent);
    if (times.hasArrived && row.isAnswered && times.ended > times.answered)
        lines << "went on for " + lastsText(times.ended - times.answered)
                     + " after nobody waited for it";
    if (span.cause != Cause::None)
        lines << "ended: "
                     + QString::fromStdString(why::endingText({span.cause, span.call}, header));
    if (row.isCause)
        lines << "the request ended of this";
    else if (row.isCritical)
        lines << "on the critical path";
    return lines;
}

} // namespace shakedown::gui
