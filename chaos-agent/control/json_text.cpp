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

std::variant<nlohmann::json, std::string> parseJson(std::string_view text) {
    if (isTooDeep(text))
        return "nested deeper than " + std::to_string(jsonDepthAtMost);
    try {
        return nlohmann::json::parse(text);
    } catch (nlohmann::json::exception const& e) {
        std::string const what = e.what(); // "[json.exception.parse_error.101] parse error at ..."
        auto const end = what.find("] ");
        return end == std::string::npos ? what : what.substr(end + 2);
    }
}

} // namespace shakedown::control
