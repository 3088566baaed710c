#include "tests/gui/bench/pictures.hpp"

#include <functional>
#include <stdexcept>
#include <string>

#include <QApplication>
#include <QFile>
#include <QGraphicsEllipseItem>
#include <QGraphicsView>
#include <QPainter>
#include <QScrollBar>
#include <QTemporaryDir>

#include "gui/charts/charts_view.hpp"
#include "gui/scene/layered_layout.hpp"
#include "gui/scene/topology_view.hpp"
#include "gui/shell/main_window.hpp"
#include "gui/trace/waterfall_view.hpp"
#include "tests/bench/measured.hpp"
#include "tests/environment.hpp"
#include "tests/gui/bench/bars.hpp"
#include "tests/gui/bench/runs.hpp"

namespace shakedown::bench {

namespace {

constexpr int frames = 120;
constexpr int mostItems = 2000; // with 7,500 a frame takes two seconds
constexpr int frameMs = 40;
constexpr QSize screen(1280, 800);

// Places that look random and are always the same.
double scattered(int i, double upTo) {
    return static_cast<double>((static_cast<std::int64_t>(i) * 7919 + 104'729) % 10'007) / 10'007
           * upTo;
}

// Nothing but so many rectangles.
class Rectangles : public QWidget {
public:
    explicit Rectangles(int count) : count_(count) {}

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(Qt::yellow);
        for (int i = 0; i < count_; ++i)
            painter.drawRect(QRectF(scattered(i, width()), scattered(i + 5000, height()), 6, 6));
    }

private:
    int count_;
};

// Sees to it that frames are painted, not only asked for.
class PaintCount : public QObject {
public:
    bool eventFilter(QObject*, QEvent* event) override {
        seen += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }
    int seen = 0;
};

double frameOf(QWidget& widget, std::function<void(int)> const& before) {
    QApplication::processEvents(); // a window is painted once it has been exposed
    PaintCount count;
    widget.installEventFilter(&count);
    std::vector<double> all;
    for (int i = 0; i < frames; ++i)
        all.push_back(cpuMilliseconds([&] {
            before(i);
            widget.repaint();
        }));
    if (count.seen < frames)
        throw std::runtime_error("frames were not painted");
    return meanOf(all);
}

double itemFrame(int dots) {
    QGraphicsScene scene;
    std::vector<QGraphicsEllipseItem*> items;
    for (int i = 0; i < dots; ++i)
        items.push_back(scene.addEllipse(0, 0, 6, 6, Qt::NoPen, Qt::yellow));
    QGraphicsView view(&scene);
    view.resize(screen);
    view.setRenderHint(QPainter::Antialiasing);
    view.setSceneRect(0, 0, screen.width() - 10, screen.height() - 10);
    view.show();
    return frameOf(*view.viewport(), [&](int frame) {
        for (int i = 0; i < dots; ++i)
            items[static_cast<std::size_t>(i)]->setPos(scattered(i + 31 * frame, 1200),
                                                       scattered(i + 37 * frame, 700));
    });
}

void reportFrame(std::string const& size, gui::Run const& run, int dots, double limit) {
    std::shared_ptr<gui::Run const> const shared(&run, [](gui::Run const*) {});
    gui::TopologyView view;
    view.resize(screen);
    view.setRun(shared);
    view.setTime(SimTime::at(Duration::seconds(1)));
    view.show();
    view.repaint();
    double const frame = frameOf(view, [&](int i) {
        view.setTime(SimTime::at(Duration::seconds(1) + Duration::milliseconds(frameMs * i)));
    });
    bar(("gui/frame-" + size).c_str(), frame, limit, "ms");
    Rectangles rectangles(dots);
    rectangles.resize(screen);
    rectangles.show();
    report(("gui/frame-" + size + "/rectangles").c_str(), frameOf(rectangles, [](int) {}), "ms");
    if (dots <= mostItems)
        report(("gui/frame-" + size + "/graphics-items").c_str(), itemFrame(dots), "ms");
    report(("gui/frame-" + size + "/dots").c_str(), view.dots().total(), "dots");
}

} // namespace

void reportLayout() {
    gui::Graph graph;
    graph.nodes = 500;
    for (int i = 0; i < 1500; ++i) {
        auto const from = static_cast<std::uint32_t>(scattered(i, 420));
        auto const to = from + 1 + static_cast<std::uint32_t>(scattered(i + 777, 79));
        graph.edges.emplace_back(from, to);
    }
    std::vector<double> all;
    for (int i = 0; i < 7; ++i)
        all.push_back(cpuMilliseconds([&] { gui::layeredLayout(graph); }));
    bar("gui/layout-500", medianOf(all), 100, "ms");
}

void reportFrames() {
    auto const small = runOf(recordOf(graphText(100, Calls::Bare), record::Level::Sampled));
    auto const large = runOf(recordOf(graphText(500, Calls::Bare), record::Level::Sampled));
    report("gui/calls-100", static_cast<double>(small->index().routes().size()), "calls");
    report("gui/calls-500", static_cast<double>(large->index().routes().size()), "calls");
    reportFrame("100", *small, 1500, 4);
    reportFrame("500", *large, 7500, 16);
}

void reportScrubbing() {
    QTemporaryDir folder;
    auto const path = folder.filePath("record.ndjson");
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return;
    file.write(QByteArray::fromStdString(
        recordOf(graphText(500, Calls::Guarded), record::Level::Sampled)));
    file.close();
    gui::MainWindow window(QString::fromStdString(tests::binary().string()));
    window.resize(screen);
    window.show();
    if (!window.open(path))
        return;
    QApplication::processEvents();
    auto const somewhere = [](int i) {
        return SimTime::at(Duration::fromSeconds(1 + scattered(i, 18)));
    };
    bar("gui/scrub-500/topology",
        frameOf(window.topology(), [&](int i) { window.topology().setTime(somewhere(i)); }), 16,
        "ms");
    bar("gui/scrub-500/window",
        frameOf(window,
                [&](int i) {
                    window.setTime(somewhere(i));
                    QApplication::processEvents();
                }),
        16, "ms");
}

void reportWaterfall() {
    std::shared_ptr<gui::Run> const run =
        runOf(recordOf(graphText(20, Calls::Bare), record::Level::Sampled));
    gui::WaterfallView view;
    view.resize(screen);
    view.show();
    auto const request = wideRequest(100'000);
    report("gui/waterfall-100000/open", cpuMilliseconds([&] {
               view.setRequest(run, request);
               view.repaint();
           }),
           "ms");
    auto* scrolled = view.verticalScrollBar();
    double const frame = frameOf(*view.viewport(), [&](int i) {
        scrolled->setValue(static_cast<int>(scattered(i, scrolled->maximum())));
    });
    bar("gui/waterfall-100000/scroll", frame, 16, "ms");
}

void reportCharts() {
    std::shared_ptr<gui::Run> const run = runOf(longRecord());
    gui::ChartsView view;
    view.resize(screen.width(), 400);
    view.show();
    report("gui/charts-1e6/open", cpuMilliseconds([&] {
               view.setRuns(run, nullptr);
               QApplication::processEvents();
               view.repaint();
           }),
           "ms");
    double const lasts = run->index().reach().inSeconds();
    bar("gui/charts-1e6/cursor",
        frameOf(view,
                [&](int i) {
                    view.setTime(SimTime::at(Duration::fromSeconds(scattered(i, lasts))));
                    QApplication::processEvents();
                }),
        16, "ms");
}

} // namespace shakedown::bench
