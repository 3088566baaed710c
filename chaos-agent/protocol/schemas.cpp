#include "chaos-agent/protocol/schemas.hpp"

#include "chaos-agent/protocol/field_schema.hpp"
#include "chaos-agent/protocol/report_fields.hpp"

namespace shakedown::protocol {

using nlohmann::ordered_json;

namespace {

template <class T>
ordered_json schemaOf(T message = {}) {
    FieldSchema schema;
    describe(schema, message);
    return schema.result();
}

template <std::size_t... I>
void addFaults(ordered_json& all, std::index_sequence<I...> /*kinds*/) {
    auto kinds = ordered_json::array();
    auto mapping = ordered_json::object();
    auto const add = [&](FaultKind kind) {
        std::string const word = nameOf(kind);
        std::string const name = "Fault_" + word;
        std::string const reference = "#/components/schemas/" + name;
        FaultRequest request;
        request.what = std::move(kind);
        all[name] = schemaOf(std::move(request));
        kinds.push_back({{"$ref", reference}});
        mapping[word] = reference;
    };
    (add(FaultKind(std::in_place_index<I>)), ...);
    all["FaultRequest"] = {{"oneOf", std::move(kinds)},
                           {"discriminator", {{"propertyName", "kind"}, {"mapping", mapping}}}};
}

} // namespace

ordered_json messageSchemas() {
    ordered_json all = ordered_json::object();
    addFaults(all, std::make_index_sequence<std::variant_size_v<FaultKind>>());
    all["FaultReport"] = schemaOf<FaultReport>();
    all["PlanReport"] = schemaOf<PlanReport>();
    all["Capability"] = schemaOf<Capability>();
    all["Halt"] = schemaOf<Halt>();
    all["HaltOrder"] = schemaOf<HaltOrder>();
    all["AgentEvent"] = schemaOf<AgentEvent>();
    return all;
}

} // namespace shakedown::protocol
