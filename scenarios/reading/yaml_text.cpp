#include "scenarios/reading/yaml_text.hpp"

#include <cstdint>
#include <string_view>

namespace shakedown::reading {

namespace {

constexpr std::size_t lineWidth = 100;
constexpr std::size_t flowHeight = 3;

enum class Context : std::uint8_t { Block, Flow };

bool isNullWord(std::string_view text) {
    return text == "~" || text == "null" || text == "Null" || text == "NULL";
}

bool beginsLikeSyntax(std::string_view text) {
    constexpr std::string_view indicators = "?:,[]{}#&*!|>'\"%@`";
    if (indicators.find(text.front()) != std::string_view::npos || text.starts_with("...")) {
        return true;
    }
    return text.front() == '-' && (text.size() == 1 || text[1] == ' ' || text[1] == '-');
}

bool isPlain(std::string_view text, Context context) {
    if (text.empty() || isNullWord(text) || text == "<<" || beginsLikeSyntax(text)) {
        return false;
    }
    if (text.front() == ' ' || text.back() == ' ' || text.back() == ':') {
        return false;
    }
    if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos) {
        return false;
    }
    if (context == Context::Flow && text.find_first_of(",[]{}:") != std::string_view::npos) {
        return false;
    }
    return text.find_first_of("\n\r\t") == std::string_view::npos;
}

std::string inQuotes(std::string_view text) {
    std::string result = "\"";
    for (char const c : text) {
        switch (c) {
        case '"':
            result += "\\\"";
            break;
        case '\\':
            result += "\\\\";
            break;
        case '\n':
            result += "\\n";
            break;
        case '\r':
            result += "\\r";
            break;
        case '\t':
            result += "\\t";
            break;
        default:
            result += c;
        }
    }
    return result + "\"";
}

std::string scalarText(Node const& node, Context context) {
    bool const keepsQuotes = node.style() == Node::Style::Quoted;
    return isPlain(node.text(), context) && !keepsQuotes ? node.text() : inQuotes(node.text());
}

void appendFlow(std::string& out, Node const& node) {
    switch (node.shape()) {
    case Node::Shape::Empty:
        out += "~";
        return;
    case Node::Shape::Scalar:
        out += scalarText(node, Context::Flow);
        return;
    case Node::Shape::List:
        out += "[";
        for (auto const& item : node.items()) {
            out += &item == &node.items().front() ? "" : ", ";
            appendFlow(out, item);
        }
        out += "]";
        return;
    case Node::Shape::Map:
        break;
    }
    out += node.entries().empty() ? "{}" : "{ ";
    for (auto const& entry : node.entries()) {
        out += &entry == &node.entries().front() ? "" : ", ";
        out += scalarText(entry.key, Context::Flow) + ": ";
        appendFlow(out, entry.value);
    }
    out += node.entries().empty() ? "" : " }";
}

bool isCollection(Node const& node) {
    return node.isList() || node.isMap();
}

// The text on one line, if it fits behind `used` columns; else empty.
std::string inlineText(Node const& node, std::size_t used) {
    if (!isCollection(node)) {
        return node.isEmpty() ? "~" : scalarText(node, Context::Block);
    }
    if (node.height() > flowHeight || node.count() > lineWidth) {
        return {};
    }
    std::string text = flowText(node);
    return used + text.size() <= lineWidth ? text : std::string();
}

void appendBlock(std::string& out, Node const& node, std::size_t indent);

// `lead` is the key with its colon, or the dash; a section of the document is never on one line.
void appendValue(std::string& out, std::string const& lead, Node const& value, std::size_t indent) {
    bool const isSection = indent == 0 && isCollection(value) && value.count() > 1;
    std::string const text =
        isSection ? std::string() : inlineText(value, indent + lead.size() + 1);
    if (!text.empty()) {
        out += lead + " " + text + "\n";
        return;
    }
    out += lead + "\n";
    appendBlock(out, value, indent + 2);
}

void appendBlock(std::string& out, Node const& node, std::size_t indent) {
    std::string const margin(indent, ' ');
    for (auto const& entry : node.entries()) {
        out += margin;
        appendValue(out, scalarText(entry.key, Context::Block) + ":", entry.value, indent);
    }
    for (auto const& item : node.items()) {
        std::string const text = inlineText(item, indent + 2);
        if (!text.empty()) {
            out += margin + "- " + text + "\n";
            continue;
        }
        // The first line of the item stands behind the dash.
        std::string block;
        appendBlock(block, item, indent + 2);
        out += margin + "- " + block.substr(indent + 2);
    }
}

} // namespace

std::string flowText(Node const& node) {
    std::string out;
    appendFlow(out, node);
    return out;
}

std::string blockText(Node const& node) {
    if (!isCollection(node) || (node.entries().empty() && node.items().empty())) {
        return flowText(node) + "\n";
    }
    std::string out;
    appendBlock(out, node, 0);
    return out;
}

} // namespace shakedown::reading
