#pragma once

#include <functional>
#include <string>
#include <vector>

#include "reports/summary/summary.hpp"

/// Models with known answers, as scenario files. Service times are seconds, so that runs are long
/// in simulated time and short in wall time.
namespace shakedown::laws {

/// One number of a run and what it must be.
struct Value {
    std::string name;
    double expected;
    std::function<double(summary::Summary const&)> of;
    double precision = 0.01;  ///< half width of the long run's 99 % interval, relative
    double approximation = 0; ///< how far the formula itself may be off, relative
};

struct Law {
    std::string name;
    double rate;      ///< requests a second
    double shortRun;  ///< requests of the short test
    double longRun;   ///< requests of each of 20 seeds
    std::string body; ///< of the scenario, behind its `run:`
    std::vector<Value> values;
    double warmup = 0; ///< seconds at least; a twentieth of the run if that is more
};

/// The scenario file of a law with so many requests after the warm-up.
std::string scenarioOf(Law const& law, double requests, std::uint64_t seed);

std::vector<Law> stations();
std::vector<Law> networks();
std::vector<Law> retriesAndFans();
/// All of them.
std::vector<Law> everyLaw();

// Values that many laws ask for.
double meanSojourn(summary::Summary const& summary);
double meanWait(summary::Summary const& summary);
double blockedShare(summary::Summary const& summary);

} // namespace shakedown::laws
