#pragma once

// QCustomPlot's header asks for Qt's keywords, which the rest of the house has as names; so it is
// the first of all.
#undef QT_NO_KEYWORDS
#include <qcustomplot.h>
#undef emit
#undef foreach
#undef forever
#undef signals
#undef slots
