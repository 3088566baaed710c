#pragma once

#include <array>
#include <memory>
#include <optional>

#include <QComboBox>
#include <QLabel>
#include <QMainWindow>
#include <QMenu>
#include <QSettings>
#include <QTimer>

#include "gui/charts/charts_view.hpp"
#include "gui/editor/editor_view.hpp"
#include "gui/inspector/inspector_panel.hpp"
#include "gui/live/followed_record.hpp"
#include "gui/live/live_panel.hpp"
#include "gui/live/model_error_view.hpp"
#include "gui/scene/topology_view.hpp"
#include "gui/session/workbench.hpp"
#include "gui/shell/commands.hpp"
#include "gui/shell/palette.hpp"
#include "gui/shell/panels.hpp"
#include "gui/shell/perspectives.hpp"
#include "gui/shell/settings.hpp"
#include "gui/shell/unsaved.hpp"
#include "gui/shell/welcome_page.hpp"
#include "gui/shell/why_panel.hpp"
#include "gui/timeline/timeline_view.hpp"
#include "gui/trace/requests_panel.hpp"

class QListWidget;
class QProgressBar;
class QStackedWidget;
class QTabWidget;

namespace shakedown::gui {

/// What the charts show: a stretch around the cursor, the shown run, or both runs.
enum class ChartScope : std::uint8_t { Moment, Run, Both };

/// The window: topology in the middle, the scenario on the left, why and the inspector on the
/// right, time below, and the curves under it. It shows the workbench and turns clicks and keys
/// into what the workbench does.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// `program` is the command line program. Without a store nothing is kept from one start to the
    /// next.
    explicit MainWindow(QString program, std::unique_ptr<QSettings> store = nullptr);
    ~MainWindow() override;

    /// How it is asked what becomes of changes that are not saved, before they would be lost.
    /// Unless it is told, nobody is asked and they are.
    void setUnsavedQuestion(UnsavedQuestion asks) { asks_ = std::move(asks); }
    bool open(QString const& path);
    bool openBeside(QString const& path);
    /// A scenario that comes with the program: it runs, and plays so that it collapses within ten
    /// seconds.
    void openDemo(int number);
    void setTime(SimTime at) { bench_.setTime(at); }
    SimTime time() const { return bench_.time(); }
    void setPerspective(Perspective perspective);
    void setScheme(Scheme scheme);
    Scheme scheme() const { return settings_.scheme; }
    /// The panel in front: "why", "inspector", "expectations", "requests", "moments", "log". False
    /// if there is no such panel.
    bool showPanel(QString const& name);
    void setScope(ChartScope scope) { scope_->setCurrentIndex(static_cast<int>(scope)); }
    void run() { bench_.run(); }
    bool isRunning() const { return bench_.isRunning(); }
    qint64 childId() const { return bench_.childId(); }
    std::shared_ptr<Run const> runA() const { return bench_.a(); }
    std::shared_ptr<Run const> runB() const { return bench_.b(); }
    /// The last sentence that was said.
    QString said() const { return status_->text(); }
    /// Everything that can be chosen in the palette at this moment.
    std::vector<Choice> choices();
    /// The menu of a load, a service or a call.
    std::unique_ptr<QMenu> menuOf(QString const& subject);

    Workbench& bench() { return bench_; }
    Document& document() { return bench_.document(); }
    Commands& commands() { return commands_; }
    TopologyView& topology() { return *topology_; }
    TimelineView& timeline() { return *timeline_; }
    ChartsView& charts() { return *charts_; }
    EditorView& editor() { return *editor_; }
    WhyPanel& why() { return *why_; }
    InspectorPanel& inspector() { return *inspector_; }
    RequestsPanel& requests() { return *requests_; }
    MomentsPanel& moments() { return *moments_; }
    ExpectationsPanel& expectations() { return *expectations_; }
    WelcomePage& welcome() { return *welcome_; }
    LivePanel& live() { return *live_; }
    ModelErrorView& modelError() { return *modelError_; }
    FollowedRecord const& followed() const { return followed_; }

Q_SIGNALS:
    void runEnded();

protected:
    void closeEvent(QCloseEvent* event) override;
    bool event(QEvent* event) override;

private:
    void makeDocks();
    QDockWidget* dock(QString const& title, QWidget* widget, Qt::DockWidgetArea area);
    void definePerspectives();
    std::array<QDockWidget*, 6> allDocks() const;
    void makeActions();
    void makeToolbar();
    void makeMenus();
    void follow();
    void followLook();
    void makeLive();
    void followLive();
    void followRecord(QString const& path);
    bool awaitRecord(QString const& path);
    void layLive(std::shared_ptr<Run> const& run);
    void showModelError();
    bool isGrowing(std::shared_ptr<Run const> const& run) const;

    void showRuns();
    void showSpan();
    void showCharts();
    void ask();
    void pick(QString const& subject);
    void addFault(QString const& verb, QString const& subject);
    void flipBreaker(QString const& call, QString const& state);
    void cut(bool on);
    void say(QString const& sentence);
    void play(bool on);
    void step();
    void applyScheme();
    void applySettings();
    void settleKeys();
    void focusPanel(int step);
    void nameWindow(QString const& name);
    bool mayLeave();
    void chooseFile();
    void save();
    void saveAs();
    void exportAs();
    void openPalette();
    void openSettings();

    QString program_;
    std::unique_ptr<QSettings> store_;
    Settings settings_;
    UnsavedQuestion asks_;
    Workbench bench_;
    Commands commands_{*this};
    Perspectives perspectives_{*this};
    FollowedRecord followed_;
    bool awaits_ = false; // its first line
    SimTime endSeen_;     // of a run that grows: who stands there follows it
    QTimer playing_;
    bool isClosing_ = false; // it was asked about changes, and waits for what is live
    bool isWelcome_ = true;  // nothing has been opened: no docks
    double playsFrom_ = -1;  // a demo is played from there once it has run; seconds

    QStackedWidget* middle_ = nullptr;
    WelcomePage* welcome_ = nullptr;
    TopologyView* topology_ = nullptr;
    TimelineView* timeline_ = nullptr;
    ChartsView* charts_ = nullptr;
    EditorView* editor_ = nullptr;
    WhyPanel* why_ = nullptr;
    InspectorPanel* inspector_ = nullptr;
    RequestsPanel* requests_ = nullptr;
    MomentsPanel* moments_ = nullptr;
    ExpectationsPanel* expectations_ = nullptr;
    LivePanel* live_ = nullptr;
    ModelErrorView* modelError_ = nullptr;
    StopButton* stopButton_ = nullptr;
    QListWidget* log_ = nullptr;
    QTabWidget* right_ = nullptr;
    QTabWidget* details_ = nullptr;
    QComboBox* speed_ = nullptr;
    QComboBox* scope_ = nullptr;
    QAction* play_ = nullptr;
    QAction* scissors_ = nullptr;
    QAction* showsB_ = nullptr;
    QLabel* status_ = nullptr;
    QLabel* sides_ = nullptr; // what A and B are
    QProgressBar* progress_ = nullptr;
    QDockWidget* scenarioDock_ = nullptr;
    QDockWidget* whyDock_ = nullptr;
    QDockWidget* timelineDock_ = nullptr;
    QDockWidget* chartsDock_ = nullptr;
    QDockWidget* detailDock_ = nullptr;
    QDockWidget* liveDock_ = nullptr;
};

} // namespace shakedown::gui
