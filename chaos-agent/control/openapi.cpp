#include "chaos-agent/control/openapi.hpp"

#include <algorithm>
#include <cctype>

#include "chaos-agent/control/native_handlers.hpp"
#include "chaos-agent/control/native_routes.hpp"
#include "chaos-agent/protocol/schemas.hpp"

namespace shakedown::control {

using nlohmann::ordered_json;

namespace {

ordered_json reference(std::string const& schema) {
    return {{"$ref", "#/components/schemas/" + schema}};
}

ordered_json content(std::string const& type, ordered_json schema) {
    return {{type, {{"schema", std::move(schema)}}}};
}

char const* meaningOf(unsigned status) {
    switch (status) {
    case 400:
        return "The request cannot be read; the message names the field.";
    case 401:
        return "Who asks is not known.";
    case 403:
        return "Who asks has too small a role, or the target, the kind or a cap forbids it, or the"
               " fault is another owner's.";
    case 404:
        return "There is no such fault.";
    case 409:
        return "Another fault holds the target, or the Idempotency-Key is of another request.";
    case 415:
        return "The body is not declared as application/json.";
    case 422:
        return "This host, or the target as it is now, cannot.";
    case 423:
        return "The lever is pulled.";
    case 503:
        return "No fault would start, and why.";
    case 507:
        return "It cannot be recorded, and so was not done.";
    default:
        return "";
    }
}

ordered_json parametersOf(NativeRoute const& route) {
    auto list = ordered_json::array();
    if (std::string(route.path).find("{id}") != std::string::npos)
        list.push_back(
            {{"name", "id"}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
    for (char const* name : route.headers)
        list.push_back({{"name", name}, {"in", "header"}, {"schema", {{"type", "string"}}}});
    for (char const* name : route.query)
        list.push_back({{"name", name},
                        {"in", "query"},
                        {"schema",
                         {{"type", "integer"},
                          {"minimum", 1},
                          {"maximum", auditAtMost},
                          {"default", auditUnlessTold}}}});
    return list;
}

ordered_json responsesOf(NativeRoute const& route) {
    ordered_json responses;
    ordered_json plain = {
        {"type", std::string(route.contentType) == "application/json" ? "object" : "string"}};
    responses[std::to_string(route.status)] = {
        {"description", "Done."},
        {"content", content(route.contentType,
                            route.answer == nullptr ? std::move(plain) : reference(route.answer))}};
    auto statuses = route.refusals;
    statuses.push_back(400);
    if (route.body != nullptr)
        statuses.push_back(415);
    if (route.needs) {
        statuses.push_back(401);
        statuses.push_back(403);
    }
    std::sort(statuses.begin(), statuses.end());
    for (unsigned const status : statuses)
        responses[std::to_string(status)] = {
            {"description", meaningOf(status)},
            {"content", content("application/json", reference("Error"))}};
    return responses;
}

ordered_json operationOf(NativeRoute const& route) {
    ordered_json operation{{"operationId", route.name}, {"description", route.about}};
    operation["x-role"] = route.needs ? nameOf(*route.needs) : "none";
    operation["security"] = ordered_json::array();
    if (route.needs) // a token, or what the transport knows: a user of the host, a certificate
        operation["security"] = {{{"token", ordered_json::array()}}, ordered_json::object()};
    if (auto parameters = parametersOf(route); !parameters.empty())
        operation["parameters"] = std::move(parameters);
    if (route.body != nullptr)
        operation["requestBody"] = {
            {"required", true}, {"content", content("application/json", reference(route.body))}};
    operation["responses"] = responsesOf(route);
    return operation;
}

ordered_json listOf(char const* name, ordered_json items) {
    return {{"type", "object"},
            {"required", {name}},
            {"properties", {{name, {{"type", "array"}, {"items", std::move(items)}}}}}};
}

ordered_json schemas() {
    ordered_json all = protocol::messageSchemas();
    all["FaultList"] = listOf("faults", reference("FaultReport"));
    all["CapabilityList"] = listOf("capabilities", reference("Capability"));
    all["TargetList"] = listOf("targets", {{"type", "string"}});
    all["AuditLines"] = listOf("lines", {{"type", "string"}});
    ordered_json const word{{"type", "string"}};
    all["Error"] = {{"type", "object"},
                    {"required", {"error"}},
                    {"properties",
                     {{"error",
                       {{"type", "object"},
                        {"required", {"code", "message"}},
                        {"properties", {{"code", word}, {"message", word}}}}}}}};
    return all;
}

} // namespace

ordered_json openApi() {
    ordered_json paths = ordered_json::object();
    for (NativeRoute const& route : nativeRoutes()) {
        std::string method = route.method;
        std::transform(method.begin(), method.end(), method.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        paths[route.path][method] = operationOf(route);
    }
    return {{"openapi", "3.0.3"},
            {"info", {{"title", "shakedown-agent"}, {"version", "1"}}},
            {"paths", std::move(paths)},
            {"components",
             {{"securitySchemes", {{"token", {{"type", "http"}, {"scheme", "bearer"}}}}},
              {"schemas", schemas()}}}};
}

std::string openApiText() {
    return openApi().dump(2) + "\n";
}

} // namespace shakedown::control
