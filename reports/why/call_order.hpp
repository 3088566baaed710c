#pragma once

#include <cstdint>
#include <vector>

#include "reports/why/course.hpp"

namespace shakedown::why {

/// All services, callees before their callers as far as the calls have no circle.
std::vector<std::uint32_t> calleesFirst(Course const& course);

/// A service: the loads that reach it by what they call, and what that calls. `order` is
/// calleesFirst().
std::vector<std::vector<std::uint32_t>> loadsInto(Course const& course,
                                                  std::vector<std::uint32_t> const& order);

} // namespace shakedown::why
