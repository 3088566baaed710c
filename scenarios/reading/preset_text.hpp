#pragma once

#include <string>
#include <vector>

#include "scenarios/model/presets.hpp"

/// Presets in words, for the reference page, the schema and the command line.
namespace shakedown::reading {

/// A published value as a file would have it.
struct PresetLine {
    std::string key;
    std::string value; // "on" for a pattern that is there
    std::string when;
    std::string source;
};

/// All values of a preset: first what holds for every call.
std::vector<PresetLine> linesOf(model::Preset const& preset);

/// What the preset does to a call with nothing configured, in a sentence.
std::string summaryOf(model::Preset const& preset);

/// The part of the reference page on presets and dialects.
std::string presetsPage();

} // namespace shakedown::reading
