#include "chaos-agent/faults/connection_claims.hpp"

namespace shakedown::injectors {

std::vector<std::string> claimsOn(Target const& target,
                                  std::optional<system::NamespaceId> const& place) {
    std::vector<std::string> claims{"connections of proxy " + target.name};
    if (place && target.address)
        claims.push_back("connections to " + target.address->text() + " in " + textOf(*place));
    return claims;
}

} // namespace shakedown::injectors
