#pragma once

#include <cstdint>
#include <functional>

#include <QString>

class QWidget;

namespace shakedown::gui {

/// What shall become of changes that no file has yet.
enum class Unsaved : std::uint8_t { Save, Discard, Stay };

/// Asks about a scenario by its name.
using UnsavedQuestion = std::function<Unsaved(QString const& name)>;

/// Asks whoever sits before the window.
Unsaved askUnsaved(QWidget& window, QString const& name);

} // namespace shakedown::gui
