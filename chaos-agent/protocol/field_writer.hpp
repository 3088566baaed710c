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

/// Writes the fields of a message as they are described; what is optional and absent is left out.
class FieldWriter {
public:
    void text(Field field, std::string const& value, TextRule) { put(field, value); }
    void texts(Field field, std::vector<std::string> const& values, TextRule) {
        put(field, values);
    }
    void flag(Field field, bool value) { put(field, value); }
    void share(Field field, double value) { put(field, value); }
    void share(Field field, std::optional<double> value) {
        if (value)
            put(field, *value);
    }
    void fraction(Field field, double value) { put(field, value); }
    void bytes(Field field, Bytes value, WholeRange = {}) { put(field, value.count()); }
    void bytes(Field field, std::optional<Bytes> value, WholeRange range = {}) {
        if (value)
            bytes(field, *value, range);
    }
    void duration(Field field, Duration value, DurationRange) { put(field, value.count() / 1000); }
    void duration(Field field, std::optional<Duration> value, DurationRange range) {
        if (value)
            duration(field, *value, range);
    }
    template <class Number>
    void whole(Field field, Number value, WholeRange) {
        put(field, value);
    }
    template <class Number>
    void whole(Field field, std::optional<Number> value, WholeRange) {
        if (value)
            put(field, *value);
    }
    template <class E>
    void choice(Field field, E value, E /*last*/) {
        put(field, nameOf(value));
    }
    template <class T>
    void message(Field field, T& value) {
        put(field, written(value));
    }
    template <class T>
    void messages(Field field, std::vector<T>& values) {
        auto array = nlohmann::json::array();
        for (T& value : values)
            array.push_back(written(value));
        put(field, std::move(array));
    }
    template <class Variant, class F>
    void kind(Field field, Variant& value, F&& inner) {
        put(field, nameOf(value));
        std::visit(std::forward<F>(inner), value);
    }

    nlohmann::json const& result() const { return result_; }

private:
    template <class T>
    static nlohmann::json written(T& value) {
        FieldWriter nested;
        describe(nested, value);
        return nested.result_;
    }
    template <class T>
    void put(Field field, T&& value) {
        result_[field.name] = std::forward<T>(value);
    }

    nlohmann::json result_ = nlohmann::json::object();
};

} // namespace shakedown::protocol
