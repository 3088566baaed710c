#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::reading {

/// The bytes of a file, refused beyond `limit`. Errors have no place.
Result<std::string> readBounded(std::filesystem::path const& file, std::size_t limit);

/// The files a scenario may use: those below its own folder, also after symbolic links.
class Sources {
public:
    explicit Sources(std::filesystem::path const& scenarioFile);

    /// Tells which files are read as YAML: names in them are relative to their own folder, names
    /// from anywhere else (the command line) to the scenario's.
    void addYamlFile(std::string const& file) { yamlFiles_.insert(file); }
    /// The real path of `name` as written in the file `from`; an error if it is outside or missing.
    Result<std::filesystem::path> resolve(std::string const& name, std::string const& from) const;
    /// The same file as seen from the scenario's folder, which is how the document names it.
    std::string nameFromFolder(std::filesystem::path const& real) const;
    /// A table of durations, one a line ('#' begins a comment), in seconds. `from` names it.
    using Values = std::shared_ptr<std::vector<double> const>;
    Result<Values> durations(std::filesystem::path const& real);

private:
    std::filesystem::path folder_;
    std::set<std::string> yamlFiles_;
    std::map<std::filesystem::path, Values> loaded_;
    std::size_t loadedValues_ = 0;
};

} // namespace shakedown::reading
