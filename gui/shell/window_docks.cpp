#include <algorithm>

#include <QDockWidget>
#include <QListWidget>
#include <QProgressBar>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabWidget>

#include "gui/shell/main_window.hpp"

// Where everything in the window stands.
namespace shakedown::gui {

QDockWidget* MainWindow::dock(QString const& title, QWidget* widget, Qt::DockWidgetArea area) {
    auto* made = new QDockWidget(title);
    made->setObjectName(title);
    made->setWidget(widget);
    addDockWidget(area, made);
    return made;
}

void MainWindow::makeDocks() {
    middle_ = new QStackedWidget;
    welcome_ = new WelcomePage;
    topology_ = new TopologyView;
    middle_->addWidget(welcome_);
    middle_->addWidget(topology_);
    setCentralWidget(middle_);
    setDockNestingEnabled(true);
    editor_ = new EditorView(bench_.document());
    scenarioDock_ = dock("Scenario", editor_, Qt::LeftDockWidgetArea);
    why_ = new WhyPanel;
    inspector_ = new InspectorPanel;
    right_ = new QTabWidget;
    right_->addTab(why_, "Why");
    right_->addTab(inspector_, "Inspector");
    whyDock_ = dock("Why and inspector", right_, Qt::RightDockWidgetArea);
    timeline_ = new TimelineView;
    timelineDock_ = dock("Timeline", timeline_, Qt::BottomDockWidgetArea);
    charts_ = new ChartsView;
    chartsDock_ = dock("Charts", charts_, Qt::BottomDockWidgetArea);
    splitDockWidget(timelineDock_, chartsDock_, Qt::Vertical);
    expectations_ = new ExpectationsPanel;
    requests_ = new RequestsPanel;
    moments_ = new MomentsPanel;
    log_ = new QListWidget;
    log_->setAccessibleName("Log");
    details_ = new QTabWidget;
    details_->addTab(expectations_, "Expectations");
    details_->addTab(requests_, "Requests");
    details_->addTab(moments_, "Moments");
    details_->addTab(log_, "Log");
    detailDock_ = dock("Details", details_, Qt::BottomDockWidgetArea);
    splitDockWidget(chartsDock_, detailDock_, Qt::Horizontal);
    status_ = new QLabel;
    status_->setTextFormat(Qt::PlainText); // it tells of files and names
    status_->setAccessibleName("Last message");
    progress_ = new QProgressBar;
    progress_->setMaximumWidth(160);
    progress_->setAccessibleName("Simulated time that is over");
    progress_->hide();
    statusBar()->addPermanentWidget(status_, 1);
    statusBar()->addPermanentWidget(progress_);
}

// From the last to the first, so that the window stands as the first says.
void MainWindow::definePerspectives() {
    struct Heights {
        int timeline;
        int charts;
    };
    auto const stand = [&](Perspective which, std::initializer_list<QDockWidget*> shown,
                           Heights heights) {
        for (auto* each : allDocks())
            each->setVisible(std::find(shown.begin(), shown.end(), each) != shown.end());
        resizeDocks({scenarioDock_, whyDock_}, {320, 330}, Qt::Horizontal);
        resizeDocks({chartsDock_, detailDock_}, {820, 460}, Qt::Horizontal);
        resizeDocks({timelineDock_, chartsDock_}, {heights.timeline, heights.charts}, Qt::Vertical);
        perspectives_.define(which);
    };
    stand(Perspective::Teach, {scenarioDock_, whyDock_, timelineDock_}, {200, 1});
    // Live, the details stand beside the picture, and the charts in one row below.
    addDockWidget(Qt::RightDockWidgetArea, detailDock_);
    resizeDocks({liveDock_, detailDock_}, {400, 380}, Qt::Horizontal);
    stand(Perspective::Live, {liveDock_, detailDock_, timelineDock_, chartsDock_}, {170, 150});
    splitDockWidget(chartsDock_, detailDock_, Qt::Horizontal);
    stand(Perspective::Compare, {timelineDock_, chartsDock_, detailDock_}, {150, 300});
    stand(Perspective::Explore, {scenarioDock_, whyDock_, timelineDock_, chartsDock_, detailDock_},
          {190, 190});
    for (auto* each : allDocks()) // until something is open
        each->hide();
}

std::array<QDockWidget*, 6> MainWindow::allDocks() const {
    return {scenarioDock_, whyDock_, timelineDock_, chartsDock_, detailDock_, liveDock_};
}

} // namespace shakedown::gui
