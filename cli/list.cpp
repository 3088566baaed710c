#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>

#include "cli/command.hpp"
#include "reports/render/plain_text.hpp"
#include "scenarios/reading/reader.hpp"

namespace shakedown::cli {

void addList(CLI::App& app, Common&, Exit& exit) {
    auto* command = app.add_subcommand("list", "list the scenarios below a folder");
    auto folder = std::make_shared<std::string>("scenarios/library");
    command->add_option("FOLDER", *folder, "default scenarios/library");
    command->callback([&exit, folder] {
        namespace fs = std::filesystem;
        std::error_code failed;
        std::vector<std::string> files;
        for (fs::recursive_directory_iterator at(*folder, failed), end; !failed && at != end;
             at.increment(failed))
            if (at->path().extension() == ".yaml")
                files.push_back(at->path().string());
        if (failed) {
            std::cerr << "shakedown: cannot read the folder '" << *folder
                      << "': " << failed.message() << "; name another: shakedown list FOLDER\n";
            exit = Exit::Usage;
            return;
        }
        std::sort(files.begin(), files.end());
        for (auto const& file : files) {
            auto const read = reading::readFile(file);
            std::cout << file << "\n    "
                      << (read.scenario ? render::cleaned(read.scenario->name) + ". "
                                              + render::cleaned(read.scenario->about)
                                        : std::string("(has errors: shakedown check tells)"))
                      << "\n";
        }
    });
}

} // namespace shakedown::cli
