#include "gui/scene/topology_view.hpp"

#include <QPainter>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include "tests/gui/session/recorded.hpp"

using namespace shakedown;
using gui::TopologyView;

namespace {

SimTime at(double seconds) {
    return SimTime::at(Duration::fromSeconds(seconds));
}

std::shared_ptr<gui::Run const> loaded() {
    static std::string const text = tests::recordOf(tests::cascade);
    return tests::runOf(text);
}

struct Stand {
    Stand() {
        view.resize(900, 500);
        view.setRun(loaded());
        view.setTime(at(5));
        view.show();
    }
    QPoint middleOf(QString const& subject) { return view.boxOf(subject).center().toPoint(); }
    void drag(QPoint from, QPoint to, Qt::MouseButton button = Qt::LeftButton) {
        QTest::mousePress(&view, button, Qt::NoModifier, from);
        for (int i = 1; i <= 4; ++i) {
            QPointF const now = from + QPointF(to - from) * i / 4;
            QMouseEvent move(QEvent::MouseMove, now, view.mapToGlobal(now), Qt::NoButton, button,
                             Qt::NoModifier);
            QApplication::sendEvent(&view, &move);
        }
        QTest::mouseRelease(&view, button, Qt::NoModifier, to);
    }
    void wheel(QPoint point, int steps) {
        QWheelEvent event(point, view.mapToGlobal(QPointF(point)), {}, {0, 120 * steps},
                          Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&view, &event);
    }
    QImage picture() { return view.grab().toImage(); }

    TopologyView view;
};

} // namespace

TEST_CASE("who is dragged stays where it was put, over time and another run", "[gui][scene]") {
    Stand stand;
    auto& view = stand.view;
    QPoint const to = stand.middleOf("site") + QPoint(30, 120);
    QRectF const autos = view.boxOf("autos");
    CHECK_FALSE(view.isPinned("site"));
    stand.drag(stand.middleOf("site"), to);
    CHECK(view.isPinned("site"));
    CHECK_FALSE(view.isPinned("autos"));
    CHECK((stand.middleOf("site") - to).manhattanLength() <= 2);
    CHECK(view.boxOf("autos") == autos);
    CHECK(view.subjectAt(to) == "site");
    view.setTime(at(12));
    view.setRun(loaded());
    CHECK((stand.middleOf("site") - to).manhattanLength() <= 2);
    QTest::mouseDClick(&view, Qt::LeftButton, Qt::NoModifier, to);
    CHECK_FALSE(view.isPinned("site"));
    CHECK((stand.middleOf("site") - to).manhattanLength() > 50);
}

TEST_CASE("who was put somewhere stays there when the system changes", "[gui][scene]") {
    Stand stand;
    auto& view = stand.view;
    stand.drag(stand.middleOf("site"), stand.middleOf("site") + QPoint(30, 120));
    QPointF const put = view.viewpoint().toScene(view.boxOf("site").topLeft());
    std::string text = tests::cascade;
    text.insert(text.find("calls:"),
                "  more: { workers: 1, endpoints: { get: [ work: 1ms, call: site ] } }\n");
    view.setRun(tests::runOf(tests::recordOf(text)));
    REQUIRE_FALSE(view.boxOf("more").isNull());
    QPointF const now = view.viewpoint().toScene(view.boxOf("site").topLeft());
    CHECK((now - put).manhattanLength() < 0.01);
    CHECK(view.isPinned("site"));
}

TEST_CASE("a click is no drag", "[gui][scene]") {
    Stand stand;
    QSignalSpy picked(&stand.view, &TopologyView::picked);
    QTest::mouseClick(&stand.view, Qt::LeftButton, Qt::NoModifier, stand.middleOf("autos"));
    REQUIRE(picked.count() == 1);
    CHECK(picked[0][0].toString() == "autos");
    CHECK_FALSE(stand.view.isPinned("autos"));
    // Nor is a hand that trembles.
    auto const before = stand.view.boxOf("autos");
    stand.drag(stand.middleOf("autos"), stand.middleOf("autos") + QPoint(2, 1));
    CHECK_FALSE(stand.view.isPinned("autos"));
    CHECK(stand.view.boxOf("autos") == before);
}

