#include "gui/live/steady_after.hpp"

#include <QFile>

#include "reports/summary/summary_reader.hpp"

namespace shakedown::gui {

namespace {

constexpr qint64 summaryAtMost = 16 * 1024 * 1024;
// As `inject` names it.
constexpr auto expectation = "steady state after";

} // namespace

Phases::Steady steadyAfter(QString const& folder) {
    QFile file(folder + "/summary.json");
    if (!file.open(QIODevice::ReadOnly) || file.size() > summaryAtMost)
        return Phases::Steady::Unknown;
    auto const summary =
        summary::readSummary(file.readAll().toStdString(), file.fileName().toStdString());
    if (!summary)
        return Phases::Steady::Unknown;
    for (auto const& judgement : summary.value().expectations)
        if (judgement.text == expectation)
            return judgement.held == verdict::Held::Yes  ? Phases::Steady::Yes
                   : judgement.held == verdict::Held::No ? Phases::Steady::No
                                                         : Phases::Steady::Unknown;
    return Phases::Steady::Unknown;
}

} // namespace shakedown::gui
