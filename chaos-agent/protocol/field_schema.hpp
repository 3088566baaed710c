#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include "chaos-agent/protocol/field.hpp"
#include "scenarios/vocabulary/quantities.hpp"

namespace shakedown::protocol {

/// Writes the schema of a message as its fields are described.
class FieldSchema {
public:
    void text(Field field, std::string const&, TextRule rule) {
        nlohmann::ordered_json schema{{"type", "string"}};
        if (rule.least > 0)
            schema["minLength"] = rule.least;
        put(field, std::move(schema));
    }
    void texts(Field field, std::vector<std::string> const&, TextRule) {
        put(field, {{"type", "array"}, {"maxItems", listAtMost}, {"items", {{"type", "string"}}}});
    }
    void flag(Field field, bool) { put(field, {{"type", "boolean"}}); }
    template <class Share>
    void share(Field field, Share const&) {
        put(field,
            {{"type", "number"}, {"minimum", 0}, {"exclusiveMinimum", true}, {"maximum", 1}});
    }
    void fraction(Field field, double) {
        put(field, {{"type", "number"}, {"minimum", 0}, {"maximum", 1}});
    }
    template <class Size>
    void bytes(Field field, Size const&, WholeRange range = {1, bytesAtMost}) {
        putWhole(field, range);
    }
    template <class D>
    void duration(Field field, D const&, DurationRange range) {
        putWhole(field, {range.least.count() / 1000, range.most.count() / 1000});
    }
    template <class Number>
    void whole(Field field, Number const&, WholeRange range) {
        putWhole(field, range);
    }
    template <class E>
    void choice(Field field, E, E last) {
        auto names = nlohmann::ordered_json::array();
        for (int i = 0; i <= static_cast<int>(last); ++i)
            names.push_back(nameOf(static_cast<E>(i)));
        put(field, {{"type", "string"}, {"enum", std::move(names)}});
    }
    template <class T>
    void message(Field field, T const& value) {
        put(field, {{"$ref", std::string("#/components/schemas/") + schemaNameOf(value)}});
    }
    template <class T>
    void messages(Field field, std::vector<T> const&) {
        T fresh;
        FieldSchema nested;
        describe(nested, fresh);
        put(field, {{"type", "array"}, {"items", nested.result()}});
    }
    template <class Variant, class F>
    void kind(Field field, Variant& value, F&& inner) {
        auto names = nlohmann::ordered_json::array();
        names.push_back(nameOf(value));
        put(field, {{"type", "string"}, {"enum", std::move(names)}});
        std::visit(std::forward<F>(inner), value);
    }

    nlohmann::ordered_json result() const {
        nlohmann::ordered_json schema{{"type", "object"}, {"additionalProperties", false}};
        if (!required_.empty())
            schema["required"] = required_;
        schema["properties"] = properties_;
        return schema;
    }

private:
    void putWhole(Field field, WholeRange range) {
        nlohmann::ordered_json schema{
            {"type", "integer"}, {"format", "int64"}, {"minimum", range.least}};
        if (range.most != WholeRange().most)
            schema["maximum"] = range.most;
        put(field, std::move(schema));
    }
    void put(Field field, nlohmann::ordered_json schema) {
        // Beside a $ref nothing else is looked at in OpenAPI 3.0.
        if (!schema.contains("$ref"))
            schema["description"] = field.about;
        properties_[field.name] = std::move(schema);
        if (field.need == Need::Must)
            required_.emplace_back(field.name);
    }

    nlohmann::ordered_json properties_ = nlohmann::ordered_json::object();
    std::vector<std::string> required_;
};

} // namespace shakedown::protocol
