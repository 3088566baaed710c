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
        words += wordOf(phase) + ": " + wordOf(phases_.of(phase));
    setAccessibleDescription(words.join(", "));
    update();
}

void PhaseStrip::setScheme(Scheme scheme) {
    scheme_ = scheme;
    update();
}

QSize PhaseStrip::sizeHint() const {
    QFont bold = font();
    bold.setBold(true);
    int widest = 0;
    for (auto const phase : allPhases)
        widest = std::max(widest, QFontMetrics(bold).horizontalAdvance(wordOf(phase)));
    return {static_cast<int>(allPhases.size()) * (widest + static_cast<int>(signSize) + 3 * gap),
            2 * fontMetrics().height() + 2 * gap};
}

void PhaseStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    auto const& tokens = Tokens::of(scheme_);
    double const cell = static_cast<double>(width()) / static_cast<double>(allPhases.size());
    double const line = fontMetrics().height();
    for (std::size_t i = 0; i < allPhases.size(); ++i) {
        Stand const stand = phases_.of(allPhases[i]);
        QRectF const box(static_cast<double>(i) * cell + 1, 1, cell - 3, height() - 2);
        bool const isNow = stand == Stand::UnderWay;
        painter.setPen(QPen(isNow ? tokens.accent : tokens.line, isNow ? 2 : 1));
        painter.setBrush(tokens.raised);
        painter.drawRoundedRect(box, 4, 4);
        paintSign(painter, healthOf(stand), {box.left() + gap + signSize / 2, box.center().y()},
                  signSize, tokens);
        QRectF const text = box.adjusted(signSize + 2 * gap, gap - 1, 0, 0);
        QFont bold = font();
        bold.setBold(true);
        painter.setFont(bold);
        painter.setPen(tokens.text);
        painter.drawText(text, wordOf(allPhases[i]));
        painter.setFont(font());
        painter.setPen(stand == Stand::Bad ? tokens.text : tokens.muted);
        painter.drawText(text.translated(0, line), wordOf(stand));
    }
}

} // namespace shakedown::gui
