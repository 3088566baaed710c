#pragma once

#include <catch2/catch.hpp>

#include <memory>
#include <sstream>
#include <string>

#include "gui/session/run.hpp"
#include "reports/record/record_writer.hpp"
#include "scenarios/reading/reader.hpp"
#include "sim/run/simulate.hpp"

namespace shakedown::tests {

// The record of a simulated scenario, as a file has it.
inline std::string recordOf(std::string const& text, record::Level level = record::Level::Sampled) {
    auto const read = reading::readText(text, "gui.yaml");
    REQUIRE(read.scenario);
    auto const compiled = run::compileScenario(*read.scenario);
    REQUIRE(compiled);
    std::ostringstream out;
    {
        record::RecordWriter writer(out);
        run::Settings settings;
        settings.seed = read.scenario->run.seed;
        settings.level = level;
        settings.sink = &writer;
        run::simulate(*read.scenario, compiled.value(), settings);
    }
    return out.str();
}

// One slow service behind a breaker, and one that is killed.
inline constexpr auto cascade = R"(shakedown: 1
name: cascade
run: { for: 40s, seed: 5 }
services:
  site: { replicas: 2, workers: 10, queue: { capacity: 20 }, endpoints: { page: [ work: 2ms, call: autos ] } }
  autos: { workers: 8, queue: { capacity: 10 }, endpoints: { find: [ work: exponential(10ms) ] } }
calls:
  "site -> autos": { timeout: 300ms, retry: { attempts: 2 }, circuit_breaker: { window: { time: 5s }, minimum_calls: 10, failure_rate: 50%, open_for: 3s } }
  "visitors -> site": { timeout: 2s }
load:
  visitors: { to: site/page, rate: 100/s }
faults:
  - { at: 10s, for: 10s, name: slow-one, slow: { service: autos, add: 2s } }
  - { at: 25s, for: 5s, name: gone, crash: { service: autos } }
)";

inline std::unique_ptr<gui::Run> runOf(std::string const& record) {
    auto run = std::make_unique<gui::Run>();
    REQUIRE(run->feed(record));
    return run;
}

} // namespace shakedown::tests
