#pragma once

#include <memory>

#include <QTextBrowser>
#include <QThreadPool>

#include "gui/session/run.hpp"

namespace shakedown::gui {

/// "Why is checkout red?": first causes with their shares, the way there, and what happened. A time
/// is a link. Explaining takes a while with a large record, and is done on a thread of its own; of
/// several questions only the newest is answered.
class WhyPanel : public QTextBrowser {
    Q_OBJECT

public:
    explicit WhyPanel(QWidget* parent = nullptr);
    ~WhyPanel() override;

    /// Of a load, a service or a call by its name, or of all; of a stretch of time. The run must
    /// not grow any more.
    void explain(std::shared_ptr<Run const> run, QString const& subject, SimTime from = SimTime(),
                 SimTime to = SimTime::never());
    void say(QString const& sentence);
    bool isBusy() const { return answered_ != asked_; }

Q_SIGNALS:
    void timeWanted(SimTime at);
    void explained();

private:
    QThreadPool thread_;
    int asked_ = 0;
    int answered_ = 0;
};

} // namespace shakedown::gui
