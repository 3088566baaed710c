#include "chaos-agent/control/json_fields.hpp"

#include <algorithm>
#include <string_view>

namespace shakedown::control {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool sameButForCase(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

} // namespace

JsonFields::JsonFields(nlohmann::json const& value, std::string where)
    : value_(value), where_(std::move(where)) {
    if (!value_.is_object())
        error_ = (where_.empty() ? "the body" : where_) + " must be an object";
}

nlohmann::json const* JsonFields::find(char const* name) const {
    if (!value_.is_object())
        return nullptr;
    auto found = value_.find(name);
    for (auto field = value_.begin(); found == value_.end() && field != value_.end(); ++field)
        if (sameButForCase(field.key(), name))
            found = field;
    return found == value_.end() || found->is_null() ? nullptr : &*found;
}

void JsonFields::complain(char const* name, std::string const& wanted) {
    if (error_.empty())
        error_ = "'" + (where_.empty() ? "" : where_ + ".") + name + "' must be " + wanted;
}

std::optional<std::string> JsonFields::text(char const* name) {
    auto const* field = find(name);
    if (field == nullptr)
        return {};
    if (field->is_string())
        return field->get<std::string>();
    complain(name, "a string");
    return {};
}

std::optional<bool> JsonFields::flag(char const* name) {
    auto const* field = find(name);
    if (field == nullptr)
        return {};
    if (field->is_boolean())
        return field->get<bool>();
    complain(name, "true or false");
    return {};
}

std::optional<double> JsonFields::share(char const* name) {
    auto const* field = find(name);
    if (field == nullptr)
        return {};
    double const value = field->is_number() ? field->get<double>() : -1;
    if (value >= 0 && value <= 1)
        return value;
    complain(name, "a number from 0 to 1");
    return {};
}

std::optional<std::int64_t> JsonFields::count(char const* name, std::int64_t most) {
    auto const* field = find(name);
    if (field == nullptr)
        return {};
    bool const fits = field->is_number_unsigned()
                      && field->get<std::uint64_t>() <= static_cast<std::uint64_t>(most);
    if (fits)
        return field->get<std::int64_t>();
    complain(name, "a whole number from 0 to " + std::to_string(most));
    return {};
}

nlohmann::json const* JsonFields::object(char const* name) {
    auto const* field = find(name);
    if (field == nullptr || field->is_object())
        return field;
    complain(name, "an object");
    return nullptr;
}

nlohmann::json const* JsonFields::array(char const* name) {
    auto const* field = find(name);
    if (field == nullptr || field->is_array())
        return field;
    complain(name, "an array");
    return nullptr;
}

} // namespace shakedown::control
