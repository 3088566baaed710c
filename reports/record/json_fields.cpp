#include "reports/record/json_fields.hpp"

#include <cmath>
#include <limits>
#include <vector>

namespace shakedown::record {

namespace {

[[noreturn]] void refuse(std::string_view what, char const* why) {
    throw BadLine{std::string(what) + why};
}

} // namespace

bool isTame(std::string_view text, int deepest, std::size_t mostMembers) {
    std::vector<std::size_t> commas{0}; // of what is open
    bool inText = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[i];
        if (inText) {
            if (c == '\\') {
                ++i;
            } else if (c == '"') {
                inText = false;
            }
        } else if (c == '"') {
            inText = true;
        } else if (c == '[' || c == '{') {
            if (commas.size() > static_cast<std::size_t>(deepest)) {
                return false;
            }
            commas.push_back(0);
        } else if ((c == ']' || c == '}') && commas.size() > 1) {
            commas.pop_back();
        } else if (c == ',' && ++commas.back() >= mostMembers) {
            return false;
        }
    }
    return true;
}

Json parseBounded(std::string_view line) {
    constexpr int deepest = 8;
    if (!isTame(line, deepest, std::numeric_limits<std::size_t>::max())) {
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

std::string textOf(Json const& object, char const* name) {
    auto const* text = field(object, name).get_ptr<std::string const*>();
    if (text == nullptr) {
        throw BadLine{std::string(name) + " is not a text"};
    }
    return *text;
}

Duration spanOf(Json const& json, char const* what) {
    return Duration::nanoseconds(asInteger(json, what));
}

} // namespace shakedown::record
