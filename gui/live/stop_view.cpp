#include "gui/live/stop_view.hpp"

#include <algorithm>

#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>

#include "gui/theme/signs.hpp"

namespace shakedown::gui {

namespace {

constexpr int rowsShown = 5;
constexpr int rowSign = 12;

Health signOf(StopReport::Outcome outcome) {
    switch (outcome) {
    case StopReport::Outcome::Asked:
        return Health::Busy;
    case StopReport::Outcome::Stopped:
        return Health::Calm;
    case StopReport::Outcome::NotConfirmed:
        break;
    }
    return Health::Failing;
}

} // namespace

StopView::StopView(StopAll& stopAll, QWidget* parent)
    : QFrame(parent), stopAll_(stopAll), sentence_(new QLabel), list_(new QListWidget) {
    setFrameShape(StyledPanel);
    QFont bold = font();
    bold.setBold(true);
    sentence_->setFont(bold);
    sentence_->setWordWrap(true);
    list_->setWordWrap(true);
    list_->setIconSize(QSize(rowSign, rowSign));
    list_->setAccessibleName("What came of STOP ALL");
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(sentence_);
    layout->addWidget(list_);
    hide();
    connect(&stopAll_, &StopAll::changed, this, &StopView::refresh);
}

void StopView::setScheme(Scheme scheme) {
    scheme_ = scheme;
    if (!isHidden())
        refresh();
}

QString StopView::sentence() const {
    return sentence_->text();
}

QStringList StopView::lines() const {
    QStringList lines;
    for (int i = 0; i < list_->count(); ++i)
        lines += list_->item(i)->text();
    return lines;
}

void StopView::refresh() {
    sentence_->setText(stopAll_.sentence());
    list_->clear();
    auto const& tokens = Tokens::of(scheme_);
    for (auto const& report : stopAll_.reports()) {
        auto* item = new QListWidgetItem(report.who + ": " + report.words, list_);
        item->setIcon(signIcon(signOf(report.outcome), tokens));
        item->setToolTip(item->text());
    }
    int const rows = std::clamp(list_->count(), 1, rowsShown);
    list_->setVisible(list_->count() > 0);
    list_->setFixedHeight(rows * (2 * fontMetrics().height() + 6) + 4);
    show();
}

} // namespace shakedown::gui
