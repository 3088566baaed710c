#pragma once

#include <string_view>

#include "scenarios/model/names.hpp"
#include "scenarios/vocabulary/diagnostic.hpp"

/// The texts that name things. Errors hold a column within the text.
namespace shakedown::reading {

/// A name of a service, load, fault ...: letters, digits, '-', '_', '.', ':' and anything beyond
/// ASCII, at most 200 bytes.
Result<std::string> parseName(std::string_view text);
/// "shop/buy" or "shop".
Result<model::EndpointName> parseEndpointName(std::string_view text);
/// "a -> b", "a -> b/endpoint"; "*" for any service.
Result<model::CallName> parseCallName(std::string_view text);

} // namespace shakedown::reading
