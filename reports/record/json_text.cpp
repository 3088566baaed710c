#include "reports/record/json_text.hpp"

#include <cstdint>

namespace shakedown::record {

namespace {

unsigned byteAt(std::string_view text, std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
}

bool continues(std::string_view text, std::size_t from, std::size_t count) {
    for (std::size_t i = from; i < from + count; ++i) {
        if ((byteAt(text, i) & 0xc0U) != 0x80U) {
            return false;
        }
    }
    return true;
}

} // namespace

std::size_t utf8Length(std::string_view text, std::size_t at) {
    unsigned const first = byteAt(text, at);
    unsigned const second = byteAt(text, at + 1);
    if (at >= text.size()) {
        return 0;
    }
    if (first < 0x80U) {
        return 1;
    }
    if (first >= 0xc2U && first <= 0xdfU) {
        return continues(text, at + 1, 1) ? 2 : 0;
    }
    if (first >= 0xe0U && first <= 0xefU) {
        bool const overlong = first == 0xe0U && second < 0xa0U;
        bool const surrogate = first == 0xedU && second > 0x9fU;
        return !overlong && !surrogate && continues(text, at + 1, 2) ? 3 : 0;
    }
    if (first >= 0xf0U && first <= 0xf4U) {
        bool const overlong = first == 0xf0U && second < 0x90U;
        bool const beyond = first == 0xf4U && second > 0x8fU;
        return !overlong && !beyond && continues(text, at + 1, 3) ? 4 : 0;
    }
    return 0;
}

void appendQuoted(std::string& out, std::string_view text) {
    static constexpr char hex[] = "0123456789abcdef";
    out += '"';
    for (std::size_t i = 0; i < text.size();) {
        std::size_t const length = utf8Length(text, i);
        unsigned const first = byteAt(text, i);
        if (length == 0) {
            out += "\\ufffd";
            ++i;
            continue;
        }
        if (first == '"' || first == '\\') {
            out += '\\';
            out += text[i];
        } else if (first < 0x20U || first == 0x7fU) {
            out += "\\u00";
            out += hex[first >> 4];
            out += hex[first & 15U];
        } else {
            out.append(text.substr(i, length));
        }
        i += length;
    }
    out += '"';
}

} // namespace shakedown::record
