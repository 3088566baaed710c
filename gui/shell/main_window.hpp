#pragma once

#include <memory>
#include <optional>

#include <QComboBox>
#include <QLabel>
#include <QMainWindow>
#include <QTimer>

#include "gui/charts/charts_view.hpp"
#include "gui/editor/editor_view.hpp"
#include "gui/scene/topology_view.hpp"
#include "gui/session/document.hpp"
#include "gui/session/simulation.hpp"
#include "gui/shell/why_panel.hpp"
#include "gui/timeline/timeline_view.hpp"
#include "gui/trace/requests_panel.hpp"

class QAction;
class QListWidget;
class QTableWidget;

namespace shakedown::gui {

enum class Perspective : std::uint8_t { Explore, Compare, Live, Teach };

/// The window: topology in the middle, the scenario on the left, why on the right, time below, and
/// the curves under it.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// `program` is the command line program that simulates.
    explicit MainWindow(QString program);
    ~MainWindow() override;

    /// A scenario is opened and run; the folder of a run, or a record, is shown. False if it cannot
    /// be, which is said in the window.
    bool open(QString const& path);
    /// A second run beside the first: the folder or the record.
    bool openBeside(QString const& path);
    void setTime(SimTime at);
    SimTime time() const { return at_; }
    void setPerspective(Perspective perspective);
    void setScheme(Scheme scheme);
    Scheme scheme() const { return scheme_; }

    /// Simulates the scenario as it stands now.
    void run();
    bool isRunning() const { return simulation_.isRunning(); }
    /// The process that simulates; 0 if none does.
    qint64 childId() const { return simulation_.childId(); }
    /// Run A as far as it goes; null before the first.
    std::shared_ptr<Run const> runA() const { return a_; }
    std::shared_ptr<Run const> runB() const { return b_; }

    Document& document() { return document_; }
    TopologyView& topology() { return *topology_; }
    TimelineView& timeline() { return *timeline_; }
    ChartsView& charts() { return *charts_; }
    EditorView& editor() { return *editor_; }
    WhyPanel& why() { return *why_; }
    RequestsPanel& requests() { return *requests_; }
    QString said() const;

Q_SIGNALS:
    void runEnded();

private:
    void makeDocks();
    void makeActions();
    QAction* action(QString const& text, QKeySequence const& key, std::function<void()> does);
    void showRuns();
    void grow();
    void finish(int code, QString const& said);
    void follow();
    void fillExpectations();
    void pick(QString const& subject);
    void menuFor(QString const& subject, QPoint global);
    void addFault(QString const& verb, QString const& subject);
    void say(QString const& sentence);
    void play(bool on);
    void step();
    void applyScheme();

    QString program_;
    Document document_;
    Simulation simulation_;
    std::shared_ptr<Run const> a_;
    std::shared_ptr<Run const> b_;
    std::shared_ptr<Run const> before_; // A of the run before, to lay beside
    std::shared_ptr<model::Scenario const> scenario_;
    QString picked_;
    SimTime at_;
    Scheme scheme_ = Scheme::Dark;
    QTimer playing_;
    QTimer rerun_; // waits until somebody stops typing
    bool followsEnd_ = true;
    bool isFirst_ = true;

    TopologyView* topology_ = nullptr;
    TimelineView* timeline_ = nullptr;
    ChartsView* charts_ = nullptr;
    EditorView* editor_ = nullptr;
    WhyPanel* why_ = nullptr;
    QListWidget* log_ = nullptr;
    QTableWidget* expectations_ = nullptr;
    RequestsPanel* requests_ = nullptr;
    QComboBox* speed_ = nullptr;
    QAction* play_ = nullptr;
    QLabel* status_ = nullptr;
    QDockWidget* scenarioDock_ = nullptr;
    QDockWidget* whyDock_ = nullptr;
    QDockWidget* timelineDock_ = nullptr;
    QDockWidget* chartsDock_ = nullptr;
    QDockWidget* detailDock_ = nullptr;
};

} // namespace shakedown::gui
