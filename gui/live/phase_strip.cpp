#include "gui/live/phase_strip.hpp"

#include <QPainter>

#include "gui/theme/signs.hpp"

namespace shakedown::gui {

namespace {

constexpr double signSize = 12;
constexpr int gap = 6;

} // namespace

PhaseStrip::PhaseStrip(QWidget* parent) : QWidget(parent) {
    setAccessibleName("Phases of the live run");
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void PhaseStrip::setPhases(Phases const& phases) {
    phases_ = phases;
    QStringList words;
    for (auto const phase : allPhases)
        words += wordOf(phase) + ": " + wordOf(phase, phases_.of(phase));
    setAccessibleDescription(words.join(", "));
    update();
}

void PhaseStrip::setScheme(Scheme scheme) {
    scheme_ = scheme;
    update();
}

QSize PhaseStrip::cell() const {
    QFont bold = font();
    bold.setBold(true);
    int widest = 0;
    for (auto const phase : allPhases)
        widest = std::max(widest, QFontMetrics(bold).horizontalAdvance(wordOf(phase)));
    return {widest + static_cast<int>(signSize) + 4 * gap, 2 * fontMetrics().height() + 2 * gap};
}

int PhaseStrip::columns() const {
    int const all = static_cast<int>(allPhases.size());
    return width() >= all * cell().width() ? all : all / 2;
}

void PhaseStrip::resizeEvent(QResizeEvent*) {
    setFixedHeight(cell().height() * static_cast<int>(allPhases.size()) / columns());
}

QSize PhaseStrip::sizeHint() const {
    return {cell().width() * static_cast<int>(allPhases.size()), cell().height()};
}

QSize PhaseStrip::minimumSizeHint() const {
    return {cell().width() * 2, cell().height()};
}

void PhaseStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    auto const& tokens = Tokens::of(scheme_);
    int const across = columns();
    double const wide = static_cast<double>(width()) / across;
    double const high = cell().height();
    double const line = fontMetrics().height();
    QFont bold = font();
    bold.setBold(true);
    for (int i = 0; i < static_cast<int>(allPhases.size()); ++i) {
        Phase const phase = allPhases[static_cast<std::size_t>(i)];
        Stand const stand = phases_.of(phase);
        QRectF const box(i % across * wide + 1, i / across * high + 1, wide - 3, high - 2);
        bool const isNow = stand == Stand::UnderWay;
        painter.setPen(QPen(isNow ? tokens.accent : tokens.line, isNow ? 2 : 1));
        painter.setBrush(tokens.raised);
        painter.drawRoundedRect(box, 4, 4);
        paintSign(painter, healthOf(stand), {box.left() + gap + signSize / 2, box.center().y()},
                  signSize, tokens);
        QRectF const text = box.adjusted(signSize + 2 * gap, gap - 1, 0, 0);
        painter.setFont(bold);
        painter.setPen(tokens.text);
        painter.drawText(text, wordOf(phase));
        painter.setFont(font());
        painter.setPen(stand == Stand::Bad ? tokens.text : tokens.muted);
        painter.drawText(text.translated(0, line), wordOf(phase, stand));
    }
}

} // namespace shakedown::gui
