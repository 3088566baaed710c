#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

#include <QApplication>
#include <QTimer>

#include "gui/live/live_run.hpp"
#include "tests/environment.hpp"

using namespace shakedown;

namespace {

// An app that does nothing but hold a live run, to be killed: --app SCENARIO FOLDER.
int beAnApp(QStringList const& words) {
    gui::LiveRun run(QString::fromStdString(tests::binary().string()));
    gui::LiveOrders orders;
    orders.scenario = words[2];
    orders.folder = words[3];
    run.start(orders);
    QTimer::singleShot(60'000, QCoreApplication::instance(), &QCoreApplication::quit);
    return QCoreApplication::exec();
}

} // namespace

// The application of this suite, without a display, and gone before its statics are.
int main(int count, char** words) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    int one = 1;
    bool const isApp = count == 4 && QString(words[1]) == "--app";
    QApplication const application(isApp ? count : one, words);
    QApplication::setStyle("Fusion");
    return isApp ? beAnApp(QCoreApplication::arguments()) : Catch::Session().run(count, words);
}
