#pragma once

#include <string>
#include <vector>

#include "tests/properties/random_services.hpp"

namespace shakedown::tests {

/// What a fault or an operation may be done to.
struct Victims {
    std::vector<RandomService> const& services;
    std::vector<std::string> const& calls;     ///< "a -> b", loads included
    std::vector<std::string> const& openLoads; ///< by rate
    int seconds = 1;                           ///< length of the run
};

/// One entry of `faults:` named `name`, of any kind that is simulated.
std::string randomFault(Chooser& choose, std::string const& name, Victims const& victims);

/// One entry of `operations:` named `name`, of any kind that is simulated.
std::string randomOperation(Chooser& choose, std::string const& name, Victims const& victims);

} // namespace shakedown::tests
