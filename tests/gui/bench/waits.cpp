#include "tests/gui/bench/waits.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include <QApplication>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTimer>

#include "gui/shell/main_window.hpp"
#include "tests/bench/measured.hpp"
#include "tests/environment.hpp"
#include "tests/gui/bench/bars.hpp"
#include "tests/gui/bench/runs.hpp"

namespace shakedown::bench {

namespace {

constexpr int rounds = 5;
constexpr int longestWaitMs = 60'000;

long long steadyNow() {
    return std::chrono::steady_clock::now().time_since_epoch().count();
}

QString binary() {
    return QString::fromStdString(tests::binary().string());
}

void put(QString const& path, std::string const& text) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)
        || file.write(QByteArray::fromStdString(text)) != static_cast<qint64>(text.size()))
        throw std::runtime_error("cannot write " + path.toStdString());
}

// Ends the program behind the first picture.
class FirstPaint : public QObject {
public:
    explicit FirstPaint(long long since) : since_(since) {}

    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Paint && !isSeen_) {
            isSeen_ = true;
            // Behind this event the picture is there.
            QTimer::singleShot(0, watched, [this] {
                std::printf("%.3f\n", static_cast<double>(steadyNow() - since_) * 1e-6);
                std::fflush(stdout);
                QCoreApplication::exit(0);
            });
        }
        return false;
    }

private:
    long long since_;
    bool isSeen_ = false;
};

} // namespace

int showFirstPicture(char const* scenario, char const* since) {
    gui::MainWindow window(binary());
    window.resize(1280, 800);
    FirstPaint paint(std::strtoll(since, nullptr, 10));
    window.topology().installEventFilter(&paint);
    window.show();
    window.open(QString::fromUtf8(scenario));
    return QApplication::exec();
}

void reportFirstPicture() {
    auto const scenario = QString::fromStdString(
        (tests::sourceDir() / "scenarios/library/online-boutique.yaml").string());
    std::vector<double> all;
    for (int i = 0; i < rounds; ++i) {
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(),
                    {"--first-picture", scenario, QString::number(steadyNow())});
        if (!child.waitForFinished(longestWaitMs) || child.exitCode() != 0)
            throw std::runtime_error("the first picture did not come");
        all.push_back(child.readAllStandardOutput().trimmed().toDouble());
    }
    bar("gui/first-picture", medianOf(all), 1000, "ms");
}

// As it is when a number is turned: from the new value to both curves.
void reportSecondFuture() {
    QTemporaryDir folder;
    auto const file = folder.filePath("half.yaml");
    put(file, half());
    gui::MainWindow window(binary());
    window.resize(1280, 800);
    window.show();
    QSignalSpy ended(&window, &gui::MainWindow::runEnded);
    if (!window.open(file) || !ended.wait(longestWaitMs))
        throw std::runtime_error("the first future did not come");
    report("gui/second-future/events", static_cast<double>(window.runA()->index().ended()->events),
           "events");
    std::vector<double> all;
    std::vector<double> alone;
    for (int i = 0; i < rounds; ++i) {
        auto const value = QString("%1ms").arg(70 - i);
        all.push_back(wallMilliseconds([&] {
            auto const before = window.runB();
            window.bench().tryValue(halfKnob, value);
            auto const isThere = [&] {
                return window.runB() != before && window.runB()->index().ended();
            };
            for (auto const since = steadyNow();
                 !isThere() && steadyNow() - since < longestWaitMs * 1'000'000LL;)
                QApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
            window.charts().repaint();
            window.topology().repaint();
        }));
        // The child by itself, for how much of that is simulating.
        alone.push_back(wallMilliseconds([&] {
            QProcess child;
            child.start(binary(),
                        {"run", file, "--record", "intervals", "-q", "-o", folder.filePath("alone"),
                         "--set", QString(halfKnob) + "=" + value});
            if (!child.waitForFinished(longestWaitMs))
                throw std::runtime_error("the second future did not come");
        }));
    }
    report("gui/second-future/child", medianOf(alone), "ms");
    bar("gui/second-future", medianOf(all), 200, "ms");
}

void reportSquiggle() {
    QTemporaryDir folder;
    auto const file = folder.filePath("graph.yaml");
    std::string const good = graphText(100, Calls::Guarded);
    put(file, good);
    gui::Document document;
    gui::EditorView editor(document);
    editor.resize(400, 600);
    static_cast<QWidget&>(editor).show();
    if (auto const why = document.open(file))
        throw std::runtime_error(why->toStdString());
    QSignalSpy checked(&editor, &gui::EditorView::scenarioChanged);
    checked.wait(longestWaitMs);
    std::vector<double> all;
    for (int i = 0; i < rounds * 2; ++i) {
        auto text = QString::fromStdString(good);
        if (i % 2 == 0)
            text.replace("workers:", "wrkers:");
        all.push_back(wallMilliseconds([&] {
            document.setText(text);
            checked.clear();
            checked.wait(longestWaitMs);
        }));
    }
    bar("gui/squiggle", medianOf(all), 100, "ms");
    report("gui/squiggle/lines", static_cast<double>(std::count(good.begin(), good.end(), '\n')),
           "lines");
}

} // namespace shakedown::bench
