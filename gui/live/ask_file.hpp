#pragma once

#include <functional>

#include <QString>

class QWidget;

namespace shakedown::gui {

struct FileQuestion {
    QString title;
    QString filter;
    QString start; // a file or a folder
    bool isToWrite = false;
};

/// Asks for a file beside the window, not before it: STOP ALL and everything else stay in reach
/// while it is open. `chosen` is called with the file, if there is one.
void askFile(QWidget* parent, FileQuestion const& question,
             std::function<void(QString const& file)> chosen);

} // namespace shakedown::gui
