#include "gui/live/confirm_box.hpp"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace shakedown::gui {

namespace {

constexpr int plansHeight = 180;

// A plan begins in the first column with the name of its fault; what it does is indented.
QStringList faultsIn(QString const& plans) {
    QStringList faults;
    for (auto const& line : plans.split('\n'))
        if (!line.isEmpty() && !line.startsWith(' ') && line.contains("; plan "))
            faults += line.section("; plan ", 0, 0);
    return faults;
}

} // namespace

ConfirmBox::ConfirmBox(QWidget* parent)
    : QFrame(parent), question_(new QLabel), plans_(new QPlainTextEdit), lease_(new QLineEdit),
      yes_(new QPushButton("Inject now")), no_(new QPushButton("Do nothing")) {
    setFrameShape(StyledPanel);
    question_->setWordWrap(true);
    question_->setTextFormat(Qt::PlainText);
    plans_->setReadOnly(true);
    plans_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    plans_->setLineWrapMode(QPlainTextEdit::NoWrap);
    plans_->setFixedHeight(plansHeight);
    plans_->setAccessibleName("Plans of the agents");
    lease_->setPlaceholderText("10s");
    lease_->setAccessibleName("Lease");
    lease_->setMaximumWidth(fontMetrics().horizontalAdvance("000000000"));
    auto* lease = new QHBoxLayout;
    lease->addWidget(new QLabel("If we fall silent, each fault ends after"));
    lease->addWidget(lease_);
    lease->addStretch(1);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(yes_);
    buttons->addWidget(no_);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(question_);
    layout->addWidget(plans_);
    layout->addLayout(lease);
    layout->addLayout(buttons);
    hide();
    connect(yes_, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT confirmed();
    });
    connect(no_, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT refused();
    });
}

void ConfirmBox::ask(QString const& plans) {
    auto const faults = faultsIn(plans);
    question_->setText(
        faults.isEmpty()
            ? QString("This will be done for real: load and probes, and no fault of an agent.")
            : QString("This will be done for real, %1:\n\u2022 %2")
                  .arg(faults.size() == 1 ? QString("1 fault")
                                          : QString("%1 faults").arg(faults.size()),
                       faults.join("\n\u2022 ")));
    // It ends with what became of the dry run.
    plans_->setPlainText(plans.section("\nNothing was done.", 0, 0).trimmed());
    show();
    no_->setFocus(); // Enter by habit does no harm
}

QString ConfirmBox::question() const {
    return question_->text();
}

QString ConfirmBox::plans() const {
    return plans_->toPlainText();
}

QString ConfirmBox::lease() const {
    return lease_->text().trimmed();
}

} // namespace shakedown::gui
