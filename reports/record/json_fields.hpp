#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "reports/record/moment_words.hpp"
#include "scenarios/vocabulary/time.hpp"

/// Strict access to the parts of a line; inside this room only, for line_parsing.cpp.
namespace shakedown::record {

using Json = nlohmann::json;

/// Thrown and caught within the parsing of one line.
struct BadLine {
    std::string why;
};

/// Whether a text that may be JSON nests at most so deep, and has objects of at most so many
/// members: what a parser of it can take.
bool isTame(std::string_view text, int deepest, std::size_t mostMembers);

/// A line as JSON. Nesting is bounded first: nothing in a record is deeper than 4.
Json parseBounded(std::string_view line);

std::uint64_t asUnsigned(Json const& json, std::uint64_t limit, std::string_view what);
std::int64_t asInteger(Json const& json, std::string_view what);
double asNumber(Json const& json, std::string_view what);
/// An instant of a run, in nanoseconds since its start: from 0 to 95 years.
SimTime asInstant(Json const& json, std::string_view what);
/// The instant `origin` plus so many nanoseconds; null is never.
SimTime asTime(Json const& json, SimTime origin, std::string_view what);
/// An index below `count`, or null for `otherwise` if that is given.
std::uint32_t asIndex(Json const& json, std::size_t count, std::string_view what,
                      std::optional<std::uint32_t> otherwise = std::nullopt);
Json const& asList(Json const& json, std::size_t least, std::size_t most, std::string_view what);

template <class T>
T asWord(Json const& json, std::string_view what) {
    auto const* text = json.get_ptr<std::string const*>();
    auto const value = text == nullptr ? std::nullopt : parseWord<T>(*text);
    if (!value) {
        throw BadLine{std::string(what) + " is not a known word"};
    }
    return *value;
}

inline std::uint32_t asCount(Json const& json, std::string_view what) {
    return static_cast<std::uint32_t>(
        asUnsigned(json, std::numeric_limits<std::uint32_t>::max(), what));
}

/// The member of that name; a missing one is a fault.
Json const& field(Json const& object, char const* name);
/// The member of that name, a text.
std::string textOf(Json const& object, char const* name);
/// Nanoseconds.
Duration spanOf(Json const& json, char const* what);

} // namespace shakedown::record
