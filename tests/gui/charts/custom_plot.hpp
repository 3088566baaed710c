#pragma once

// QCustomPlot's header asks for Qt's keywords, which the rest of the house has as names; so it has
// them, and nobody else.
#include <QObject>
#ifdef QT_NO_KEYWORDS
#define emit Q_EMIT
#define foreach Q_FOREACH
#define forever Q_FOREVER
#define signals Q_SIGNALS
#define slots Q_SLOTS
#endif
#include <qcustomplot.h>
#undef emit
#undef foreach
#undef forever
#undef signals
#undef slots
