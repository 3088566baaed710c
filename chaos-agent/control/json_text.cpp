#include "chaos-agent/control/json_text.hpp"

namespace shakedown::control {

namespace {

// True if brackets outside strings nest deeper than allowed; known before anything is built.
bool isTooDeep(std::string_view text) {
    int depth = 0;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '[' || c == '{') {
            if (++depth > jsonDepthAtMost)
                return true;
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    return false;
}

} // namespace

void RepeatedNames::see(nlohmann::json::parse_event_t event, nlohmann::json const& parsed) {
    using Event = nlohmann::json::parse_event_t;
    if (event == Event::object_start) {
        open_.emplace_back();
    } else if (event == Event::object_end) {
        open_.pop_back();
    } else if (event == Event::key && !isThere_) {
        auto const& name = parsed.get_ref<std::string const&>();
        isThere_ = !open_.back().insert(name).second;
        if (isThere_)
            first_ = name;
    }
}

std::string RepeatedNames::flaw() const {
    constexpr std::size_t shown = 64;
    return isThere_ ? "the name '" + first_.substr(0, shown) + "' stands twice in one object" : "";
}

std::variant<nlohmann::json, std::string> parseJson(std::string_view text) {
    if (isTooDeep(text))
        return "nested deeper than " + std::to_string(jsonDepthAtMost);
    try {
        RepeatedNames names;
        auto value = nlohmann::json::parse(
            text, [&](int, nlohmann::json::parse_event_t event, nlohmann::json& parsed) {
                names.see(event, parsed);
                return true;
            });
        if (auto flaw = names.flaw(); !flaw.empty())
            return flaw;
        return value;
    } catch (nlohmann::json::exception const& e) {
        std::string const what = e.what(); // "[json.exception.parse_error.101] parse error at ..."
        auto const end = what.find("] ");
        return end == std::string::npos ? what : what.substr(end + 2);
    }
}

} // namespace shakedown::control
