#include <iostream>
#include <memory>

#include "cli/command.hpp"
#include "cli/run_options.hpp"
#include "cli/run_scenario.hpp"

namespace shakedown::cli {

void addRun(CLI::App& app, Common& common, Exit& exit) {
    auto* command = app.add_subcommand("run", "simulate scenario files and judge the outcome");
    auto options = std::make_shared<RunOptions>();
    addRunOptions(*command, *options);
    command->callback([&common, &exit, options] {
        auto const orders = ordersOf(*options);
        if (!orders) {
            for (auto const& error : orders.errors())
                std::cerr << "shakedown: " << error.message << "\n";
            exit = Exit::Usage;
            return;
        }
        watchSignals();
        for (auto const& file : orders.value().files) {
            exit = worse(exit, runScenario(file, orders.value(), common));
            if (stopRequested().load())
                break;
        }
    });
}

} // namespace shakedown::cli
