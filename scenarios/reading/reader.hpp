#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/model/scenario.hpp"
#include "scenarios/vocabulary/diagnostic.hpp"

/// From YAML to a Scenario.
namespace shakedown::reading {

/// Changes that the command line makes to a document before it is read.
struct ReadOptions {
    /// `--set path=value`: ("services.site.workers", "8"); the value is YAML.
    std::vector<std::pair<std::string, std::string>> assignments;
    /// `--fault`: YAML of one fault each.
    std::vector<std::string> extraFaults;
    /// `--expect`: one condition each.
    std::vector<std::string> extraExpectations;
};

struct ReadResult {
    /// The document; empty if `findings` holds an error.
    std::optional<model::Scenario> scenario;
    /// Every error and warning, sorted by place.
    Diagnostics findings;
};

/// Reads a scenario file, with the files it includes. Never throws for anything in a file.
ReadResult readFile(std::string const& path, ReadOptions const& options = {});

/// Reads a text as if it stood in `nameOfFile`; the file need not exist, but included files and
/// data files are looked for in its folder.
ReadResult readText(std::string_view text, std::string const& nameOfFile,
                    ReadOptions const& options = {});

} // namespace shakedown::reading
