#pragma once

#include <vector>

#include <QString>
#include <QStringList>

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::gui {

/// Faults that can be done to a service, or to a call ("a -> b"), by a click.
QStringList verbsFor(QString const& subject);

/// "Hang (it takes requests and answers none)".
QString labelOf(QString const& verb);

/// The fault as a line of YAML, from that time on for a while.
QString faultLine(QString const& verb, QString const& subject, SimTime at);

/// A breaker held by hand as a line of YAML, from that time on for a while: state is
/// "forced_open" or "disabled".
QString flipLine(QString const& call, QString const& state, SimTime at);

/// One expectation of a run, for a table.
struct JudgementRow {
    QString verdict; // "PASS", "FAIL", "NONE"
    QString text;
    QString measured;
};
/// From the summary.json in the folder of a run; none if there is none.
std::vector<JudgementRow> judgementsIn(QString const& folder);

} // namespace shakedown::gui
