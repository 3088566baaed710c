#include "gui/shell/unsaved.hpp"

#include <QMessageBox>

namespace shakedown::gui {

Unsaved askUnsaved(QWidget& window, QString const& name) {
    QMessageBox box(QMessageBox::Warning, "Not saved",
                    "There are changes of " + name + " that are not saved.",
                    QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, &window);
    box.setTextFormat(Qt::PlainText);
    box.setDefaultButton(QMessageBox::Save);
    box.setEscapeButton(QMessageBox::Cancel);
    switch (box.exec()) {
    case QMessageBox::Save:
        return Unsaved::Save;
    case QMessageBox::Discard:
        return Unsaved::Discard;
    default:
        return Unsaved::Stay;
    }
}

} // namespace shakedown::gui
