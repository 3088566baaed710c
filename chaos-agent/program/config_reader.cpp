#include "chaos-agent/program/config_reader.hpp"

#include <algorithm>

#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::agent {

namespace {

nlohmann::json const& nothing() {
    static nlohmann::json const empty = nlohmann::json::object();
    return empty;
}

} // namespace

ConfigReader::ConfigReader(nlohmann::json const& value, std::string where,
                           std::vector<std::string>& errors)
    : value_(value.is_object() ? value : nothing()), where_(std::move(where)), errors_(errors) {
    if (!value.is_object())
        complain("", "must be an object");
}

std::string ConfigReader::placeOf(std::string const& field) const {
    if (field.empty())
        return where_.empty() ? "the file" : where_;
    return where_.empty() ? field : where_ + "." + field;
}

void ConfigReader::complain(std::string const& field, std::string const& why) {
    errors_.push_back(placeOf(field) + ": " + why);
}

nlohmann::json const* ConfigReader::find(std::string const& field) {
    known_.push_back(field);
    auto const found = value_.find(field);
    return found == value_.end() ? nullptr : &*found;
}

std::string ConfigReader::text(std::string const& field, std::string unlessSaid) {
    auto const* value = find(field);
    if (value == nullptr)
        return unlessSaid;
    if (value->is_string() && !value->get_ref<std::string const&>().empty())
        return value->get<std::string>();
    complain(field, "must be a text that is not empty");
    return unlessSaid;
}

std::optional<std::int64_t> ConfigReader::count(std::string const& field, std::int64_t least,
                                                std::int64_t most) {
    auto const* value = find(field);
    if (value == nullptr)
        return {};
    if (value->is_number_integer() && *value >= least && *value <= most)
        return value->get<std::int64_t>();
    complain(field, "must be a whole number from " + std::to_string(least) + " to "
                        + std::to_string(most));
    return {};
}

std::optional<double> ConfigReader::share(std::string const& field) {
    auto const* value = find(field);
    if (value == nullptr)
        return {};
    if (value->is_number() && value->get<double>() > 0 && value->get<double>() <= 1)
        return value->get<double>();
    complain(field, "must be a share above 0, at most 1");
    return {};
}

std::optional<Duration> ConfigReader::seconds(std::string const& field) {
    constexpr double day = 86'400;
    auto const* value = find(field);
    if (value == nullptr)
        return {};
    if (value->is_number() && value->get<double>() > 0 && value->get<double>() <= day)
        return Duration::fromSeconds(value->get<double>());
    complain(field, "must be seconds above 0, at most a day");
    return {};
}

std::vector<std::string> ConfigReader::texts(std::string const& field) {
    auto const* value = find(field);
    std::vector<std::string> texts;
    if (value == nullptr)
        return texts;
    bool good = value->is_array();
    if (good)
        for (auto const& one : *value) {
            good = good && one.is_string();
            if (one.is_string())
                texts.push_back(one.get<std::string>());
        }
    if (!good)
        complain(field, "must be a list of texts");
    return texts;
}

std::vector<std::int64_t> ConfigReader::counts(std::string const& field, std::int64_t least,
                                               std::int64_t most) {
    auto const* value = find(field);
    std::vector<std::int64_t> numbers;
    if (value == nullptr)
        return numbers;
    bool good = value->is_array();
    if (good)
        for (auto const& one : *value) {
            bool const fits = one.is_number_integer() && one >= least && one <= most;
            good = good && fits;
            if (fits)
                numbers.push_back(one.get<std::int64_t>());
        }
    if (!good)
        complain(field, "must be a list of whole numbers from " + std::to_string(least) + " to "
                            + std::to_string(most));
    return numbers;
}

std::map<std::string, ConfigReader> ConfigReader::named(std::string const& field) {
    auto const* value = find(field);
    std::map<std::string, ConfigReader> objects;
    if (value == nullptr)
        return objects;
    if (!value->is_object()) {
        complain(field, "must be an object");
        return objects;
    }
    for (auto const& one : value->items())
        objects.emplace(one.key(),
                        ConfigReader(one.value(), placeOf(field) + "." + one.key(), errors_));
    return objects;
}

std::vector<ConfigReader> ConfigReader::listed(std::string const& field) {
    auto const* value = find(field);
    std::vector<ConfigReader> objects;
    if (value == nullptr)
        return objects;
    if (!value->is_array()) {
        complain(field, "must be a list");
        return objects;
    }
    for (std::size_t i = 0; i < value->size(); ++i)
        objects.emplace_back((*value)[i], placeOf(field) + "[" + std::to_string(i) + "]", errors_);
    return objects;
}

std::optional<ConfigReader> ConfigReader::object(std::string const& field) {
    auto const* value = find(field);
    if (value == nullptr)
        return {};
    return std::optional<ConfigReader>(std::in_place, *value, placeOf(field), errors_);
}

std::vector<std::string> ConfigReader::names() const {
    std::vector<std::string> names;
    for (auto const& one : value_.items())
        names.push_back(one.key());
    return names;
}

void ConfigReader::noMore() {
    for (auto const& one : value_.items()) {
        if (std::find(known_.begin(), known_.end(), one.key()) != known_.end())
            continue;
        auto const near = nearestWord(one.key(), known_);
        complain(one.key(),
                 "is no field here" + (near ? "; did you mean '" + *near + "'?" : std::string()));
    }
}

} // namespace shakedown::agent
