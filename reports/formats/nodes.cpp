#include "reports/formats/nodes.hpp"

#include "reports/record/routes.hpp"

namespace shakedown::formats {

Nodes::Nodes(record::Names const& names) : loads_(names.loads.size()), names_(names.loads) {
    names_.insert(names_.end(), names.services.begin(), names.services.end());
    names_.emplace_back("unknown");
    auto const orUnknown = [&](std::uint32_t service) {
        return service == record::nobody ? unknown() : ofService(service);
    };
    for (std::uint32_t const service : record::servicesOfEndpoints(names)) {
        endpoints_.push_back(orUnknown(service));
    }
    for (record::Route const& route : record::routesOf(names)) {
        calls_.push_back({route.fromLoad == record::nobody ? orUnknown(route.fromService)
                                                           : ofLoad(route.fromLoad),
                          orUnknown(route.to)});
    }
}

} // namespace shakedown::formats
