#pragma once

#include <cstdint>

#include <QColor>

#include "gui/session/snapshot.hpp"

namespace shakedown::gui {

enum class Scheme : std::uint8_t { Dark, Light };

/// Every colour of the app. The hues of the dark scheme are those of Okabe and Ito, "Color
/// Universal Design", 2008.
struct Tokens {
    QColor ground;   // behind everything
    QColor panel;    // of docks and boxes
    QColor raised;   // what is above a panel: a node, a chip
    QColor line;     // borders, grids
    QColor text;     // on any of the above
    QColor muted;    // less important text
    QColor ok;       // circle
    QColor degraded; // rounded square
    QColor failing;  // octagon
    QColor starting; // dashed; half-open
    QColor byHand;   // opened by hand: bar and flag
    QColor down;     // hollow cross
    QColor accent;   // cursor, selection, run A
    QColor second;   // run B
    QColor stop;     // behind STOP ALL, octagon
    QColor onStop;   // its word

    static Tokens const& of(Scheme scheme);
    QColor const& of(Health health) const;
};

/// Relative luminance contrast of two opaque colours, 1 to 21 (WCAG 2.1, 1.4.3).
double contrast(QColor const& a, QColor const& b);

} // namespace shakedown::gui
