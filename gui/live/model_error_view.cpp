#include "gui/live/model_error_view.hpp"

#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

#include "gui/theme/signs.hpp"

namespace shakedown::gui {

namespace {

constexpr int modelRowPadding = 8;

Health signOf(Agreement agreement) {
    switch (agreement) {
    case Agreement::Agrees:
        return Health::Calm;
    case Agreement::TooMuch:
    case Agreement::TooLittle:
        return Health::Strained;
    case Agreement::OneSided:
        break;
    }
    return Health::Down;
}

} // namespace

ModelErrorView::ModelErrorView(QWidget* parent)
    : QWidget(parent), sentence_(new QLabel("No live run stands beside a simulated one.")),
      table_(new QTableWidget(0, 7)) {
    sentence_->setWordWrap(true);
    sentence_->setTextFormat(Qt::PlainText);
    table_->setAccessibleName("Error of the model");
    table_->setHorizontalHeaderLabels(
        {"when", "load", "number", "live", "simulated", "error", "verdict"});
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + modelRowPadding);
    table_->horizontalHeader()->setStretchLastSection(true);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(sentence_);
    layout->addWidget(table_, 1);
}

void ModelErrorView::setRuns(std::shared_ptr<Run const> const& live,
                             std::shared_ptr<Run const> const& simulated) {
    auto const reaches = live && simulated
                             ? std::pair(live->index().reach(), simulated->index().reach())
                             : std::pair<SimTime, SimTime>();
    if (live == live_ && simulated == simulated_ && reaches == reaches_)
        return;
    live_ = live;
    simulated_ = simulated;
    reaches_ = reaches;
    error_ = {};
    error_.sentence = "No live run stands beside a simulated one.";
    if (live && simulated)
        error_ = modelErrorOf(live->index(), simulated->index());
    fill();
}

void ModelErrorView::setScheme(Scheme scheme) {
    scheme_ = scheme;
    fill();
}

void ModelErrorView::fill() {
    sentence_->setText(QString::fromStdString(error_.sentence));
    auto const& tokens = Tokens::of(scheme_);
    table_->setRowCount(static_cast<int>(error_.rows.size()));
    for (int i = 0; i < table_->rowCount(); ++i) {
        auto const& row = error_.rows[static_cast<std::size_t>(i)];
        int column = 0;
        for (auto const* text : {&row.window, &row.load, &row.number, &row.live, &row.simulated,
                                 &row.error, &row.verdict}) {
            auto* item = new QTableWidgetItem(QString::fromStdString(*text));
            if (column >= 3 && column <= 5)
                item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            table_->setItem(i, column++, item);
        }
        table_->item(i, 6)->setIcon(signIcon(signOf(row.agreement), tokens));
    }
    table_->resizeColumnsToContents();
}

} // namespace shakedown::gui
