#include "scenarios/reading/text_check.hpp"

#include <algorithm>
#include <cstdint>

#include "scenarios/reading/codes.hpp"
#include "scenarios/reading/limits.hpp"

namespace shakedown::reading {

namespace {

// Length of the well-formed sequence at the start (Unicode 15, table 3-7), or 0.
std::size_t sequenceLength(std::string_view s) {
    auto const byte = [&](std::size_t i) {
        return i < s.size() ? static_cast<std::uint8_t>(s[i]) : std::uint8_t{0};
    };
    auto const isTail = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
    std::uint8_t const first = byte(0);
    if (first < 0x80) {
        return 1;
    }
    if (first >= 0xC2 && first <= 0xDF) {
        return isTail(1) ? 2 : 0;
    }
    if ((first & 0xF0) == 0xE0) {
        bool const overlong = first == 0xE0 && byte(1) < 0xA0;
        bool const surrogate = first == 0xED && byte(1) > 0x9F;
        return isTail(1) && isTail(2) && !overlong && !surrogate ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        bool const overlong = first == 0xF0 && byte(1) < 0x90;
        bool const beyond = first == 0xF4 && byte(1) > 0x8F;
        return isTail(1) && isTail(2) && isTail(3) && !overlong && !beyond ? 4 : 0;
    }
    return 0;
}

bool isForbiddenControl(char c) {
    auto const byte = static_cast<std::uint8_t>(c);
    return (byte < 0x20 && c != '\n' && c != '\r' && c != '\t') || byte == 0x7F;
}

} // namespace

bool holdsControlCharacter(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        // C1 controls (U+0080 to U+009F) begin terminal sequences too.
        bool const isC1 = text[i] == '\xC2' && i + 1 < text.size()
                          && static_cast<std::uint8_t>(text[i + 1]) < 0xA0;
        if (isForbiddenControl(text[i]) || isC1) {
            return true;
        }
    }
    return false;
}

Place placeOfByte(std::string_view text, std::size_t offset, std::string const& file) {
    auto const before = text.substr(0, offset);
    auto const line = std::count(before.begin(), before.end(), '\n') + 1;
    auto const lastBreak = before.rfind('\n');
    auto const column = lastBreak == std::string_view::npos ? offset + 1 : offset - lastBreak;
    return {file, static_cast<int>(line), static_cast<int>(column)};
}

std::optional<Diagnostic> refuseBytes(std::string_view bytes, std::string const& file) {
    if (bytes.size() > limits::fileBytes) {
        return Diagnostic{Severity::Error,
                          codes::tooLarge,
                          "the file has " + std::to_string(bytes.size()) + " bytes; at most "
                              + std::to_string(limits::fileBytes) + " are read",
                          "split it and use 'include:'",
                          {file, 1, 1}};
    }
    for (std::size_t i = 0; i < bytes.size();) {
        std::size_t const length = sequenceLength(bytes.substr(i));
        if (length == 0 && (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))) {
            return Diagnostic{Severity::Error, codes::notText, "this file is UTF-16",
                              "save it as UTF-8", placeOfByte(bytes, i, file)};
        }
        if (length == 0) {
            return Diagnostic{Severity::Error, codes::notText, "this byte is not UTF-8",
                              "save the file as UTF-8", placeOfByte(bytes, i, file)};
        }
        if (isForbiddenControl(bytes[i])) {
            return Diagnostic{
                Severity::Error, codes::notText,
                "a control character (byte " + std::to_string(static_cast<std::uint8_t>(bytes[i]))
                    + ") has no place in a scenario",
                "remove it; is this a text file, saved as UTF-8?", placeOfByte(bytes, i, file)};
        }
        i += length;
    }
    return std::nullopt;
}

} // namespace shakedown::reading
