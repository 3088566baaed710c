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

/// Reads the fields of a JSON object as they are described. The first mistake is kept; a field that
/// nothing describes is one.
class FieldReader {
public:
    /// `where` names the object in errors ("request."), "" for the whole document. The value must
    /// outlive this.
    FieldReader(nlohmann::json const& value, std::string where);

    void text(Field field, std::string& into, TextRule rule);
    void texts(Field field, std::vector<std::string>& into, TextRule rule);
    void flag(Field field, bool& into);
    void share(Field field, double& into); // above 0, at most 1
    void share(Field field, std::optional<double>& into);
    void fraction(Field field, double& into); // from 0 to 1
    void bytes(Field field, Bytes& into, WholeRange range = {1, bytesAtMost});
    void bytes(Field field, std::optional<Bytes>& into, WholeRange range = {1, bytesAtMost});
    void duration(Field field, Duration& into, DurationRange range);
    void duration(Field field, std::optional<Duration>& into, DurationRange range);

    template <class Number>
    void whole(Field field, Number& into, WholeRange range) {
        if (auto const value = readWhole(field, range))
            into = static_cast<Number>(*value);
    }
    template <class Number>
    void whole(Field field, std::optional<Number>& into, WholeRange range) {
        if (auto const value = readWhole(field, range))
            into = static_cast<Number>(*value);
    }
    /// The values from 0 to `last`, by their names.
    template <class E>
    void choice(Field field, E& into, E last) {
        std::vector<std::string> names;
        for (int i = 0; i <= static_cast<int>(last); ++i)
            names.emplace_back(nameOf(static_cast<E>(i)));
        if (auto const index = readName(field, names))
            into = static_cast<E>(*index);
    }
    template <class T>
    void message(Field field, T& into) {
        if (auto const* value = find(field))
            readNested(*value, where_ + field.name + ".", into);
    }
    template <class T>
    void messages(Field field, std::vector<T>& into) {
        auto const* array = findArray(field);
        for (std::size_t i = 0; array != nullptr && i < array->size(); ++i)
            readNested((*array)[i], where_ + field.name + "[" + std::to_string(i) + "].",
                       into.emplace_back());
    }
    template <class... Kinds, class F>
    void kind(Field field, std::variant<Kinds...>& into, F&& inner) {
        std::vector<std::string> const names{nameOf(std::variant<Kinds...>(Kinds{}))...};
        auto const index = readName(field, names);
        if (!index)
            return;
        std::size_t at = 0;
        ((at++ == *index ? void(into = Kinds{}) : void()), ...);
        kind_ = names[*index];
        std::visit(std::forward<F>(inner), into);
    }

    /// A mistake that is no single field's.
    void complain(std::string const& why);
    /// What is wrong, "" if all is well. Fields that were not described are looked for here.
    std::string finish();

private:
    nlohmann::json const* find(Field field);
    nlohmann::json const* findArray(Field field);
    std::optional<double> readShare(Field field);
    std::optional<std::int64_t> readWhole(Field field, WholeRange range);
    std::optional<std::size_t> readName(Field field, std::vector<std::string> const& names);
    std::optional<Duration> readDuration(Field field, DurationRange range);
    bool isText(nlohmann::json const& value, TextRule rule) const;
    void complainOf(Field field, std::string const& wanted);

    template <class T>
    void readNested(nlohmann::json const& value, std::string where, T& into) {
        FieldReader nested(value, std::move(where));
        describe(nested, into);
        if (auto const error = nested.finish(); !error.empty())
            complain(error);
    }

    nlohmann::json const& value_;
    std::string where_;
    std::string kind_; // of the fault, once known
    std::vector<std::string> known_;
    std::string error_;
};

} // namespace shakedown::protocol
