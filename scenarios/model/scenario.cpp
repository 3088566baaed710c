#include "scenarios/model/scenario.hpp"

#include <algorithm>

namespace shakedown::model {

namespace {

template <class T>
T const* findNamed(std::vector<T> const& list, std::string const& name) {
    auto const found =
        std::find_if(list.begin(), list.end(), [&](T const& item) { return item.name == name; });
    return found == list.end() ? nullptr : &*found;
}

} // namespace

Service const* findService(Scenario const& scenario, std::string const& name) {
    return findNamed(scenario.services, name);
}

Load const* findLoad(Scenario const& scenario, std::string const& name) {
    return findNamed(scenario.loads, name);
}

Endpoint const* findEndpoint(Scenario const& scenario, EndpointName const& name) {
    Service const* service = findService(scenario, name.service);
    if (service == nullptr)
        return nullptr;
    if (!name.endpoint.empty())
        return findNamed(service->endpoints, name.endpoint);
    return service->endpoints.size() == 1 ? &service->endpoints.front() : nullptr;
}

Timing const* findTiming(Scenario const& scenario, std::string const& name) {
    if (auto const* fault = findNamed(scenario.faults, name))
        return &fault->when;
    if (auto const* operation = findNamed(scenario.operations, name))
        return &operation->when;
    return nullptr;
}

} // namespace shakedown::model
