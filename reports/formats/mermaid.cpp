#include "reports/formats/mermaid.hpp"

#include <array>
#include <utility>

#include "reports/formats/label_text.hpp"

namespace shakedown::formats {

namespace {

bool isPlain(char c) {
    bool const isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    bool const isDigit = c >= '0' && c <= '9';
    bool const isBeyondAscii = static_cast<unsigned char>(c) >= 0x80U;
    return isLetter || isDigit || isBeyondAscii
           || std::string_view(" -_.,:/%+").find(c) != std::string_view::npos;
}

struct Look {
    Trouble trouble;
    char const* style;
};
constexpr std::array looks{Look{Trouble::None, "stroke:#00694C"},
                           Look{Trouble::Some, "stroke:#B58000,stroke-width:2px"},
                           Look{Trouble::Much, "stroke:#A32100,stroke-width:3px"}};

// One line for all arrows that look alike.
std::string styleOf(Topology const& t, Look const& look) {
    std::string numbers;
    for (std::size_t i = 0; i < t.arrows.size(); ++i) {
        if (t.arrows[i].trouble == look.trouble) {
            numbers += (numbers.empty() ? "" : ",") + std::to_string(i);
        }
    }
    return numbers.empty() ? "" : "  linkStyle " + numbers + " " + look.style + "\n";
}

} // namespace

std::string mermaidLabel(std::string_view text) {
    std::string out;
    for (char const c : printable(text)) {
        out += isPlain(c) ? std::string(1, c) : "#" + std::to_string(static_cast<int>(c)) + ";";
    }
    return out;
}

std::string MermaidWriter::text(Topology const& t) const {
    std::string out = "flowchart LR\n";
    for (std::size_t i = 0; i < t.nodes.size(); ++i) {
        Topology::Node const& node = t.nodes[i];
        std::string const label = "\"" + mermaidLabel(node.name)
                                  + (node.about.empty() ? "" : "<br/>" + mermaidLabel(node.about))
                                  + "\"";
        out += "  n" + std::to_string(i) + (node.isLoad ? "([" + label + "])" : "[" + label + "]")
               + "\n";
    }
    for (auto const& arrow : t.arrows) {
        std::string const label =
            arrow.about.empty() ? "" : "|\"" + mermaidLabel(arrow.about) + "\"|";
        out += "  n" + std::to_string(arrow.from) + " -->" + label + " n" + std::to_string(arrow.to)
               + "\n";
    }
    for (Look const& look : looks) {
        out += styleOf(t, look);
    }
    return out;
}

} // namespace shakedown::formats
