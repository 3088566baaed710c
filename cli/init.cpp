#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

#include "cli/command.hpp"

namespace shakedown::cli {

namespace {

constexpr char const* firstScenario = R"(# yaml-language-server: $schema=scenario.schema.json
shakedown: 1
name: My first scenario
run: { for: 2m, warmup: 10s }

services:
  shop:
    replicas: 2
    workers: 16
    queue: { capacity: 100 }
    endpoints:
      buy:
        - work: exponential(5ms)
        - call: stock
  stock:
    workers: 16
    queue: { capacity: 100 }
    endpoints:
      reserve: [ work: exponential(10ms) ]

calls:
  # Take the fallback away and run again: then the slow stock takes the shop with it.
  "shop -> stock": { timeout: 100ms, fallback: degraded }

load:
  visitors: { to: shop/buy, rate: 200/s }

faults:
  - { at: 40s, for: 30s, name: stock-slow, slow: { service: stock, add: 500ms } }

expect:
  - p99(visitors) < 300ms
  - errors(visitors) < 1% during stock-slow
  - recovers(visitors) within 10s of stock-slow
)";

} // namespace

void addInit(CLI::App& app, Common&, Exit& exit) {
    auto* command = app.add_subcommand("init", "write a first scenario to start from");
    auto file = std::make_shared<std::string>("scenario.yaml");
    command->add_option("FILE", *file, "default scenario.yaml; an existing file is left alone");
    command->callback([&exit, file] {
        if (std::filesystem::exists(*file)) {
            std::cerr << "shakedown: '" << *file
                      << "' exists and is left as it is; name another file\n";
            exit = Exit::Usage;
            return;
        }
        std::ofstream out(*file);
        out << firstScenario;
        if (!out.flush()) {
            std::cerr << "shakedown: cannot write '" << *file
                      << "'; does its folder exist, and may you write there?\n";
            exit = Exit::Usage;
            return;
        }
        std::cout << "wrote " << *file << "; try: shakedown run " << *file << "\n";
    });
}

} // namespace shakedown::cli
