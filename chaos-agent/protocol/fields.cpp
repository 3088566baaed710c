#include "chaos-agent/protocol/fields.hpp"

#include <algorithm>

#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::protocol {

namespace {

std::string microseconds(Duration span) {
    return std::to_string(inMicroseconds(span));
}

} // namespace

Fields::Fields(nlohmann::json const& value) : value_(value) {
    if (!value.is_object())
        error_ = "the message must be an object";
}

nlohmann::json const* Fields::find(char const* field) {
    known_.emplace_back(field);
    if (!value_.is_object())
        return nullptr;
    auto const found = value_.find(field);
    return found == value_.end() ? nullptr : &*found;
}

nlohmann::json const* Fields::any(char const* field) {
    auto const* found = find(field);
    if (found == nullptr)
        complain(field, "is missing");
    return found;
}

bool Fields::has(char const* field) const {
    return value_.is_object() && value_.contains(field);
}

void Fields::complain(std::string const& field, std::string const& why) {
    if (error_.empty())
        error_ = "'" + field + "' " + why;
}

std::string Fields::text(char const* field, std::size_t most) {
    auto const* value = any(field);
    if (value == nullptr)
        return "";
    if (!value->is_string())
        complain(field, "must be a text");
    else if (value->get_ref<std::string const&>().size() > most)
        complain(field, "is longer than " + std::to_string(most) + " bytes");
    else
        return value->get<std::string>();
    return "";
}

std::string Fields::textOr(char const* field, std::string unlessSaid, std::size_t most) {
    known_.emplace_back(field);
    return has(field) ? text(field, most) : unlessSaid;
}

bool Fields::flag(char const* field) {
    auto const* value = any(field);
    if (value != nullptr && value->is_boolean())
        return value->get<bool>();
    complain(field, "must be true or false");
    return false;
}

std::int64_t Fields::count(char const* field, std::int64_t least, std::int64_t most) {
    auto const* value = any(field);
    if (value == nullptr)
        return least;
    if (value->is_number_integer() && *value >= least && *value <= most)
        return value->get<std::int64_t>();
    complain(field, "must be a whole number from " + std::to_string(least) + " to "
                        + std::to_string(most));
    return least;
}

double Fields::share(char const* field) {
    auto const* value = any(field);
    if (value != nullptr && value->is_number() && value->get<double>() > 0
        && value->get<double>() <= 1)
        return value->get<double>();
    complain(field, "must be a number above 0, at most 1");
    return 1;
}

double Fields::shareOr(char const* field, double unlessSaid) {
    known_.emplace_back(field);
    return has(field) ? share(field) : unlessSaid;
}

Duration Fields::span(char const* field, Duration least, Duration most) {
    auto const* value = any(field);
    std::int64_t const from = inMicroseconds(least);
    std::int64_t const to = inMicroseconds(most);
    if (value != nullptr && value->is_number_integer() && *value >= from && *value <= to)
        return Duration::microseconds(value->get<std::int64_t>());
    complain(field, "must be whole microseconds from " + microseconds(least) + " to "
                        + microseconds(most));
    return least;
}

Duration Fields::spanOr(char const* field, Duration unlessSaid, Duration least, Duration most) {
    known_.emplace_back(field);
    return has(field) ? span(field, least, most) : unlessSaid;
}

std::vector<std::string> Fields::texts(char const* field) {
    constexpr std::size_t most = 100;
    constexpr std::size_t longest = 256;
    auto const* value = find(field);
    std::vector<std::string> texts;
    if (value == nullptr)
        return texts;
    bool good = value->is_array() && value->size() <= most;
    if (good)
        for (auto const& one : *value) {
            good = good && one.is_string() && one.get_ref<std::string const&>().size() <= longest;
            if (good)
                texts.push_back(one.get<std::string>());
        }
    if (!good)
        complain(field, "must be a list of at most " + std::to_string(most) + " texts");
    return texts;
}

std::string Fields::error() {
    if (!error_.empty() || !value_.is_object())
        return error_;
    for (auto const& one : value_.items()) {
        if (std::find(known_.begin(), known_.end(), one.key()) != known_.end())
            continue;
        auto const near = nearestWord(one.key(), known_);
        return "'" + one.key() + "' is no field of this message"
               + (near ? "; did you mean '" + *near + "'?" : "");
    }
    return "";
}

} // namespace shakedown::protocol
