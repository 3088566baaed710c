#pragma once

#include <vector>

#include <QString>
#include <QStringList>

#include "gui/editor/yaml_context.hpp"
#include "scenarios/model/scenario.hpp"

namespace shakedown::gui {

/// One way to go on.
struct Completion {
    QString text;  // as it is written: "circuit_breaker: "
    QString about; // a sentence, or empty
    friend bool operator==(Completion const&, Completion const&) = default;
};

/// Keys and words that the format has at a place, by its JSON Schema, and names of the scenario
/// where one is meant. Only what begins as the word there does; keys that need the least are first.
/// The scenario may be null: then no names are known.
std::vector<Completion> completionsAt(YamlContext const& context, model::Scenario const* scenario);

} // namespace shakedown::gui
