#include "scenarios/reading/schema.hpp"

#include "scenarios/reading/fields.hpp"

namespace shakedown::reading {

nlohmann::ordered_json jsonSchema() {
    Definitions definitions;
    Json const document = documentKind().kind->schema(definitions);
    return {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
            {"title", "Shakedown scenario, format 1"},
            {"$ref", document["$ref"]},
            {"$defs", definitions.take()}};
}

} // namespace shakedown::reading
