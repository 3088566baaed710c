#pragma once

#include <QObject>

// QScintilla's headers ask for Qt's keywords, which the rest of the house has as names.
#define signals Q_SIGNALS
#define slots Q_SLOTS
#include <Qsci/qsciscintilla.h>
#undef signals
#undef slots
