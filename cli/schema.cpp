#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

#include "cli/command.hpp"
#include "scenarios/reading/reference.hpp"
#include "scenarios/reading/schema.hpp"

namespace shakedown::cli {

void addSchema(CLI::App& app, Common&, Exit& exit) {
    auto* command = app.add_subcommand("schema", "print the JSON Schema of scenario files");
    auto folder = std::make_shared<std::string>();
    auto page = std::make_shared<bool>(false);
    command->add_flag("--reference", *page, "print the reference page (Markdown) instead");
    command->add_option("--write", *folder, "write both into this folder");
    command->callback([&exit, folder, page] {
        std::string const schema = reading::jsonSchema().dump(2) + "\n";
        if (folder->empty()) {
            std::cout << (*page ? reading::referencePage() : schema);
            return;
        }
        std::filesystem::path const path(*folder);
        std::ofstream(path / "scenario.schema.json") << schema;
        std::ofstream out(path / "scenario.md");
        out << reading::referencePage();
        if (out.flush())
            return;
        std::cerr << "shakedown: cannot write into the folder '" << *folder << "'\n";
        exit = Exit::Usage;
    });
}

} // namespace shakedown::cli
