#include "chaos-agent/control/path.hpp"

#include <charconv>

namespace shakedown::control {

namespace {

std::optional<std::string> decoded(std::string_view segment) {
    std::string text;
    for (std::size_t i = 0; i < segment.size(); ++i) {
        if (segment[i] != '%') {
            text += segment[i];
            continue;
        }
        std::string_view const digits = segment.substr(i + 1, 2);
        unsigned value = 0;
        auto const [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
        if (digits.size() != 2 || error != std::errc() || end != digits.data() + 2 || value < 0x20
            || value == 0x7f)
            return {};
        text += static_cast<char>(value);
        i += 2;
    }
    return text;
}

} // namespace

std::optional<std::vector<std::string>> segmentsOf(std::string_view path) {
    std::vector<std::string> segments;
    while (!path.empty()) {
        if (path[0] != '/')
            return {};
        auto const end = path.find('/', 1);
        auto const segment = decoded(path.substr(1, end == path.npos ? end : end - 1));
        if (!segment || segment->empty())
            return {};
        segments.push_back(*segment);
        path = end == path.npos ? "" : path.substr(end);
    }
    return segments;
}

} // namespace shakedown::control
