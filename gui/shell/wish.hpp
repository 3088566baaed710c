#pragma once

#include <optional>
#include <string>
#include <variant>

#include <QSize>
#include <QString>

#include "gui/session/snapshot.hpp"
#include "gui/shell/perspectives.hpp"

namespace shakedown::gui {

class MainWindow;

/// What the command line asks the window to show.
struct Wish {
    QString path;
    QString beside;
    std::optional<SimTime> at;
    std::optional<Stretch> stretch;
    QString subject;
    QString panel;
    std::optional<int> request; // a row of the requests
    QString changePath;         // a number that is changed once the run is over
    QString changeValue;
    Perspective perspective = Perspective::Explore;
    QString screenshot;
    QSize size{1440, 900};
    bool isLight = false;
};

/// The wish, or the exit code of a command line that is wrong or asked for help; why is said on
/// standard error.
std::variant<Wish, int> wishOf(int argc, char** argv);

/// Does to the window what is wished, now and once its run is over; with a screenshot the program
/// ends when it is written: 0, or 2 if it cannot be, which is said on standard error.
void fulfil(Wish const& wish, MainWindow& window);

} // namespace shakedown::gui
