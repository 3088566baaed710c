#pragma once

#include <optional>
#include <string>

#include "sim/world/plan.hpp"

namespace shakedown::world {

class Compiler;

struct Program {
    std::uint32_t entry = 0;
    Duration expected; // mean of own work and waits along it
};

/// Appends the ops of one endpoint to the plan.
Program compileProgram(Compiler& compiler, std::uint32_t service, model::Endpoint const& endpoint);

// What a program needs of the compilation it is part of.
std::optional<std::uint32_t> addServiceSite(Compiler& compiler, std::uint32_t service,
                                            model::Call const& call, Place const& place);
Plan& planOf(Compiler& compiler);
void refuse(Compiler& compiler, std::string message, Place const& place);

} // namespace shakedown::world
