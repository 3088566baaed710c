#include "gui/live/ask_file.hpp"

#include <QFileDialog>
#include <QFileInfo>

namespace shakedown::gui {

void askFile(QWidget* parent, FileQuestion const& question,
             std::function<void(QString const& file)> chosen) {
    auto* dialog = new QFileDialog(parent, question.title, {}, question.filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setModal(false);
    dialog->setFileMode(question.isToWrite ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
    dialog->setAcceptMode(question.isToWrite ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    if (!question.start.isEmpty()) {
        QFileInfo const start(question.start);
        dialog->setDirectory(start.absolutePath());
        dialog->selectFile(start.fileName());
    }
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, std::move(chosen));
    dialog->show();
}

} // namespace shakedown::gui
