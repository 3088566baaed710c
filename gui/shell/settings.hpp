#pragma once

#include <QDialog>
#include <QStringList>

#include "gui/theme/tokens.hpp"

class QCheckBox;
class QComboBox;
class QSettings;
class QSpinBox;

namespace shakedown::gui {

/// What a person chose once and wants to find again.
struct Settings {
    static constexpr int smallestText = 8; // points
    static constexpr int largestText = 20;
    static constexpr int mostRecent = 8;

    Scheme scheme = Scheme::Dark;
    bool runsByItself = true; // a change of the text is simulated at once
    int textSize = 0;         // points; 0: as the system has it
    QStringList recent;       // files, the newest first

    /// What is missing or makes no sense stays as it is.
    void load(QSettings const& from);
    void save(QSettings& to) const;
    void remember(QString const& file);
};

class SettingsDialog : public QDialog {
    Q_OBJECT

public:
    explicit SettingsDialog(Settings const& now, QWidget* parent = nullptr);
    Settings chosen() const;

private:
    Settings before_;
    QComboBox* scheme_;
    QCheckBox* runsByItself_;
    QSpinBox* textSize_;
};

} // namespace shakedown::gui
