#pragma once

#include <optional>
#include <vector>

#include <QString>

#include "gui/session/run_index.hpp"

namespace shakedown::gui {

/// A number of a subject at an instant, with its unit.
struct Fact {
    QString name;
    QString value;
};

/// What the record says of a load, a service or a call by its name; of all loads together if it is
/// empty. Nothing for a name that the run does not have.
std::vector<Fact> factsOf(RunIndex const& run, Snapshot const& state, QString const& subject);

/// How the subject fares; nothing for a call, which has no health of its own.
std::optional<Health> healthOf(RunIndex const& run, Snapshot const& state, QString const& subject);

} // namespace shakedown::gui
