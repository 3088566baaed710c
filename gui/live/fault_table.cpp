#include "gui/live/fault_table.hpp"

#include <QHeaderView>

#include "gui/theme/signs.hpp"

namespace shakedown::gui {

namespace {

constexpr int rowPadding = 8;
constexpr int mostRows = 256; // an agent holds few at once; a broken one may say anything

bool isNumber(int column) {
    return column == 3 || column == 4;
}

QString secondsText(Duration span) {
    return QString::number(span.inSeconds(), 'f', 1) + " s";
}

} // namespace

FaultTable::FaultTable(QWidget* parent) : QTableWidget(0, 7, parent) {
    setAccessibleName("Faults at work");
    setHorizontalHeaderLabels({"state", "fault", "target", "lease left", "ends in", "agent", "by"});
    setEditTriggers(NoEditTriggers);
    setSelectionBehavior(SelectRows);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + rowPadding);
    horizontalHeader()->setSectionResizeMode(columnCount() - 1, QHeaderView::Stretch);
}

void FaultTable::showEvent(QShowEvent* event) {
    QTableWidget::showEvent(event);
    resizeColumnsToContents();
}

void FaultTable::setAgents(std::vector<AgentSight> const& agents, Scheme scheme) {
    auto const now = std::chrono::steady_clock::now();
    auto const& tokens = Tokens::of(scheme);
    int row = 0;
    for (auto const& agent : agents)
        for (auto const& fault : inForce(agent)) {
            if (row == mostRows)
                break;
            if (row == rowCount())
                insertRow(row);
            bool const isLost = agent.state == AgentSight::State::Lost;
            QString const state = isLost ? "not known now" : wordsOf(fault.state);
            QStringList const words{state,
                                    QString::fromUtf8(protocol::nameOf(fault.request.what)),
                                    QString::fromStdString(fault.request.target),
                                    secondsText(leftNow(agent, fault.leaseLeft, now)),
                                    secondsText(leftNow(agent, fault.durationLeft, now)),
                                    agent.place.name,
                                    QString::fromStdString(fault.owner)};
            for (int column = 0; column < columnCount(); ++column) {
                if (item(row, column) == nullptr)
                    setItem(row, column, new QTableWidgetItem);
                if (isNumber(column))
                    item(row, column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
                item(row, column)->setText(words[column]);
                item(row, column)->setToolTip(words[column]);
            }
            item(row, 0)->setIcon(signIcon(isLost ? Health::Down : healthOf(fault), tokens));
            ++row;
        }
    setRowCount(row);
    if (row != sized_ && row > 0)
        resizeColumnsToContents();
    sized_ = row;
}

} // namespace shakedown::gui