TEST_CASE("the wheel zooms around the pointer, F shows all again", "[gui][scene]") {
    Stand stand;
    auto& view = stand.view;
    auto const before = view.viewpoint();
    QPoint const still = stand.middleOf("autos");
    stand.wheel(still, 3);
    CHECK(view.viewpoint().scale > 1.5 * before.scale);
    CHECK((stand.middleOf("autos") - still).manhattanLength() <= 2);
    CHECK(view.subjectAt(still) == "autos");
    view.resize(880, 500); // does not fit by itself any more
    CHECK(view.viewpoint().scale > 1.5 * before.scale);
    view.resize(900, 500);
    QTest::keyClick(&view, Qt::Key_F);
    CHECK(view.viewpoint() == before);
    for (int i = 0; i < 100; ++i)
        stand.wheel(still, -5);
    CHECK(view.viewpoint().scale == gui::Viewpoint::smallest);
}

TEST_CASE("the ground is moved by a drag and by the middle button", "[gui][scene]") {
    Stand stand;
    auto& view = stand.view;
    auto const before = view.boxOf("site");
    stand.drag({20, 20}, {60, 50});
    CHECK((view.boxOf("site").topLeft() - before.topLeft() - QPointF(40, 30)).manhattanLength()
          < 1);
    stand.drag(stand.middleOf("site"), stand.middleOf("site") - QPoint(40, 30), Qt::MiddleButton);
    CHECK((view.boxOf("site").topLeft() - before.topLeft()).manhattanLength() < 1);
    CHECK_FALSE(view.isPinned("site"));
}

TEST_CASE("dots move while time does, and stand while it stands", "[gui][scene]") {
    Stand stand;
    REQUIRE(stand.view.dots().total() > 3);
    auto const first = stand.picture();
    CHECK(stand.picture() == first);
    stand.view.setTime(at(5));
    CHECK(stand.picture() == first);
    stand.view.setTime(at(5.0001)); // the same interval: nothing but dots is different
    auto const moved = stand.picture();
    CHECK(moved != first);
    stand.view.setTime(at(5));
    CHECK(stand.picture() == first);
}

TEST_CASE("layers that are painted in parts are as if painted whole", "[gui][scene]") {
    Stand stand;
    auto& view = stand.view;
    stand.drag(stand.middleOf("autos"), stand.middleOf("site") + QPoint(60, 20));
    for (double const seconds : {9.0, 10.5, 12.0, 14.0, 21.0, 26.0, 28.0, 33.0, 39.0}) {
        view.setTime(at(seconds));
        auto const inParts = stand.picture();
        view.setScheme(gui::Scheme::Dark); // all anew
        INFO(seconds);
        CHECK(stand.picture() == inParts);
    }
}

TEST_CASE("a breaker that is open is a bar, with its word where there is room", "[gui][scene]") {
    Stand stand;
    stand.view.setTime(at(14));
    auto const lines = stand.view.textOf("site -> autos").join("|");
    INFO(lines.toStdString());
    REQUIRE(lines.contains("OPEN"));
    auto const open = stand.picture();
    stand.view.setTime(at(5));
    CHECK(open != stand.picture());
}

TEST_CASE("a picture for a dense screen is sharp", "[gui][scene]") {
    Stand stand;
    auto const render = [&](double ratio) {
        QImage image(stand.view.size() * ratio, QImage::Format_ARGB32_Premultiplied);
        image.setDevicePixelRatio(ratio);
        stand.view.render(&image);
        return image;
    };
    auto const plain = render(1);
    auto const dense = render(2);
    // Of a picture that was only made larger, four pixels would always be alike.
    int different = 0;
    for (int y = 0; y + 1 < dense.height(); y += 2)
        for (int x = 0; x + 1 < dense.width(); x += 2)
            different += dense.pixel(x, y) != dense.pixel(x + 1, y + 1) ? 1 : 0;
    CHECK(different > 500);
    CHECK(dense.size() == plain.size() * 2);
}
