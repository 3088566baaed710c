#pragma once

#include <memory>

#include <QTimer>
#include <QWidget>

#include "gui/live/agents_view.hpp"
#include "gui/live/confirm_box.hpp"
#include "gui/live/fault_table.hpp"
#include "gui/live/live_run.hpp"
#include "gui/live/phase_strip.hpp"
#include "gui/live/stop_all.hpp"
#include "gui/live/stop_button.hpp"
#include "gui/live/stop_view.hpp"
#include "gui/session/document.hpp"

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace shakedown::gui {

/// Live: agents, faults at work, the run that is under way, and what starts and stops it.
class LivePanel : public QWidget {
    Q_OBJECT

public:
    /// `program` is the command line program; `document` outlives the panel.
    LivePanel(QString program, Document const& document, QWidget* parent = nullptr);
    ~LivePanel() override;

    /// What the document says, once it was checked; null while it has errors.
    void setScenario(std::shared_ptr<model::Scenario const> scenario);
    void setScheme(Scheme scheme);

    StopAll& stopAll() { return stopAll_; }
    LiveRun& run() { return run_; }
    AgentFeed& feed() { return feed_; }
    Phases const& phases() const { return phases_; }
    /// The window may not close while a run is under way: false asks it to wait for mayClose().
    bool prepareToClose();

    AgentsView& agents() { return *agents_; }
    FaultTable& faults() { return *faults_; }
    ConfirmBox& confirm() { return *confirm_; }
    StopView& stopView() { return *stopView_; }
    StopButton& stopButton() { return *stopButton_; }
    QPushButton& dryRunButton() { return *dryRun_; }
    QPushButton& injectButton() { return *inject_; }
    QPushButton& stopRunButton() { return *stopRun_; }
    QString state() const;
    QString text() const;
    QSize sizeHint() const override { return {460, 720}; }

Q_SIGNALS:
    /// A live run has begun, or its record has grown.
    void runChanged(std::shared_ptr<shakedown::gui::Run> run);
    /// A live run is over; its record is whole, or as whole as it will be.
    void runEnded(std::shared_ptr<shakedown::gui::Run> run, int code);
    void said(QString sentence);
    void mayClose();

private:
    enum class After : std::uint8_t { Show, Confirm };

    void arrange();
    QWidget* scrolled();
    void rehearse(After after);
    void begin();
    void grow();
    void finish(int code);
    QString whyNot() const;
    QString freshFolder() const;
    void meetAgents();
    void refresh();
    void say(QString const& sentence);

    QString program_;
    Document const& document_;
    std::shared_ptr<model::Scenario const> scenario_;
    AgentFeed feed_;
    LiveRun run_;
    StopAll stopAll_;
    Phases phases_;
    QTimer pulse_;      // leases count down
    QString rehearsed_; // the text whose plans were shown
    bool isRehearsing_ = false;
    bool isClosing_ = false;
    Scheme scheme_ = Scheme::Dark;

    PhaseStrip* strip_;
    QLabel* state_;
    QPushButton* dryRun_;
    QPushButton* inject_;
    QPushButton* stopRun_;
    StopButton* stopButton_;
    ConfirmBox* confirm_;
    StopView* stopView_;
    AgentsView* agents_;
    FaultTable* faults_;
    QLabel* noFault_;
    QPlainTextEdit* log_;
};

} // namespace shakedown::gui
