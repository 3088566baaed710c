#include "chaos-agent/protocol/field_reader.hpp"

#include <algorithm>

#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::protocol {

namespace {

constexpr std::size_t quoteAtMost = 64;

// A peer's word in a message: bounded, and without control characters.
std::string quoted(std::string const& word) {
    std::string text = word.substr(0, quoteAtMost);
    std::replace_if(
        text.begin(), text.end(), [](char c) { return (c >= 0 && c < ' ') || c == 0x7f; }, '?');
    return "'" + text + (word.size() > quoteAtMost ? "...'" : "'");
}

std::string meant(std::string const& word, std::vector<std::string> const& known) {
    auto const nearest = nearestWord(word.substr(0, quoteAtMost), known);
    return nearest ? "; did you mean '" + *nearest + "'?" : "";
}

std::string listed(std::vector<std::string> const& names) {
    std::string text;
    for (std::string const& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

} // namespace

FieldReader::FieldReader(nlohmann::json const& value, std::string where)
    : value_(value), where_(std::move(where)) {
    if (!value_.is_object())
        complain(where_.empty()
                     ? "the document must be an object"
                     : "'" + where_.substr(0, where_.size() - 1) + "' must be an object");
}

void FieldReader::complain(std::string const& why) {
    if (error_.empty())
        error_ = why;
}

void FieldReader::complainOf(Field field, std::string const& wanted) {
    complain("'" + where_ + field.name + "' must be " + wanted);
}

nlohmann::json const* FieldReader::find(Field field) {
    known_.emplace_back(field.name);
    if (!value_.is_object())
        return nullptr;
    auto const found = value_.find(field.name);
    if (found != value_.end())
        return &*found;
    if (field.need == Need::Must)
        complain("'" + where_ + field.name + "' is missing");
    return nullptr;
}

nlohmann::json const* FieldReader::findArray(Field field) {
    auto const* value = find(field);
    if (value == nullptr || (value->is_array() && value->size() <= listAtMost))
        return value;
    complainOf(field, "a list of at most " + std::to_string(listAtMost));
    return nullptr;
}

bool FieldReader::isText(nlohmann::json const& value, TextRule rule) const {
    if (!value.is_string())
        return false;
    auto const& text = value.get_ref<std::string const&>();
    return text.size() >= rule.least && text.size() <= rule.most
           && (rule.controls == Controls::Allowed
               || std::none_of(text.begin(), text.end(),
                               [](char c) { return (c >= 0 && c < ' ') || c == 0x7f; }));
}

void FieldReader::text(Field field, std::string& into, TextRule rule) {
    auto const* value = find(field);
    if (value == nullptr)
        return;
    if (isText(*value, rule))
        into = value->get<std::string>();
    else
        complainOf(field, "a string of " + std::to_string(rule.least) + " to "
                              + std::to_string(rule.most) + " bytes without control characters");
}

void FieldReader::texts(Field field, std::vector<std::string>& into, TextRule rule) {
    auto const* array = findArray(field);
    if (array == nullptr)
        return;
    for (auto const& value : *array) {
        if (!isText(value, rule)) {
            complainOf(field, "a list of strings of " + std::to_string(rule.least) + " to "
                                  + std::to_string(rule.most)
                                  + " bytes without control characters");
            return;
        }
        into.push_back(value.get<std::string>());
    }
}

void FieldReader::flag(Field field, bool& into) {
    auto const* value = find(field);
    if (value == nullptr)
        return;
    if (value->is_boolean())
        into = value->get<bool>();
    else
        complainOf(field, "true or false");
}

void FieldReader::share(Field field, double& into) {
    into = readShare(field).value_or(into);
}

void FieldReader::share(Field field, std::optional<double>& into) {
    if (auto const value = readShare(field))
        into = value;
}

std::optional<double> FieldReader::readShare(Field field) {
    auto const* value = find(field);
    if (value == nullptr)
        return {};
    double const number = value->is_number() ? value->get<double>() : 0;
    if (number > 0 && number <= 1)
        return number;
    complainOf(field, "a number above 0 and at most 1");
    return {};
}

void FieldReader::fraction(Field field, double& into) {
    auto const* value = find(field);
    if (value == nullptr)
        return;
    double const number = value->is_number() ? value->get<double>() : -1;
    if (number >= 0 && number <= 1)
        into = number;
    else
        complainOf(field, "a number from 0 to 1");
}

void FieldReader::bytes(Field field, Bytes& into, WholeRange range) {
    if (auto const value = readWhole(field, range))
        into = Bytes::of(*value);
}

void FieldReader::bytes(Field field, std::optional<Bytes>& into, WholeRange range) {
    if (auto const value = readWhole(field, range))
        into = Bytes::of(*value);
}

void FieldReader::duration(Field field, Duration& into, DurationRange range) {
    if (auto const value = readDuration(field, range))
        into = *value;
}

void FieldReader::duration(Field field, std::optional<Duration>& into, DurationRange range) {
    if (auto const value = readDuration(field, range))
        into = *value;
}

std::optional<Duration> FieldReader::readDuration(Field field, DurationRange range) {
    auto const value = readWhole(field, {range.least.count() / 1000, range.most.count() / 1000});
    return value ? std::optional(Duration::microseconds(*value)) : std::nullopt;
}

std::optional<std::int64_t> FieldReader::readWhole(Field field, WholeRange range) {
    auto const* value = find(field);
    if (value == nullptr)
        return {};
    bool const isHuge = value->is_number_unsigned()
                        && value->get<std::uint64_t>() > static_cast<std::uint64_t>(range.most);
    if (value->is_number_integer() && !isHuge) {
        auto const number = value->get<std::int64_t>();
        if (number >= range.least && number <= range.most)
            return number;
    }
    complainOf(field, "a whole number from " + std::to_string(range.least) + " to "
                          + std::to_string(range.most));
    return {};
}

std::optional<std::size_t> FieldReader::readName(Field field,
                                                 std::vector<std::string> const& names) {
    auto const* value = find(field);
    if (value == nullptr)
        return {};
    std::string const word = value->is_string() ? value->get<std::string>() : "";
    auto const found = std::find(names.begin(), names.end(), word);
    if (found != names.end())
        return static_cast<std::size_t>(found - names.begin());
    if (value->is_string())
        complain("'" + where_ + field.name + "' does not know " + quoted(word)
                 + (meant(word, names).empty() ? "; it is one of " + listed(names)
                                               : meant(word, names)));
    else
        complainOf(field, "one of " + listed(names));
    return {};
}

std::string FieldReader::finish() {
    if (!error_.empty() || !value_.is_object())
        return error_;
    for (auto const& [name, value] : value_.items())
        if (std::find(known_.begin(), known_.end(), name) == known_.end())
            complain("there is no field " + quoted(where_ + name)
                     + (kind_.empty() ? "" : " of " + kind_) + meant(name, known_));
    return error_;
}

} // namespace shakedown::protocol
