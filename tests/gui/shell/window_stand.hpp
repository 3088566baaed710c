#pragma once

#include <catch2/catch.hpp>

#include <QApplication>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>

#include "gui/shell/main_window.hpp"
#include "tests/end_to_end/program.hpp"
#include "tests/environment.hpp"

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
    Scratch const& folder() const { return folder_; }

private:
    Scratch folder_;
    std::unique_ptr<gui::MainWindow> window_;
};

inline SimTime at(double seconds) {
    return SimTime::at(Duration::fromSeconds(seconds));
}

} // namespace shakedown::tests
