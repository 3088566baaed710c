#include "reports/formats/dot.hpp"

#include "reports/formats/label_text.hpp"

namespace shakedown::formats {

namespace {

// Colours say what the words of the label say (the light theme of the house).
char const* lookOf(Trouble trouble) {
    switch (trouble) {
    case Trouble::Unknown:
        return "";
    case Trouble::None:
        return ", color=\"#00694C\"";
    case Trouble::Some:
        return ", color=\"#B58000\", penwidth=2";
    case Trouble::Much:
        return ", color=\"#A32100\", penwidth=3";
    }
    return "";
}

} // namespace

std::string dotLabel(std::string_view text) {
    std::string out;
    for (char const c : printable(text)) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '&') {
            out += "&amp;";
        } else {
            out += c;
        }
    }
    return out;
}

std::string DotWriter::text(Topology const& t) const {
    std::string out = "digraph topology {\n  graph [rankdir=LR, label=\"" + dotLabel(t.title)
                      + "\", fontname=\"sans-serif\"];\n"
                        "  node [shape=box, fontname=\"sans-serif\"];\n"
                        "  edge [fontname=\"sans-serif\", fontsize=10];\n";
    for (std::size_t i = 0; i < t.nodes.size(); ++i) {
        Topology::Node const& node = t.nodes[i];
        std::string const label =
            dotLabel(node.name) + (node.about.empty() ? "" : "\\n" + dotLabel(node.about));
        out += "  n" + std::to_string(i) + " [label=\"" + label + "\""
               + (node.isLoad ? ", shape=ellipse" : "") + "];\n";
    }
    for (auto const& arrow : t.arrows) {
        out += "  n" + std::to_string(arrow.from) + " -> n" + std::to_string(arrow.to)
               + (arrow.about.empty()
                      ? ""
                      : " [label=\"" + dotLabel(arrow.about) + "\"" + lookOf(arrow.trouble) + "]")
               + ";\n";
    }
    return out + "}\n";
}

} // namespace shakedown::formats
