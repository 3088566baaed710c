#pragma once

#include <string>
#include <vector>

#include "tests/properties/chooser.hpp"

namespace shakedown::tests {

struct RandomEndpoint {
    std::string name;
    int calls = 1; ///< about how many calls one request makes at most, itself included
};

struct RandomService {
    std::string name;
    int replicas = 1;
    int workers = 1;
    std::vector<RandomEndpoint> endpoints;
    std::string text; ///< its entry under `services:`
};

/// A graph without circles: a service calls only those with a higher number. `calls` gains every
/// pair "a -> b" that is called.
std::vector<RandomService> randomServices(Chooser& choose, std::vector<std::string>& calls);

} // namespace shakedown::tests
