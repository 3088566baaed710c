#pragma once

#include "chaos-agent/faults/operation.hpp"

namespace shakedown::injectors {

system::Found<containers::Sight> lookAt(ContainerLife const& container);
/// "container orders (0123456789ab)".
std::string wordsOf(ContainerLife const& container);
/// Why it cannot be: it was removed.
std::string removed(ContainerLife const& container);
/// It runs, and takes connections at the address, if there is one. NotYet while that can come.
Verdict doesServe(containers::Sight const& sight, std::optional<proxy::Address> const& address);

} // namespace shakedown::injectors
