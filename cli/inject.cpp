#include <iostream>
#include <memory>

#include "cli/inject_scenario.hpp"

namespace shakedown::cli {

void addInject(CLI::App& app, Common& common, Exit& exit) {
    auto* command = app.add_subcommand(
        "inject", "do a scenario for real, with agents that take every fault back");
    auto options = std::make_shared<InjectOptions>();
    addInjectOptions(*command, *options);
    command->callback([&common, &exit, options] {
        auto const orders = ordersOf(*options);
        if (!orders) {
            for (auto const& error : orders.errors())
                std::cerr << "shakedown: " << error.message << "\n";
            exit = Exit::Usage;
            return;
        }
        exit = injectScenario(*options, orders.value(), common);
    });
}

} // namespace shakedown::cli
