#include <iostream>
#include <memory>

#include <unistd.h>

#include "cli/command.hpp"
#include "cli/findings.hpp"
#include "cli/load.hpp"

namespace shakedown::cli {

void addCheck(CLI::App& app, Common& common, Exit& exit) {
    auto* command = app.add_subcommand("check", "find every mistake in scenario files");
    auto files = std::make_shared<std::vector<std::string>>();
    command->add_option("FILE", *files, "scenario files")->required();
    command->callback([&common, &exit, files] {
        Diagnostics all;
        for (auto const& file : *files) {
            auto const loaded = loadScenario(file);
            all.insert(all.end(), loaded.findings.begin(), loaded.findings.end());
            if (!loaded.scenario)
                exit = worse(exit, loaded.exit);
            else if (!common.json && !common.quiet)
                std::cout << file << ": ok (" << loaded.scenario->services.size() << " services, "
                          << loaded.scenario->loads.size() << " loads, "
                          << loaded.scenario->expect.size() << " expectations)\n";
        }
        if (common.json)
            std::cout << findingsJson(all);
        else
            std::cout << showFindings(all, colours(common, STDOUT_FILENO));
    });
}

} // namespace shakedown::cli
