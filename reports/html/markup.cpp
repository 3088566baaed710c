#include "reports/html/markup.hpp"

#include <algorithm>
#include <utility>

#include "reports/record/number_text.hpp"
#include "reports/render/plain_text.hpp"
#include "reports/render/xml_text.hpp"

namespace shakedown::html {

namespace {

std::string attribute(std::string_view name, std::string_view value) {
    return value.empty() ? "" : " " + std::string(name) + "=\"" + escaped(value) + "\"";
}

std::string attribute(std::string_view name, double value) {
    return " " + std::string(name) + "=\"" + coordinate(value) + "\"";
}

std::string_view wordOf(Drawing::Anchor anchor) {
    switch (anchor) {
    case Drawing::Anchor::Start:
        return "";
    case Drawing::Anchor::Middle:
        return "middle";
    case Drawing::Anchor::End:
        return "end";
    }
    return "";
}

std::string escapedWhole(std::string_view text) {
    return render::xmlEscaped(render::cleaned(text));
}

// Tabs are the only control characters a line of YAML may need.
std::string escapedLine(std::string_view line) {
    std::string out;
    for (std::size_t begin = 0; begin <= line.size();) {
        std::size_t const tab = std::min(line.find('\t', begin), line.size());
        out += (begin == 0 ? "" : "\t") + escapedWhole(line.substr(begin, tab - begin));
        begin = tab + 1;
    }
    return out;
}

} // namespace

std::string escaped(std::string_view text) {
    return escapedWhole(render::clipped(text, longestText));
}

EscapedLines escapedLines(std::string_view text, std::size_t most) {
    EscapedLines lines;
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t const end = std::min(text.find('\n', begin), text.size());
        std::string_view line = text.substr(begin, end - begin);
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        std::string const next = escapedLine(line) + "\n";
        if (lines.text.size() + next.size() > most) {
            lines.isWhole = false;
            break;
        }
        lines.text += next;
        begin = end + 1;
    }
    return lines;
}

std::string coordinate(double value) {
    std::string text = record::fixed(value, 1);
    if (text.ends_with(".0")) {
        text.resize(text.size() - 2);
    }
    return text == "-0" ? "0" : text;
}

std::string element(std::string_view tag, std::string_view cls, std::string_view text) {
    std::string const name(tag);
    return "<" + name + attribute("class", cls) + ">" + escaped(text) + "</" + name + ">\n";
}

Drawing::Drawing(double width, double height, std::string_view label, std::string_view cls,
                 std::string_view data) {
    out_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + coordinate(width) + " "
           + coordinate(height) + "\"" + attribute("width", width) + attribute("height", height)
           + attribute("class", cls) + attribute("data-axis", data) + " role=\"img\""
           + attribute("aria-label", label) + ">\n";
}

void Drawing::rect(double x, double y, double width, double height, std::string_view cls,
                   double round) {
    out_ += "<rect" + attribute("x", x) + attribute("y", y) + attribute("width", width)
            + attribute("height", height) + (round > 0 ? attribute("rx", round) : "")
            + attribute("class", cls) + "/>\n";
}

void Drawing::line(double x1, double y1, double x2, double y2, std::string_view cls) {
    path("M" + coordinate(x1) + " " + coordinate(y1) + "L" + coordinate(x2) + " " + coordinate(y2),
         cls);
}

void Drawing::path(std::string_view d, std::string_view cls) {
    if (!d.empty()) {
        // However long it is, and nothing in it needs an escape.
        out_ += "<path d=\"" + std::string(d) + "\"" + attribute("class", cls) + "/>\n";
    }
}

void Drawing::text(double x, double y, Anchor anchor, std::string_view words,
                   std::string_view cls) {
    out_ += "<text" + attribute("x", x) + attribute("y", y)
            + attribute("text-anchor", wordOf(anchor)) + attribute("class", cls) + ">"
            + escaped(words) + "</text>\n";
}

void Drawing::openGroup(std::string_view name) {
    out_ += "<g>" + (name.empty() ? "" : "<title>" + escaped(name) + "</title>");
}

} // namespace shakedown::html
