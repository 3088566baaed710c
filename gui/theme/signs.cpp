#include "gui/theme/signs.hpp"

#include <QPixmap>
#include <QPolygonF>

namespace shakedown::gui {

namespace {

QPolygonF octagon(QPointF middle, double radius) {
    double const cut = radius * 0.4142;
    QPolygonF shape;
    for (auto const& [x, y] :
         {std::pair{-cut, -radius}, std::pair{cut, -radius}, std::pair{radius, -cut},
          std::pair{radius, cut}, std::pair{cut, radius}, std::pair{-cut, radius},
          std::pair{-radius, cut}, std::pair{-radius, -cut}})
        shape << middle + QPointF(x, y);
    return shape;
}

} // namespace

void paintSign(QPainter& painter, Health health, QPointF middle, double size,
               Tokens const& tokens) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QColor const& colour = tokens.of(health);
    double const radius = size / 2;
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    QRectF const box(middle.x() - radius, middle.y() - radius, size, size);
    switch (health) {
    case Health::Calm:
        painter.drawEllipse(box);
        break;
    case Health::Busy:
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colour, size * 0.28));
        painter.drawEllipse(middle, radius * 0.72, radius * 0.72);
        break;
    case Health::Strained:
        painter.drawRoundedRect(box, size * 0.22, size * 0.22);
        break;
    case Health::Failing:
        painter.drawPolygon(octagon(middle, radius));
        break;
    case Health::Down:
        painter.setPen(QPen(colour, size * 0.24, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(box.topLeft(), box.bottomRight());
        painter.drawLine(box.topRight(), box.bottomLeft());
        break;
    }
    painter.restore();
}

QIcon signIcon(Health health, Tokens const& tokens, int size) {
    constexpr int sharpness = 2;
    QPixmap picture(sharpness * size, sharpness * size);
    picture.setDevicePixelRatio(sharpness);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    double const middle = size / 2.0;
    paintSign(painter, health, {middle, middle}, size - 2, tokens);
    QIcon icon(picture);
    icon.addPixmap(picture, QIcon::Selected); // not tinted
    return icon;
}

} // namespace shakedown::gui
