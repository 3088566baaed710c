#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "chaos-agent/control/event_hub.hpp"
#include "chaos-agent/control/http_message.hpp"
#include "chaos-agent/safety/keeper.hpp"

/// The table of the native API: what is served, who may ask, and what it means. The OpenAPI
/// document and the tests of roles are made from it.
namespace shakedown::control {

/// What the routes work on.
struct NativeDesk {
    safety::Keeper& keeper;
    std::shared_ptr<EventHub> events;
    std::uint64_t failedHandshakes = 0;
};

/// A request that may be served.
struct NativeCall {
    Request const& request;
    safety::Caller caller;
    std::string id;      // where the path has one
    nlohmann::json body; // where the route takes one
    std::string count;   // of the query, where the route takes it; may be empty
};

struct NativeRoute {
    char const* method;
    char const* path; // "/v1/faults/{id}"; nothing but "{id}" is variable
    /// Who asks needs this role; everybody may where there is none.
    std::optional<safety::Role> needs;
    char const* name;   // of the operation
    char const* about;  // a sentence
    char const* body;   // the schema of the body; null: there must be none
    unsigned status;    // of success
    char const* answer; // its schema; null: it is not JSON
    char const* contentType;
    std::vector<unsigned> refusals; // of the keeper, beside 400, 401 and 403
    /// Fields of the head, and of the query, that the route looks at.
    std::vector<char const*> headers;
    std::vector<char const*> query;
    Response (*serve)(NativeDesk& desk, NativeCall const& call);
};

std::vector<NativeRoute> const& nativeRoutes();

} // namespace shakedown::control
