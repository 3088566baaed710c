#include "reports/record/routes.hpp"

#include <map>
#include <string_view>

namespace shakedown::record {

namespace {

using Index = std::map<std::string_view, std::uint32_t>;

Index indexOf(std::vector<std::string> const& names) {
    Index index;
    for (std::uint32_t i = 0; i < names.size(); ++i) {
        index.emplace(names[i], i);
    }
    return index;
}

std::uint32_t find(Index const& index, std::string_view name) {
    auto const found = index.find(name);
    return found == index.end() ? nobody : found->second;
}

// Of an endpoint its service.
std::string_view serviceOf(std::string_view name) {
    return name.substr(0, name.find('/'));
}

Route routeOf(std::string_view call, Index const& loads, Index const& services) {
    constexpr std::string_view arrow = " -> ";
    Route route;
    auto const at = call.find(arrow);
    if (at == std::string_view::npos) {
        return route;
    }
    std::string_view const from = call.substr(0, at);
    route.to = find(services, serviceOf(call.substr(at + arrow.size())));
    route.fromLoad = find(loads, from);
    if (route.fromLoad == nobody) {
        route.fromService = find(services, serviceOf(from));
    }
    return route;
}

} // namespace

std::vector<Route> routesOf(Names const& names) {
    Index const loads = indexOf(names.loads);
    Index const services = indexOf(names.services);
    std::vector<Route> routes;
    for (auto const& call : names.calls) {
        routes.push_back(routeOf(call, loads, services));
    }
    return routes;
}

std::vector<std::uint32_t> servicesOfEndpoints(Names const& names) {
    Index const services = indexOf(names.services);
    std::vector<std::uint32_t> all;
    for (auto const& endpoint : names.endpoints) {
        all.push_back(find(services, serviceOf(endpoint)));
    }
    return all;
}

} // namespace shakedown::record
