#include "gui/shell/fault_lines.hpp"

#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace shakedown::gui {

namespace {

constexpr int lastsSeconds = 20;

QString quoted(QString const& name) {
    QString text = name;
    text.replace('\\', "\\\\").replace('"', "\\\"");
    return '"' + text + '"';
}

// Tenths, and never "1e+06".
QString secondsOf(SimTime at) {
    QString text = QString::number(at.inSeconds(), 'f', 1);
    if (text.endsWith(".0"))
        text.chop(2);
    return text;
}

// What the verb needs beside its target.
QString numbersOf(QString const& verb) {
    if (verb == "slow")
        return ", add: 2s";
    if (verb == "errors")
        return ", share: 50%";
    if (verb == "latency")
        return ", add: 300ms";
    if (verb == "loss")
        return ", share: 20%";
    return "";
}

} // namespace

QStringList verbsFor(QString const& subject) {
    if (subject.contains(" -> "))
        return {"black_hole", "latency", "loss"};
    return {"slow", "errors", "hang", "crash", "kill", "restart"};
}

QString faultLine(QString const& verb, QString const& subject, SimTime at) {
    QString const target = (subject.contains(" -> ") ? "call: " : "service: ") + quoted(subject);
    QString const length =
        verb == "kill" || verb == "restart" ? QString() : QString(", for: %1s").arg(lastsSeconds);
    return QString("{ at: %1s%2, %3: { %4%5 } }")
        .arg(secondsOf(at))
        .arg(length, verb, target, numbersOf(verb));
}

QString flipLine(QString const& call, QString const& state, SimTime at) {
    return QString("{ at: %1s, for: %2s, flip_breaker: { call: %3, state: %4 } }")
        .arg(secondsOf(at))
        .arg(lastsSeconds)
        .arg(quoted(call), state);
}

QString labelOf(QString const& verb) {
    static QHash<QString, QString> const labels = {
        {"slow", "Slow down by 2 s"},
        {"errors", "Answer half with errors"},
        {"hang", "Hang"},
        {"crash", "Crash for a while"},
        {"kill", "Kill"},
        {"restart", "Restart"},
        {"black_hole", "Cut (nothing comes through)"},
        {"latency", "Add 300 ms of latency"},
        {"loss", "Lose a fifth of the messages"},
    };
    return labels.value(verb, verb);
}

std::vector<JudgementRow> judgementsIn(QString const& folder) {
    QFile file(folder + "/summary.json");
    if (folder.isEmpty() || !file.open(QIODevice::ReadOnly))
        return {};
    std::vector<JudgementRow> rows;
    auto const json = QJsonDocument::fromJson(file.readAll()).object();
    for (auto const& value : json["expectations"].toArray()) {
        auto const one = value.toObject();
        auto const held = one["held"];
        QString measured = one["note"].toString();
        if (one["value"].isDouble())
            measured =
                QString::number(one["value"].toDouble(), 'g', 4) + " " + one["unit"].toString();
        rows.push_back({held.isBool() ? (held.toBool() ? "PASS" : "FAIL") : "NONE",
                        one["text"].toString(), measured.trimmed()});
    }
    return rows;
}

} // namespace shakedown::gui
