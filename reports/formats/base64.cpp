#include "reports/formats/base64.hpp"

#include <cstdint>

namespace shakedown::formats {

std::string base64(std::string_view bytes) {
    static constexpr char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        auto const byte = [&](std::size_t k) {
            return k < bytes.size() ? static_cast<unsigned char>(bytes[k]) : 0U;
        };
        std::uint32_t const three = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
        std::size_t const given = bytes.size() - i;
        text += digits[three >> 18];
        text += digits[three >> 12 & 63U];
        text += given > 1 ? digits[three >> 6 & 63U] : '=';
        text += given > 2 ? digits[three & 63U] : '=';
    }
    return text;
}

} // namespace shakedown::formats
