#include "cli/load.hpp"

#include <algorithm>
#include <fstream>

#include "scenarios/reading/codes.hpp"
#include "sim/run/simulate.hpp"

namespace shakedown::cli {

namespace {

// A file that is not there is a mistake of the command line, not of a scenario.
bool isMissing(std::string const& file, Diagnostics const& findings) {
    return std::any_of(findings.begin(), findings.end(), [&](Diagnostic const& f) {
        return f.code == std::string_view(reading::codes::unreadableFile) && f.place.file == file;
    });
}

} // namespace

Loaded loadScenario(std::string const& file, reading::ReadOptions const& options,
                    checking::Purpose purpose) {
    auto read = reading::readFile(file, options);
    Loaded loaded{std::nullopt, std::move(read.findings), Exit::InvalidScenario};
    if (isMissing(file, loaded.findings))
        loaded.exit = Exit::Usage;
    if (!read.scenario || hasErrors(loaded.findings))
        return loaded;
    auto const checked = checking::check(*read.scenario, purpose);
    loaded.findings.insert(loaded.findings.end(), checked.begin(), checked.end());
    if (hasErrors(loaded.findings))
        return loaded;
    if (purpose == checking::Purpose::Simulate) {
        auto const compiled = run::compileScenario(*read.scenario);
        if (!compiled) {
            loaded.findings.insert(loaded.findings.end(), compiled.errors().begin(),
                                   compiled.errors().end());
            return loaded;
        }
    }
    loaded.scenario = std::move(read.scenario);
    loaded.exit = Exit::Ok;
    return loaded;
}

std::string textOfScenario(std::string const& file) {
    constexpr std::size_t most = std::size_t{1} << 22;
    std::string content(most, '\0');
    std::ifstream in(file, std::ios::binary);
    in.read(content.data(), static_cast<std::streamsize>(most));
    content.resize(static_cast<std::size_t>(in.gcount()));
    return content;
}

} // namespace shakedown::cli
