#include "gui/shell/panels.hpp"

#include <QHeaderView>
#include <QTextDocument>

#include "gui/shell/fault_lines.hpp"

namespace shakedown::gui {

ReadTable::ReadTable(QString const& name, QStringList const& heads, QWidget* parent)
    : QTableWidget(0, static_cast<int>(heads.size()), parent) {
    setHorizontalHeaderLabels(heads);
    setEditTriggers(NoEditTriggers);
    setSelectionBehavior(SelectRows);
    setTabKeyNavigation(false); // Tab leaves the table
    verticalHeader()->hide();
    horizontalHeader()->setStretchLastSection(true);
    setAccessibleName(name);
}

void ReadTable::put(int row, int column, QString const& text) {
    auto* item = new QTableWidgetItem(text);
    item->setToolTip(Qt::convertFromPlainText(text));
    setItem(row, column, item);
}

ExpectationsPanel::ExpectationsPanel(QWidget* parent)
    : ReadTable("Expectations", {"", "expectation", "measured"}, parent) {}

void ExpectationsPanel::show(QString const& folder) {
    auto const rows = judgementsIn(folder);
    setRowCount(static_cast<int>(rows.size()));
    for (int row = 0; row < rowCount(); ++row) {
        auto const& judged = rows[static_cast<std::size_t>(row)];
        put(row, 0, judged.verdict);
        put(row, 1, judged.text);
        put(row, 2, judged.measured);
    }
    resizeColumnsToContents();
}

MomentsPanel::MomentsPanel(QWidget* parent) : ReadTable("Moments", {"at", "what"}, parent) {
    auto const go = [this](int row, int) {
        if (auto const* at = item(row, 0))
            Q_EMIT timeWanted(SimTime::atNanoseconds(at->data(Qt::UserRole).toLongLong()));
    };
    connect(this, &QTableWidget::cellActivated, this, go);
    connect(this, &QTableWidget::cellClicked, this, go);
}

void MomentsPanel::show(Run const* run, std::optional<Stretch> const& stretch) {
    setRowCount(0);
    if (run == nullptr)
        return;
    for (auto const& turn : run->index().turningPoints()) {
        if (stretch && (turn.at < stretch->from || turn.at > stretch->to))
            continue;
        int const row = rowCount();
        setRowCount(row + 1);
        put(row, 0, QString::number(turn.at.inSeconds(), 'f', 1) + " s");
        item(row, 0)->setData(Qt::UserRole, static_cast<qlonglong>(turn.at.count()));
        put(row, 1, QString::fromStdString(turn.what));
    }
    resizeColumnToContents(0);
}

} // namespace shakedown::gui
