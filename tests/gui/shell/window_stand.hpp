#pragma once

#include <catch2/catch.hpp>

#include <QApplication>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>

#include "gui/shell/main_window.hpp"
#include "reports/record/digest.hpp"
#include "tests/end_to_end/program.hpp"
#include "tests/environment.hpp"
#include "tests/gui/session/recorded.hpp"

namespace shakedown::tests {

// A window with the program of this build.
class WindowStand {
public:
    WindowStand() {
        window_ = std::make_unique<gui::MainWindow>(QString::fromStdString(binary().string()));
        window_->show();
    }

    gui::MainWindow& window() { return *window_; }
    // Does something and waits for the run that follows.
    template <class Does>
    bool runsAfter(Does const& does) {
        QSignalSpy spy(window_.get(), &gui::MainWindow::runEnded);
        does();
        return spy.count() > 0 || spy.wait(30'000);
    }
    // Opens a scenario and waits for its run.
    void open(std::string const& file) {
        REQUIRE(runsAfter([&] { REQUIRE(window_->open(QString::fromStdString(file))); }));
    }
    void openCascade() { open(folder().file("cascade.yaml", cascade)); }
    // What the panel says once it has thought.
    QString why() {
        REQUIRE(QTest::qWaitFor([&] { return !window_->why().isBusy(); }, 20'000));
        return window_->why().toPlainText();
    }
    void trigger(char const* command) {
        auto* action = window_->commands().named(command);
        REQUIRE(action != nullptr);
        action->trigger();
    }
    Scratch const& folder() const { return folder_; }

private:
    Scratch folder_;
    std::unique_ptr<gui::MainWindow> window_;
};

inline SimTime at(double seconds) {
    return SimTime::at(Duration::fromSeconds(seconds));
}

inline std::string digestOf(gui::Run const& run) {
    REQUIRE(run.index().ended());
    return record::digestText(run.index().ended()->digest);
}

// A drag with Shift from one instant to another.
inline void brush(gui::TimelineView& timeline, double from, double to) {
    auto const point = [&](double seconds) {
        return QPoint(static_cast<int>(timeline.xOf(at(seconds))), 40);
    };
    QTest::mousePress(&timeline, Qt::LeftButton, Qt::ShiftModifier, point(from));
    QMouseEvent move(QEvent::MouseMove, point(to), timeline.mapToGlobal(QPointF(point(to))),
                     Qt::LeftButton, Qt::LeftButton, Qt::ShiftModifier);
    QApplication::sendEvent(&timeline, &move);
    QTest::mouseRelease(&timeline, Qt::LeftButton, Qt::ShiftModifier, point(to));
}

} // namespace shakedown::tests
