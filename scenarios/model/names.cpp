#include "scenarios/model/names.hpp"

namespace shakedown::model {

std::string toText(EndpointName const& name) {
    return name.endpoint.empty() ? name.service : name.service + "/" + name.endpoint;
}

std::string toText(CallName const& name) {
    return name.caller + " -> " + toText(name.callee);
}

} // namespace shakedown::model
