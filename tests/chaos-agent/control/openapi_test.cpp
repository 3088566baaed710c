// The OpenAPI document: of every route, and the same as in the docs.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <set>
#include <sstream>

#include "chaos-agent/control/openapi.hpp"
#include "chaos-agent/protocol/fault.hpp"
#include "tests/chaos-agent/control/native_stand.hpp"
#include "tests/environment.hpp"

using namespace shakedown;
using namespace shakedown::control;
using namespace shakedown::tests;
using nlohmann::json;

namespace {

// Every "$ref" below a value.
void collectReferences(json const& value, std::set<std::string>& into) {
    if (value.is_object() && value.contains("$ref")) {
        into.insert(value["$ref"].get<std::string>());
    }
    if (value.is_structured()) {
        for (json const& inner : value) {
            collectReferences(inner, into);
        }
    }
}

json document() {
    return json::parse(openApiText());
}

} // namespace

TEST_CASE("the document in the docs is the one that is served", "[control][native][openapi]") {
    std::ifstream in(sourceDir() / "docs" / "reference" / "agent-openapi.json");
    REQUIRE(in);
    std::stringstream text;
    text << in.rdbuf();
    INFO("write it anew: curl --unix-socket PATH http://agent/v1/openapi.json");
    REQUIRE(text.str() == openApiText());
    NativeStand stand;
    REQUIRE(stand.ask("GET", "/v1/openapi.json").body == openApiText());
}

TEST_CASE("every route is described, with its role and its answers", "[control][native][openapi]") {
    json const api = document();
    std::set<std::string> names;
    std::size_t operations = 0;
    for (NativeRoute const& route : nativeRoutes()) {
        INFO(route.method << " " << route.path);
        std::string method = route.method;
        std::transform(method.begin(), method.end(), method.begin(), ::tolower);
        json const operation = api["paths"].at(route.path).at(method);
        REQUIRE(names.insert(route.name).second);
        REQUIRE(operation["description"].get<std::string>().ends_with("."));
        REQUIRE(operation["x-role"] == (route.needs ? nameOf(*route.needs) : "none"));
        REQUIRE(operation["security"].empty() == !route.needs);
        REQUIRE(operation.contains("requestBody") == (route.body != nullptr));
        REQUIRE(operation["responses"].contains(std::to_string(route.status)));
        for (auto const& [status, response] : operation["responses"].items()) {
            INFO(status);
            REQUIRE(!response["description"].get<std::string>().empty());
        }
    }
    for (auto const& path : api["paths"]) {
        operations += path.size();
    }
    REQUIRE(operations == nativeRoutes().size());
}

TEST_CASE("every schema that is referred to is there, one a kind of fault",
          "[control][native][openapi]") {
    json const api = document();
    std::set<std::string> references;
    collectReferences(api, references);
    REQUIRE(references.size() > protocol::faultNames().size());
    for (std::string const& reference : references) {
        INFO(reference);
        REQUIRE(api.contains(json::json_pointer(reference.substr(1))));
    }
    json const& schemas = api["components"]["schemas"];
    for (std::string const& name : protocol::faultNames()) {
        json const& fault = schemas.at("Fault_" + name);
        REQUIRE(fault["properties"]["kind"]["enum"] == json::array({name}));
        REQUIRE(fault["additionalProperties"] == false);
    }
    REQUIRE(schemas["Fault_loss"]["required"] == json({"kind", "share", "target", "duration_us"}));
    REQUIRE(schemas["Fault_hang"]["properties"].contains("peers") == false);
    for (auto const& [name, schema] : schemas.items()) {
        INFO(name);
        REQUIRE((schema.contains("oneOf") || !schema.at("properties").empty()));
    }
}
