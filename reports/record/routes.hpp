#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reports/record/moments.hpp"

namespace shakedown::record {

/// "a -> b/c" of the record's names of calls, as indices; `nobody` for a name that is not there.
struct Route {
    std::uint32_t fromLoad = nobody;
    std::uint32_t fromService = nobody;
    std::uint32_t to = nobody; // a service
};

/// One a call.
std::vector<Route> routesOf(Names const& names);
/// The service of each endpoint.
std::vector<std::uint32_t> servicesOfEndpoints(Names const& names);

} // namespace shakedown::record
