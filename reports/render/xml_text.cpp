#include "reports/render/xml_text.hpp"

#include <cstddef>

#include "reports/record/json_text.hpp"

namespace shakedown::render {

namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";

bool isForbidden(std::string_view character) {
    auto const first = static_cast<unsigned char>(character[0]);
    bool const control = first < 0x20 && first != '\t' && first != '\n' && first != '\r';
    return control || character == "\xef\xbf\xbe" || character == "\xef\xbf\xbf";
}

std::string_view escapeOf(char c) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\t':
        return "&#9;";
    case '\n':
        return "&#10;";
    case '\r':
        return "&#13;";
    default:
        return {};
    }
}

} // namespace

std::string xmlEscaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t const length = record::utf8Length(text, i);
        if (length == 0 || isForbidden(text.substr(i, length))) {
            out += replacement;
        } else if (auto const escape = escapeOf(text[i]); !escape.empty()) {
            out += escape;
        } else {
            out += text.substr(i, length);
        }
        i += length == 0 ? 1 : length;
    }
    return out;
}

} // namespace shakedown::render
