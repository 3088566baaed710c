#include "gui/shell/settings.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QSettings>
#include <QSpinBox>

namespace shakedown::gui {

void Settings::load(QSettings const& from) {
    scheme = from.value("scheme", "dark").toString() == "light" ? Scheme::Light : Scheme::Dark;
    runsByItself = from.value("runs_by_itself", true).toBool();
    int const size = from.value("text_size", 0).toInt();
    textSize = size >= smallestText && size <= largestText ? size : 0;
    recent = from.value("recent").toStringList().mid(0, mostRecent);
}

void Settings::save(QSettings& to) const {
    to.setValue("scheme", scheme == Scheme::Light ? "light" : "dark");
    to.setValue("runs_by_itself", runsByItself);
    to.setValue("text_size", textSize);
    to.setValue("recent", recent);
}

void Settings::remember(QString const& file) {
    recent.removeAll(file);
    recent.prepend(file);
    recent = recent.mid(0, mostRecent);
}

SettingsDialog::SettingsDialog(Settings const& now, QWidget* parent)
    : QDialog(parent), before_(now), scheme_(new QComboBox), runsByItself_(new QCheckBox),
      textSize_(new QSpinBox) {
    setWindowTitle("Settings");
    auto* form = new QFormLayout(this);
    scheme_->addItems({"dark", "light (print, projector)"});
    scheme_->setCurrentIndex(now.scheme == Scheme::Light ? 1 : 0);
    runsByItself_->setText("simulate after every change");
    runsByItself_->setChecked(now.runsByItself);
    textSize_->setRange(Settings::smallestText - 1, Settings::largestText);
    textSize_->setSpecialValueText("as the system has it");
    textSize_->setSuffix(" pt");
    textSize_->setValue(now.textSize == 0 ? Settings::smallestText - 1 : now.textSize);
    form->addRow("Colours", scheme_);
    form->addRow("Text", textSize_);
    form->addRow("", runsByItself_);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

Settings SettingsDialog::chosen() const {
    Settings now = before_;
    now.scheme = scheme_->currentIndex() == 1 ? Scheme::Light : Scheme::Dark;
    now.runsByItself = runsByItself_->isChecked();
    now.textSize = textSize_->value() < Settings::smallestText ? 0 : textSize_->value();
    return now;
}

} // namespace shakedown::gui
