#pragma once

#include <optional>

#include <QTableWidget>

#include "gui/session/run.hpp"
#include "gui/theme/tokens.hpp"

namespace shakedown::gui {

/// A table to be read: whole rows, no editing, the last column takes what is left.
class ReadTable : public QTableWidget {
    Q_OBJECT

public:
    ReadTable(QString const& name, QStringList const& heads, QWidget* parent = nullptr);

protected:
    void put(int row, int column, QString const& text);
};

/// What was expected of a run and what was measured.
class ExpectationsPanel : public ReadTable {
    Q_OBJECT

public:
    explicit ExpectationsPanel(QWidget* parent = nullptr);
    /// From the summary.json in the folder of a run; empty if there is none.
    void show(QString const& folder);
};

/// Turning points of a run: what a person would want to see. Enter or a click goes there.
class MomentsPanel : public ReadTable {
    Q_OBJECT

public:
    explicit MomentsPanel(QWidget* parent = nullptr);
    /// All of them, or those of a stretch.
    void show(Run const* run, std::optional<Stretch> const& stretch);

Q_SIGNALS:
    void timeWanted(SimTime at);
};

} // namespace shakedown::gui
