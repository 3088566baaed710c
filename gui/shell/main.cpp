#include <QApplication>
#include <QSettings>

#include "gui/shell/main_window.hpp"
#include "gui/shell/wish.hpp"

using namespace shakedown;

int main(int argc, char** argv) {
    auto const asked = gui::wishOf(argc, argv);
    if (auto const* code = std::get_if<int>(&asked))
        return *code;
    auto const& wish = std::get<gui::Wish>(asked);
    bool const takes = !wish.screenshot.isEmpty();
    if (takes && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QApplication::setStyle("Fusion");
    QApplication::setApplicationName("shakedown-gui");
    // A picture depends on nothing that somebody chose before.
    auto store = takes ? nullptr : std::make_unique<QSettings>("shakedown", "shakedown-gui");
    gui::MainWindow window(QCoreApplication::applicationDirPath() + "/shakedown", std::move(store));
    if (!takes)
        window.setUnsavedQuestion(
            [&window](QString const& name) { return gui::askUnsaved(window, name); });
    gui::fulfil(wish, window);
    window.show();
    return QApplication::exec();
}
