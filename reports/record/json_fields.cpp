#include "reports/record/json_fields.hpp"

#include <cmath>

namespace shakedown::record {

namespace {

constexpr int deepest = 8;

bool isFlat(std::string_view line) {
    int depth = 0;
    bool inText = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        char const c = line[i];
        if (inText) {
            if (c == '\\') {
                ++i;
            } else if (c == '"') {
                inText = false;
            }
        } else if (c == '"') {
            inText = true;
        } else if (c == '[' || c == '{') {
            if (++depth > deepest) {
                return false;
            }
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    return true;
}

[[noreturn]] void refuse(std::string_view what, char const* why) {
    throw BadLine{std::string(what) + why};
}

} // namespace

Json parseBounded(std::string_view line) {
    if (!isFlat(line)) {
        throw BadLine{"nested too deep"};
    }
    Json json = Json::parse(line, nullptr, false);
    if (json.is_discarded()) {
        throw BadLine{"not JSON"};
    }
    if (!json.is_object()) {
        throw BadLine{"not a JSON object"};
    }
    return json;
}

Json const& field(Json const& object, char const* name) {
    auto const found = object.find(name);
    if (found == object.end()) {
        refuse(name, " is missing");
    }
    return *found;
}

std::uint64_t asUnsigned(Json const& json, std::uint64_t limit, std::string_view what) {
    if (!json.is_number_unsigned()) {
        refuse(what, " is not a whole number of at least 0");
    }
    auto const value = json.get<std::uint64_t>();
    if (value > limit) {
        refuse(what, " is too large");
    }
    return value;
}

std::int64_t asInteger(Json const& json, std::string_view what) {
    if (!json.is_number_integer()) {
        refuse(what, " is not a whole number");
    }
    if (json.is_number_unsigned()) {
        return static_cast<std::int64_t>(
            asUnsigned(json, std::numeric_limits<std::int64_t>::max(), what));
    }
    return json.get<std::int64_t>();
}

double asNumber(Json const& json, std::string_view what) {
    if (!json.is_number() || !std::isfinite(json.get<double>())) {
        refuse(what, " is not a number");
    }
    return json.get<double>();
}

SimTime asInstant(Json const& json, std::string_view what) {
    constexpr std::int64_t latest = 3'000'000'000'000'000'000; // half of what a SimTime holds
    std::int64_t const n = asInteger(json, what);
    if (n < 0 || n > latest) {
        throw BadLine{std::string(what) + " is no instant of a run"};
    }
    return SimTime::atNanoseconds(n);
}

SimTime asTime(Json const& json, SimTime origin, std::string_view what) {
    if (json.is_null()) {
        return SimTime::never();
    }
    std::int64_t sum = 0;
    if (__builtin_add_overflow(origin.count(), asInteger(json, what), &sum)) {
        refuse(what, " is beyond all time");
    }
    return SimTime::atNanoseconds(sum);
}

std::uint32_t asIndex(Json const& json, std::size_t count, std::string_view what,
                      std::optional<std::uint32_t> otherwise) {
    if (otherwise && json.is_null()) {
        return *otherwise;
    }
    std::uint32_t const value = asCount(json, what);
    if (value >= count) {
        throw BadLine{std::string(what) + " " + std::to_string(value) + " of "
                      + std::to_string(count)};
    }
    return value;
}

Json const& asList(Json const& json, std::size_t least, std::size_t most, std::string_view what) {
    if (!json.is_array() || json.size() < least || json.size() > most) {
        refuse(what, " is not a list of the right length");
    }
    return json;
}

} // namespace shakedown::record
