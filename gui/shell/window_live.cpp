#include "gui/shell/main_window.hpp"

#include <QDockWidget>
#include <QFileInfo>
#include <QStackedWidget>
#include <QTabWidget>

#include "reports/record/live.hpp"

// What is real, in the window: the panel, STOP ALL, and records that others write.
namespace shakedown::gui {

namespace {

bool isLive(std::shared_ptr<Run const> const& run) {
    return run && run->index().hasHeader() && record::isLive(run->index().header().platform);
}

bool isSimulationOf(std::shared_ptr<Run const> const& run, RunIndex const& live) {
    return run && !isLive(run) && run->index().ended()
           && run->index().header().scenarioDigest == live.header().scenarioDigest;
}

} // namespace

void MainWindow::makeLive() {
    live_ = new LivePanel(program_, bench_.document());
    liveDock_ = dock("Live", live_, Qt::LeftDockWidgetArea);
    modelError_ = new ModelErrorView;
    details_->addTab(modelError_, "Model error");
    stopButton_ = new StopButton(live_->stopAll());
}

void MainWindow::followLive() {
    connect(live_, &LivePanel::said, this, &MainWindow::say);
    connect(live_, &LivePanel::mayClose, this, &MainWindow::close);
    connect(live_, &LivePanel::runChanged, this, &MainWindow::layLive);
    connect(live_, &LivePanel::runEnded, this, [this](std::shared_ptr<Run> const& run, int) {
        if (run && run->index().hasHeader())
            layLive(run);
        showModelError();
        if (!modelError_->error().rows.empty())
            details_->setCurrentWidget(modelError_);
        ask();
    });
    connect(&live_->stopAll(), &StopAll::changed, liveDock_, &QWidget::show);
    connect(&followed_, &FollowedRecord::grew, this, [this] {
        auto const run = followed_.run();
        bool const isFirst = awaits_ && run->index().hasHeader();
        bool const isAhead = bench_.a() && run->index().reach() > bench_.a()->index().reach();
        if (isFirst || bench_.a() == run || isAhead)
            layLive(run);
        awaits_ = awaits_ && !isFirst;
    });
    connect(&followed_, &FollowedRecord::changed, this, [this] {
        say(followed_.words());
        if (bench_.shown() == followed_.run())
            ask();
    });
}

// A record that does not end as one does may still be written.
void MainWindow::followRecord(QString const& path) {
    auto const& run = bench_.a();
    QFileInfo const info(path);
    if ((info.isDir() || info.suffix() == "ndjson") && run && run->isCut() && run->error().empty())
        followed_.follow(path);
}

// That of a live run has its first line once the steady state before it was found.
bool MainWindow::awaitRecord(QString const& path) {
    QFileInfo const record(QString::fromStdString(recordFileOf(path.toStdString())));
    if (!record.isFile() || record.size() > 0)
        return false;
    followed_.follow(path);
    awaits_ = true;
    say(followed_.words());
    return true;
}

// As A, with its simulation beside it, if that was seen; then it grows, and who looks at its end
// goes on doing so.
void MainWindow::layLive(std::shared_ptr<Run> const& run) {
    if (!run->index().hasHeader())
        return;
    SimTime const reach = run->index().reach();
    if (bench_.a() != run) {
        auto const& b = bench_.b();
        auto const beside = isSimulationOf(bench_.a(), run->index()) ? bench_.a()
                            : isSimulationOf(b, run->index())        ? b
                                                                     : nullptr;
        bench_.lay(run, beside, isLive(run) ? "live" : "as recorded", "simulated");
        bench_.setTime(reach);
        endSeen_ = reach;
        middle_->setCurrentWidget(topology_);
        return;
    }
    bool const followsEnd = bench_.time() >= endSeen_;
    endSeen_ = reach;
    bench_.noteGrowth();
    if (followsEnd)
        bench_.setTime(reach);
}

// Whether somebody still writes it, and another thread must not read it meanwhile.
bool MainWindow::isGrowing(std::shared_ptr<Run const> const& run) const {
    bool const isFollowed = run == followed_.run() && followed_.isLooking();
    bool const isLiveRun = run == live_->run().run() && live_->run().isUnderWay();
    return !run->index().ended() && (isFollowed || isLiveRun);
}

void MainWindow::showModelError() {
    if (live_->run().isUnderWay())
        return;
    auto const& a = bench_.a();
    auto const& b = bench_.b();
    if (isLive(a) && b && !isLive(b))
        modelError_->setRuns(a, b);
    else if (isLive(b) && a && !isLive(a))
        modelError_->setRuns(b, a);
    else
        modelError_->setRuns(nullptr, nullptr);
}

} // namespace shakedown::gui
