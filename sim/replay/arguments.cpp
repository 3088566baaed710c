#include "sim/replay/arguments.hpp"

#include <cmath>
#include <limits>

namespace shakedown::replay {

using vectors::Value;

namespace {

[[noreturn]] void refuse(std::string const& where, std::string_view key, std::string const& what) {
    throw Unplayable(where + ": '" + std::string(key) + "' " + what);
}

double numberOf(Value const& value, std::string const& where, std::string_view key) {
    if (!value.is_number())
        refuse(where, key, "is " + value.dump() + ", and a number is expected");
    return value.get<double>();
}

std::string textOf(Value const& value, std::string const& where, std::string_view key) {
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_number() || value.is_boolean())
        return value.dump();
    refuse(where, key, "is " + value.dump() + ", and a name is expected");
}

Value const& listOf(Value const& value, std::string const& where, std::string_view key) {
    if (!value.is_array())
        refuse(where, key, "is " + value.dump() + ", and a list is expected");
    return value;
}

} // namespace

Arguments::Arguments(Value const& map, std::string where) : map_(map), where_(std::move(where)) {
    if (!map_.is_object())
        throw Unplayable(where_ + " is not a map");
}

bool Arguments::says(std::string_view key) const {
    known_.emplace(key);
    return map_.contains(key);
}

bool Arguments::has(std::string_view key) const {
    return says(key) && !map_[std::string(key)].is_null();
}

Value const& Arguments::at(std::string_view key) const {
    if (!has(key))
        throw Unplayable(where_ + ": '" + std::string(key) + "' is missing");
    return map_.at(std::string(key));
}

double Arguments::number(std::string_view key) const {
    return numberOf(at(key), where_, key);
}

double Arguments::number(std::string_view key, double otherwise) const {
    return has(key) ? number(key) : otherwise;
}

int Arguments::integer(std::string_view key) const {
    double const value = number(key);
    bool const fits = value == std::floor(value) && std::abs(value) <= 2147483647.0;
    if (!fits)
        refuse(where_, key, "is " + at(key).dump() + ", and a whole number is expected");
    return static_cast<int>(value);
}

int Arguments::integer(std::string_view key, int otherwise) const {
    return has(key) ? integer(key) : otherwise;
}

bool Arguments::flag(std::string_view key, bool otherwise) const {
    if (!has(key))
        return otherwise;
    if (!at(key).is_boolean())
        refuse(where_, key, "is " + at(key).dump() + ", and true or false is expected");
    return at(key).get<bool>();
}

std::string Arguments::text(std::string_view key) const {
    return textOf(at(key), where_, key);
}

std::string Arguments::text(std::string_view key, std::string const& otherwise) const {
    return has(key) ? text(key) : otherwise;
}

std::vector<std::string> Arguments::texts(std::string_view key) const {
    std::vector<std::string> list;
    for (auto const& item : listOf(at(key), where_, key))
        list.push_back(textOf(item, where_, key));
    return list;
}

std::vector<double> Arguments::numbers(std::string_view key) const {
    std::vector<double> list;
    for (auto const& item : listOf(at(key), where_, key))
        list.push_back(numberOf(item, where_, key));
    return list;
}

std::optional<Duration> Arguments::duration(std::string_view name) const {
    std::optional<Duration> found;
    for (auto const& [suffix, unit] : {std::pair{"_ns", 1e-9}, {"_ms", 1e-3}, {"_s", 1.0}}) {
        std::string const key = std::string(name) + suffix;
        if (!has(key))
            continue;
        if (found)
            refuse(where_, key, "says the same as another unit of it");
        found = Duration::fromSeconds(number(key) * unit);
    }
    return found;
}

Duration Arguments::duration(std::string_view name, Duration otherwise) const {
    return duration(name).value_or(otherwise);
}

SimTime Arguments::instant(SimTime otherwise) const {
    auto const at = duration("at");
    return at ? SimTime::at(*at) : otherwise;
}

void Arguments::refuseOthers() const {
    for (auto const& [key, value] : map_.items())
        if (!known_.contains(key))
            throw Unplayable(where_ + ": '" + key + "' is not known here");
}

} // namespace shakedown::replay
