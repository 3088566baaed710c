#include <iostream>
#include <memory>

#include <unistd.h>

#include "cli/command.hpp"
#include "cli/export_run.hpp"
#include "cli/findings.hpp"
#include "cli/format_names.hpp"

namespace shakedown::cli {

namespace {

struct ExportOptions {
    std::string run;
    std::string as;
    std::string out;
};

Exit exportAs(ExportOptions const& options, Common const& common) {
    auto const format = formatNamed(options.as);
    if (!format) {
        std::cerr << "shakedown: --as: " << format.errors().front().message << "\n";
        return Exit::Usage;
    }
    auto const findings = exportRun(options.run, format.value(), options.out);
    std::cerr << showFindings(findings, colours(common, STDERR_FILENO));
    return hasErrors(findings) ? Exit::Usage : Exit::Ok;
}

} // namespace

void addExport(CLI::App& app, Common& common, Exit& exit) {
    auto* command = app.add_subcommand("export", "give a run away in a format of other tools");
    auto options = std::make_shared<ExportOptions>();
    command->add_option("RUN", options->run, "the folder of a run, or its record.ndjson")
        ->required();
    command->add_option("--as", options->as, formatWords())->required()->take_last();
    command->add_option("-o,--output", options->out, "file (default: printed)")->take_last();
    command->callback([&common, &exit, options] { exit = exportAs(*options, common); });
}

} // namespace shakedown::cli
