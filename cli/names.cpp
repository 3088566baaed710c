#include <iostream>
#include <memory>

#include "cli/command.hpp"
#include "cli/load.hpp"

namespace shakedown::cli {

// For the completion scripts: what a scenario's names let one write behind --set and --fault.
// A file that cannot be read has no names; a completion is no place for complaints.
void addCompleteNames(CLI::App& app, Common&, Exit&) {
    auto* command = app.add_subcommand("complete-names", "names in a scenario, for completion");
    command->group(""); // hidden
    auto file = std::make_shared<std::string>();
    auto plain = std::make_shared<bool>(false);
    command->add_option("FILE", *file)->required();
    command->add_flag("--plain", *plain, "names alone instead of paths");
    command->callback([file, plain] {
        auto const read = reading::readFile(*file);
        if (!read.scenario)
            return;
        for (auto const& service : read.scenario->services)
            std::cout << (*plain ? service.name : "services." + service.name + ".") << "\n";
        if (*plain)
            return;
        for (auto const& load : read.scenario->loads)
            std::cout << "load." << load.name << ".\n";
    });
}

} // namespace shakedown::cli
