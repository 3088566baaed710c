#include "reports/html/style.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <string>

using namespace shakedown::html;

namespace {

// WCAG 2.1, relative luminance of "#rgb" or "#rrggbb".
double luminance(std::string hex) {
    if (hex.size() == 4) {
        hex = {'#', hex[1], hex[1], hex[2], hex[2], hex[3], hex[3]};
    }
    auto const channel = [&](std::size_t at) {
        double const c = std::stoi(hex.substr(at, 2), nullptr, 16) / 255.0;
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

double contrast(std::string const& a, std::string const& b) {
    double const la = luminance(a);
    double const lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

std::string colour(std::string const& theme, std::string const& name) {
    auto const begin = theme.find("--" + name + ":") + name.size() + 3;
    return theme.substr(begin, theme.find_first_of(";}", begin) - begin);
}

std::string themeAfter(std::string const& mark) {
    std::string const style(styleSheet());
    auto const begin = style.find(":root{", style.find(mark));
    return style.substr(begin, style.find('}', begin) - begin + 1);
}

} // namespace

TEST_CASE("text and signs stand out in light, dark and print", "[html][contrast]") {
    for (char const* mark : {"", "prefers-color-scheme", "@media print"}) {
        std::string const theme = themeAfter(mark);
        INFO(theme);
        for (char const* ground : {"bg", "panel"}) {
            for (char const* text : {"text", "muted", "ok", "failing"}) {
                INFO(text << " on " << ground);
                // "failing" is small text on the page itself only.
                bool const isSign =
                    std::string(text) == "failing" && std::string(ground) == "panel";
                double const wanted = isSign ? 3 : 4.5;
                CHECK(contrast(colour(theme, text), colour(theme, ground)) >= wanted);
            }
            for (char const* sign : {"strained", "starting", "hand", "down"}) {
                INFO(sign << " on " << ground);
                CHECK(contrast(colour(theme, sign), colour(theme, ground)) >= 3);
            }
        }
    }
}
