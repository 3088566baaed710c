#pragma once

#include <optional>

#include <QString>

class QWidget;

namespace shakedown::gui {

class Workbench;

/// Filters of a file dialog for whatever can be written.
QString exportFilters();

/// Writes what is open to a file, by its ending: .png and .svg are pictures of `picture`, .html is
/// the report of the shown run, .yaml the scenario as it stands. An error says what could not be
/// done and why.
std::optional<QString> exportTo(QString const& file, Workbench const& bench, QWidget& picture);

} // namespace shakedown::gui
