#include "gui/shell/perspectives.hpp"

#include <QMainWindow>
#include <QSettings>

namespace shakedown::gui {

namespace {

constexpr int version = 1; // of the layouts: another one is not restored

QString keyOf(Perspective perspective) {
    return QString("layout_%1").arg(wordOf(perspective));
}

} // namespace

char const* wordOf(Perspective perspective) {
    switch (perspective) {
    case Perspective::Explore:
        return "explore";
    case Perspective::Compare:
        return "compare";
    case Perspective::Live:
        return "live";
    case Perspective::Teach:
        break;
    }
    return "teach";
}

void Perspectives::define(Perspective perspective) {
    of(perspective).first = window_.saveState(version);
    now_ = perspective;
}

void Perspectives::change(Perspective to) {
    if (to != now_)
        of(now_).left = window_.saveState(version);
    now_ = to;
    auto const& layout = of(to);
    if (layout.left.isEmpty() || !window_.restoreState(layout.left, version))
        window_.restoreState(layout.first, version);
}

void Perspectives::reset() {
    of(now_).left.clear();
    window_.restoreState(of(now_).first, version);
}

void Perspectives::load(QSettings const& from) {
    for (auto const perspective : allPerspectives)
        of(perspective).left = from.value(keyOf(perspective)).toByteArray();
}

void Perspectives::save(QSettings& to) {
    of(now_).left = window_.saveState(version);
    for (auto const perspective : allPerspectives)
        to.setValue(keyOf(perspective), of(perspective).left);
}

} // namespace shakedown::gui
