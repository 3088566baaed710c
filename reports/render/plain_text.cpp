#include "reports/render/plain_text.hpp"

#include <cstdint>

#include "reports/record/json_text.hpp"

namespace shakedown::render {

namespace {

std::uint32_t decode(std::string_view character) {
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
    switch (character.size()) {
    case 1:
        return byte(0);
    case 2:
        return (byte(0) & 0x1fU) << 6 | (byte(1) & 0x3fU);
    case 3:
        return (byte(0) & 0x0fU) << 12 | (byte(1) & 0x3fU) << 6 | (byte(2) & 0x3fU);
    default:
        return (byte(0) & 0x07U) << 18 | (byte(1) & 0x3fU) << 12 | (byte(2) & 0x3fU) << 6
               | (byte(3) & 0x3fU);
    }
}

bool isObeyed(std::uint32_t c) {
    bool const control = c < 0x20 || (c >= 0x7f && c < 0xa0);
    bool const direction = c == 0x200e || c == 0x200f || c == 0x061c || (c >= 0x202a && c <= 0x202e)
                           || (c >= 0x2066 && c <= 0x2069);
    bool const lineBreak = c == 0x2028 || c == 0x2029;
    return control || direction || lineBreak;
}

} // namespace

std::string cleaned(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t const length = record::utf8Length(text, i);
        if (length == 0 || isObeyed(decode(text.substr(i, length)))) {
            out += '?';
            i += length == 0 ? 1 : length;
            continue;
        }
        out.append(text.substr(i, length));
        i += length;
    }
    return out;
}

std::size_t widthOf(std::string_view text) {
    std::size_t width = 0;
    for (char const c : text) {
        width += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U ? 1 : 0;
    }
    return width;
}

std::string clipped(std::string_view text, std::size_t width) {
    if (widthOf(text) <= width) {
        return std::string(text);
    }
    std::size_t const keep = width > 3 ? width - 3 : 0;
    std::size_t end = 0;
    for (std::size_t seen = 0; end < text.size(); ++end) {
        bool const begins = (static_cast<unsigned char>(text[end]) & 0xc0U) != 0x80U;
        if (begins && seen++ == keep) {
            break;
        }
    }
    return std::string(text.substr(0, end)) + std::string("...").substr(0, width - keep);
}

std::string padded(std::string text, std::size_t width) {
    std::size_t const now = widthOf(text);
    if (now < width) {
        text.append(width - now, ' ');
    }
    return text;
}

} // namespace shakedown::render
