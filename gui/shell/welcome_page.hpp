#pragma once

#include <vector>

#include <QWidget>

#include "gui/theme/tokens.hpp"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace shakedown::gui {

/// A scenario that comes with the program.
struct Demo {
    QString name; // "retry-storm.yaml"
    QString title;
    QString about;
    double secondsToCollapse = 0; // simulated, so that its play can begin in time
};
std::vector<Demo> const& demos();
QString textOf(Demo const& demo);

/// What there is to do while nothing is open: three systems that collapse before one's eyes, and
/// the files of last time.
class WelcomePage : public QWidget {
    Q_OBJECT

public:
    explicit WelcomePage(QWidget* parent = nullptr);

    void setRecent(QStringList const& files);
    void setScheme(Scheme scheme);
    std::vector<QPushButton*> const& buttons() const { return buttons_; }

Q_SIGNALS:
    void demoWanted(int number);
    void openWanted();
    void fileWanted(QString file);

private:
    std::vector<QPushButton*> buttons_; // one a demo
    std::vector<QLabel*> muted_;
    QVBoxLayout* recent_;
};

} // namespace shakedown::gui
