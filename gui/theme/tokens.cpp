#include "gui/theme/tokens.hpp"

#include <algorithm>
#include <cmath>

namespace shakedown::gui {

namespace {

QColor rgb(char const* text) {
    return QColor(QString::fromLatin1(text));
}

double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(QColor const& colour) {
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF())
           + 0.0722 * linear(colour.blueF());
}

} // namespace

Tokens const& Tokens::of(Scheme scheme) {
    static Tokens const dark{rgb("#12161c"), rgb("#1a2029"), rgb("#252d38"), rgb("#3a4553"),
                             rgb("#e8edf3"), rgb("#a3b0c0"), rgb("#009e73"), rgb("#e69f00"),
                             rgb("#e8691f"), rgb("#56b4e9"), rgb("#cc79a7"), rgb("#8b98a8"),
                             rgb("#7cc4ff"), rgb("#ffd166"), rgb("#c0281c"), rgb("#ffffff")};
    static Tokens const light{rgb("#f6f8fa"), rgb("#ffffff"), rgb("#ffffff"), rgb("#c5ced8"),
                              rgb("#16202b"), rgb("#52606f"), rgb("#00694c"), rgb("#9a6d00"),
                              rgb("#a32100"), rgb("#2f6fe0"), rgb("#a24e7e"), rgb("#66727f"),
                              rgb("#1d5fbf"), rgb("#8a5a00"), rgb("#b3261e"), rgb("#ffffff")};
    return scheme == Scheme::Dark ? dark : light;
}

QColor const& Tokens::of(Health health) const {
    switch (health) {
    case Health::Calm:
        return ok;
    case Health::Busy:
        return starting;
    case Health::Strained:
        return degraded;
    case Health::Failing:
        return failing;
    case Health::Down:
        break;
    }
    return down;
}

double contrast(QColor const& a, QColor const& b) {
    double const brighter = std::max(luminance(a), luminance(b));
    double const darker = std::min(luminance(a), luminance(b));
    return (brighter + 0.05) / (darker + 0.05);
}

} // namespace shakedown::gui
