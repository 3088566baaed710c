#pragma once

#include <string>

#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::model {

/// "service" or "service/endpoint"; an empty endpoint means the service's only one.
struct EndpointName {
    std::string service;
    std::string endpoint;
    friend bool operator==(EndpointName const&, EndpointName const&) = default;
};

/// "a -> b" or "a -> b/endpoint"; "*" matches every service (never a load).
struct CallName {
    std::string caller;
    EndpointName callee;
    friend bool operator==(CallName const&, CallName const&) = default;
};

/// "service", "service/endpoint".
std::string toText(EndpointName const& name);
/// "a -> b", "a -> b/endpoint".
std::string toText(CallName const& name);

} // namespace shakedown::model
