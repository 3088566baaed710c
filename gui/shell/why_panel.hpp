#pragma once

#include <QTextBrowser>

#include "gui/session/run.hpp"

namespace shakedown::gui {

/// "Why is checkout red?": first causes with their shares, the way there, and what happened. A time
/// is a link.
class WhyPanel : public QTextBrowser {
    Q_OBJECT

public:
    explicit WhyPanel(QWidget* parent = nullptr);

    /// Of a load, a service or a call by its name, or of all.
    void explain(Run const& run, QString const& subject);
    void say(QString const& sentence);

Q_SIGNALS:
    void timeWanted(SimTime at);
};

} // namespace shakedown::gui
