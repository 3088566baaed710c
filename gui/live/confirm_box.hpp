#pragma once

#include <QFrame>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace shakedown::gui {

/// Asks before anything is done for real, with the plans of the agents. It is a part of the panel
/// and not a dialog, so that STOP ALL stays in reach.
class ConfirmBox : public QFrame {
    Q_OBJECT

public:
    explicit ConfirmBox(QWidget* parent = nullptr);

    /// `plans` is what `inject --dry-run` prints.
    void ask(QString const& plans);
    QString question() const;
    QString plans() const;
    QString lease() const;

    QLineEdit& leaseField() { return *lease_; }
    QPushButton& yes() { return *yes_; }
    QPushButton& no() { return *no_; }

Q_SIGNALS:
    void confirmed();
    void refused();

private:
    QLabel* question_;
    QPlainTextEdit* plans_;
    QLineEdit* lease_;
    QPushButton* yes_;
    QPushButton* no_;
};

} // namespace shakedown::gui
