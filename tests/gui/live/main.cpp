#include <QApplication>
#include <QTimer>

#include "chaos-agent/protocol/fault_json.hpp"
#include "gui/live/live_run.hpp"
#include "tests/environment.hpp"
#include "tests/gui/runner.hpp"

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

// A program `shakedown` whose agent halts and has a fault that it cannot take back.
int beShakedown(QStringList const& words) {
    if (!words.contains("status"))
        return words.contains("halt") ? 0 : 2;
    protocol::FaultReport fault;
    fault.id = "0123456789abcdef";
    fault.planHash = "00";
    fault.request.what = protocol::Hang{};
    fault.request.target = "orders";
    fault.request.duration = Duration::seconds(1);
    fault.owner = "uid 0";
    fault.state = protocol::FaultState::Stuck;
    auto const json = nlohmann::json{{"faults", {protocol::toJson(fault)}}};
    std::fputs(json.dump().c_str(), stdout);
    return 6;
}

} // namespace

// The application of this suite, without a display, and gone before its statics are.
int main(int count, char** words) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    int one = 1;
    if (count > 1 && QString(words[1]) == "agent") {
        QCoreApplication const application(count, words);
        return beShakedown(QCoreApplication::arguments());
    }
    bool const isApp = count == 4 && QString(words[1]) == "--app";
    QApplication const application(isApp ? count : one, words);
    QApplication::setStyle("Fusion");
    return isApp ? beAnApp(QCoreApplication::arguments()) : tests::runSuite(count, words);
}
