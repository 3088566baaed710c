#include "reports/formats/label_text.hpp"

#include "reports/record/json_text.hpp"

namespace shakedown::formats {

std::string printable(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t const length = record::utf8Length(text, i);
        auto const first = static_cast<unsigned char>(text[i]);
        if (length == 0) {
            out += "\xef\xbf\xbd";
            ++i;
            continue;
        }
        if (first < 0x20U || first == 0x7fU) {
            out += ' ';
        } else {
            out.append(text.substr(i, length));
        }
        i += length;
    }
    return out;
}

} // namespace shakedown::formats
