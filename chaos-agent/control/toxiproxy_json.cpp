#include "chaos-agent/control/toxiproxy_json.hpp"

#include <algorithm>

#include "chaos-agent/control/json_fields.hpp"
#include "chaos-agent/control/toxic_kinds.hpp"

namespace shakedown::control {

using nlohmann::json;
using namespace proxy;

namespace {

constexpr std::size_t nameAtMost = 256;

Response badBody(std::string const& why) {
    return errorAnswer(400, "bad request body: " + why);
}

std::string_view textOf(Direction direction) {
    return direction == Direction::Upstream ? "upstream" : "downstream";
}

std::optional<Direction> directionOf(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    for (Direction const direction : bothDirections)
        if (text == textOf(direction))
            return direction;
    return {};
}

bool isName(std::string const& name) {
    return name.size() <= nameAtMost
           && std::none_of(name.begin(), name.end(), [](char c) { return c >= 0 && c < ' '; });
}

constexpr char const* badName = "a name has at most 256 bytes and no control characters";

// Attributes that are absent stay as they are in `values`.
std::string readAttributes(JsonFields& toxic, ToxicKind const& kind, Attributes& values) {
    auto const* object = toxic.object("attributes");
    if (object == nullptr)
        return toxic.error();
    JsonFields fields(*object, "attributes");
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = fields.count(kind.attributes[i], attributeAtMost).value_or(values[i]);
    return fields.error();
}

Read<Toxics> readToxics(JsonFields& fields) {
    Toxics toxics;
    auto const* array = fields.array("toxics");
    if (array == nullptr)
        return toxics;
    if (array->size() > toxicsAtMost)
        return badBody("too many toxics");
    for (json const& value : *array) {
        auto read = readToxic(value);
        if (auto* refusal = std::get_if<Response>(&read))
            return std::move(*refusal);
        auto& toxic = std::get<Toxic>(read);
        if (std::any_of(toxics.begin(), toxics.end(),
                        [&](Toxic const& other) { return other.name == toxic.name; }))
            return errorAnswer(409, "toxic already exists");
        toxics.push_back(std::move(toxic));
    }
    return toxics;
}

} // namespace

Response jsonAnswer(unsigned status, json const& body) {
    // A message may quote a body that is not UTF-8.
    return {
        status, "application/json", body.dump(-1, ' ', false, json::error_handler_t::replace), {}};
}

Response errorAnswer(unsigned status, std::string const& message) {
    return jsonAnswer(status, {{"error", message}, {"status", status}});
}

Read<ProxySpec> readProxy(json const& value, std::string const& counted) {
    JsonFields fields(value, "");
    ProxySpec spec;
    spec.name = fields.text("name").value_or("");
    spec.listen = fields.text("listen").value_or("");
    spec.upstream = fields.text("upstream").value_or("");
    spec.enabled = fields.flag("enabled").value_or(true);
    auto toxics = readToxics(fields);
    if (!fields.error().empty())
        return badBody(fields.error() + counted);
    if (spec.name.empty())
        return errorAnswer(400, "missing required field: name" + counted);
    if (spec.upstream.empty())
        return errorAnswer(400, "missing required field: upstream" + counted);
    if (!isName(spec.name))
        return badBody(badName + counted);
    if (auto const refused = checkAddresses(spec.listen, spec.upstream))
        return badBody(refused->message + counted);
    if (auto* refusal = std::get_if<Response>(&toxics))
        return std::move(*refusal);
    spec.toxics = std::get<Toxics>(std::move(toxics));
    return spec;
}

Read<std::vector<ProxySpec>> readProxies(json const& value) {
    if (!value.is_array())
        return badBody("the body must be an array");
    std::vector<ProxySpec> specs;
    for (json const& entry : value) {
        auto spec = readProxy(entry, " at proxy " + std::to_string(specs.size() + 1));
        if (auto* refusal = std::get_if<Response>(&spec))
            return std::move(*refusal);
        specs.push_back(std::get<ProxySpec>(std::move(spec)));
    }
    return specs;
}

Read<ProxyChange> readProxyChange(json const& value) {
    JsonFields fields(value, "");
    ProxyChange change{fields.text("listen"), fields.text("upstream"), fields.flag("enabled")};
    if (!fields.error().empty())
        return badBody(fields.error());
    return change;
}

Read<Toxic> readToxic(json const& value) {
    JsonFields fields(value, "");
    auto const name = fields.text("name");
    auto const type = fields.text("type").value_or("");
    auto const stream = fields.text("stream").value_or("downstream");
    double const toxicity = fields.share("toxicity").value_or(1);
    if (!fields.error().empty())
        return badBody(fields.error());
    auto const direction = directionOf(stream);
    if (!direction)
        return errorAnswer(400, "stream was invalid, can be either upstream or downstream");
    auto const* kind = findToxicKind(type);
    if (kind == nullptr)
        return errorAnswer(400, "invalid toxic type");
    Attributes values(kind->attributes.size(), 0);
    if (auto const error = readAttributes(fields, *kind, values); !error.empty())
        return badBody(error);
    Toxic toxic{name.value_or(""), *direction, toxicity, kind->disturbance(values)};
    if (toxic.name.empty())
        toxic.name = type + "_" + std::string(textOf(*direction));
    if (!isName(toxic.name))
        return badBody(badName);
    return toxic;
}

Read<Toxic> readToxicChange(json const& value, Toxic toxic) {
    JsonFields fields(value, "");
    toxic.toxicity = fields.share("toxicity").value_or(toxic.toxicity);
    if (!fields.error().empty())
        return badBody(fields.error());
    ToxicKind const& kind = kindOf(toxic.what);
    Attributes values = kind.values(toxic.what);
    if (auto const error = readAttributes(fields, kind, values); !error.empty())
        return badBody(error);
    toxic.what = kind.disturbance(values);
    return toxic;
}

json toJson(Toxic const& toxic) {
    ToxicKind const& kind = kindOf(toxic.what);
    Attributes const values = kind.values(toxic.what);
    json attributes = json::object();
    for (std::size_t i = 0; i < values.size(); ++i)
        attributes[kind.attributes[i]] = values[i];
    return {{"name", toxic.name},
            {"type", kind.type},
            {"stream", textOf(toxic.direction)},
            {"toxicity", toxic.toxicity},
            {"attributes", attributes}};
}

json toJson(Toxics const& toxics) {
    json array = json::array();
    for (Direction const direction : bothDirections)
        for (Toxic const& toxic : toxics)
            if (toxic.direction == direction)
                array.push_back(toJson(toxic));
    return array;
}

json toJson(Proxy const& proxy) {
    return {{"name", proxy.name()},
            {"listen", proxy.listen()},
            {"upstream", proxy.upstream()},
            {"enabled", proxy.isEnabled()},
            {"toxics", toJson(proxy.toxics())}};
}

} // namespace shakedown::control
