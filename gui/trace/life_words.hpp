#pragma once

#include <QString>
#include <QStringList>

#include "gui/session/snapshot.hpp"
#include "gui/trace/waterfall.hpp"

/// What the pictures of requests say in words.
namespace shakedown::gui {

/// "timed out", "queue full": the words of the record, as people write them.
QString wordsOf(measure::Outcome outcome);
QString wordsOf(record::Cause cause);
/// "timed out"; "never ended" for one that has not by the end of the record.
QString outcomeOf(record::Request const& request);
/// The sign beside it. Who has not ended is busy.
Health signOf(record::Request const& request);
/// "300 ms".
QString lastsText(Duration lasts);

/// "timed out after 612 ms: timeout of site -> autos; attempt 2 of 2 waited 280 ms in the queue of
/// autos and was 20 ms in service".
QString sentenceOf(Waterfall const& waterfall, record::Header const& header);
/// "2 of 3", if there is more than one.
QString attemptText(Waterfall const& waterfall, WaterfallRow const& row);
/// Everything that the record has of an attempt, line by line.
QStringList linesOf(Waterfall const& waterfall, WaterfallRow const& row,
                    record::Header const& header);

} // namespace shakedown::gui
