#include "scenarios/reading/text_edit.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "scenarios/reading/assignment.hpp"
#include "scenarios/reading/codes.hpp"
#include "scenarios/reading/yaml_front.hpp"
#include "scenarios/reading/yaml_text.hpp"

namespace shakedown::reading {

namespace {

constexpr auto here = "the scenario";

Diagnostics errorsOf(Findings findings) {
    Diagnostics errors;
    for (auto const& finding : std::move(findings).sorted())
        if (finding.severity == Severity::Error)
            errors.push_back(finding);
    return errors;
}

// A text and the places in it.
class Lines {
public:
    explicit Lines(std::string_view text) : text_(text) {
        begins_.push_back(0);
        for (std::size_t i = 0; i < text.size(); ++i)
            if (text[i] == '\n')
                begins_.push_back(i + 1);
    }

    std::size_t count() const { return begins_.size(); }
    std::optional<std::size_t> offsetOf(Place const& place) const {
        if (place.line < 1 || place.column < 1
            || static_cast<std::size_t>(place.line) > begins_.size())
            return std::nullopt;
        std::size_t const offset = begins_[static_cast<std::size_t>(place.line) - 1]
                                   + static_cast<std::size_t>(place.column) - 1;
        return offset <= text_.size() ? std::optional(offset) : std::nullopt;
    }
    std::size_t begin(std::size_t line) const { return begins_[line]; } // from 0
    std::string_view line(std::size_t i) const {
        std::size_t const end = i + 1 < begins_.size() ? begins_[i + 1] - 1 : text_.size();
        return text_.substr(begins_[i], end - begins_[i]);
    }

private:
    std::string_view text_;
    std::vector<std::size_t> begins_;
};

std::size_t indentOf(std::string_view line) {
    return std::min(line.find_first_not_of(' '), line.size());
}

bool saysNothing(std::string_view line) {
    std::size_t const first = indentOf(line);
    return first == line.size() || line[first] == '#' || line[first] == '\r';
}

// Where a scalar that begins there ends, as far as that can be told without a parser: whoever
// changes the text looks whether it is read as meant.
std::size_t endOfScalar(std::string_view text, std::size_t begin, Node::Style style) {
    if (style == Node::Style::Quoted && begin < text.size()) {
        char const quote = text[begin];
        for (std::size_t i = begin + 1; i < text.size(); ++i) {
            if (quote == '"' && text[i] == '\\')
                ++i;
            else if (text[i] == quote)
                return i + 1;
        }
        return text.size();
    }
    int depth = 0;
    std::size_t i = begin;
    for (; i < text.size() && text[i] != '\n'; ++i) {
        char const c = text[i];
        if (c == '(')
            ++depth;
        else if (c == ')')
            --depth;
        bool const ends = c == '}' || c == ']' || (c == ',' && depth == 0)
                          || (c == '#' && i > begin && text[i - 1] == ' ');
        if (ends)
            break;
    }
    while (i > begin && (text[i - 1] == ' ' || text[i - 1] == '\r'))
        --i;
    return i;
}

bool leadsTo(std::string_view path, std::string_view name) {
    return path == name
           || (path.starts_with(name) && path.size() > name.size() && path[name.size()] == '.');
}

// The deepest node on the way of a path, and what is left of the path there.
struct Reached {
    Node const* node = nullptr;
    std::string_view rest;
};

std::optional<std::size_t> itemNamed(Node const& list, std::string_view path, std::size_t& length) {
    std::optional<std::size_t> best;
    length = 0;
    for (std::size_t i = 0; i < list.items().size(); ++i) {
        auto const* name = list.items()[i].find("name");
        if (name != nullptr && name->isScalar() && leadsTo(path, name->text())
            && name->text().size() > length) {
            best = i;
            length = name->text().size();
        }
    }
    if (best)
        return best;
    auto const segment = path.substr(0, path.find('.'));
    std::size_t index = 0;
    auto const read = std::from_chars(segment.data(), segment.data() + segment.size(), index);
    if (read.ec != std::errc() || read.ptr != segment.data() + segment.size()
        || index >= list.items().size())
        return std::nullopt;
    length = segment.size();
    return index;
}

// The way as far as it goes; `met` is told each key or number that it goes by.
template <class Met>
Reached followed(Node const& root, std::string_view path, Met const& met) {
    Reached at{&root, path};
    while (!at.rest.empty()) {
        Node const* next = nullptr;
        std::size_t length = 0;
        if (at.node->isMap()) {
            for (auto const& entry : at.node->entries())
                if (leadsTo(at.rest, entry.key.text())
                    && (next == nullptr || entry.key.text().size() > length)) {
                    next = &entry.value;
                    length = entry.key.text().size();
                }
        } else if (at.node->isList()) {
            if (auto const i = itemNamed(*at.node, at.rest, length))
                next = &at.node->items()[*i];
        }
        if (next == nullptr)
            return at;
        met(at.rest, at.rest.substr(0, length));
        at.node = next;
        at.rest.remove_prefix(std::min(at.rest.size(), length + 1));
    }
    return at;
}

Reached follow(Node const& root, std::string_view path) {
    return followed(root, path, [](auto, auto) {});
}

std::string keyText(std::string_view key) {
    bool const isPlain = std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
               || c == '_' || c == '-' || c == '/';
    });
    if (isPlain && !key.empty() && key.front() != '-')
        return std::string(key);
    std::string text = "\"";
    for (char const c : key) {
        if (c == '"' || c == '\\')
            text += '\\';
        text += c;
    }
    text += '"';
    return text;
}

// "queue: { capacity: 40 }" for what is left of the path, whose keys the wanted tree tells apart.
std::string entryText(Node const& wanted, std::string_view path, std::string_view rest,
                      std::string const& value) {
    std::string text;
    std::string behind;
    followed(wanted, path, [&](std::string_view left, std::string_view key) {
        if (left.size() > rest.size())
            return;
        if (!text.empty()) {
            text += "{ ";
            behind += " }";
        }
        text += keyText(key) + ": ";
    });
    return text + value + behind;
}

std::string inserted(std::string_view text, std::size_t at, std::string const& what) {
    return std::string(text.substr(0, at)) + what + std::string(text.substr(at));
}

// Nothing if the text has no single place for it.
std::optional<std::string> inPlace(std::string_view text, Reached const& at, bool isTop,
                                   std::string const& value, std::string const& entry) {
    Lines const lines(text);
    auto const begin = lines.offsetOf(at.node->place());
    if (!begin)
        return std::nullopt;
    if (at.rest.empty() && at.node->isScalar()) {
        std::size_t const end = endOfScalar(text, *begin, at.node->style());
        return std::string(text.substr(0, *begin)) + value + std::string(text.substr(end));
    }
    if (!at.node->isMap() || at.rest.empty())
        return std::nullopt;
    if (*begin < text.size() && text[*begin] == '{')
        return inserted(text, *begin + 1, " " + entry + (at.node->entries().empty() ? "" : ","));
    if (at.node->entries().empty())
        return std::nullopt;
    if (isTop)
        return std::string(text) + (text.ends_with('\n') ? "" : "\n") + entry + "\n";
    auto const first = lines.offsetOf(at.node->entries().front().key.place());
    if (!first)
        return std::nullopt;
    auto const column = static_cast<std::size_t>(at.node->entries().front().key.place().column - 1);
    return inserted(text, *first, entry + "\n" + std::string(column, ' '));
}

// Behind the last item of a list that is written an item a line.
std::optional<std::string> behindLastItem(std::string_view text, Node const& list,
                                          std::string const& item) {
    Lines const lines(text);
    auto const first = lines.offsetOf(list.items().front().place());
    if (!first)
        return std::nullopt;
    auto const lineOf = [](Node const& node) {
        return static_cast<std::size_t>(node.place().line - 1);
    };
    std::string_view const head = lines.line(lineOf(list.items().front()));
    std::size_t const indent = indentOf(head);
    if (indent >= head.size() || head[indent] != '-')
        return std::nullopt;
    std::size_t next = lineOf(list.items().back()) + 1;
    std::size_t behind = next;
    for (; next < lines.count(); ++next) {
        std::string_view const line = lines.line(next);
        if (saysNothing(line))
            continue;
        if (indentOf(line) <= indent)
            break;
        behind = next + 1;
    }
    std::string const added = std::string(indent, ' ') + "- " + item + "\n";
    if (behind >= lines.count())
        return std::string(text) + (text.ends_with('\n') ? "" : "\n") + added;
    return inserted(text, lines.begin(behind), added);
}

std::optional<std::string> withItemInPlace(std::string_view text, Node const& root,
                                           std::string const& list, std::string const& item) {
    auto const* there = root.find(list);
    if (there == nullptr)
        return std::string(text) + (text.empty() || text.ends_with('\n') ? "" : "\n") + list
               + ":\n  - " + item + "\n";
    if (!there->isList())
        return std::nullopt;
    Lines const lines(text);
    auto const begin = lines.offsetOf(there->place());
    if (begin && *begin < text.size() && text[*begin] == '[') {
        if (there->items().empty())
            return inserted(text, *begin + 1, " " + item + " ");
        // Before the bracket that closes it: behind the last item, by its own text.
        auto const last = lines.offsetOf(there->items().back().place());
        auto const close = text.find(']', last.value_or(*begin));
        if (close == std::string_view::npos)
            return std::nullopt;
        std::size_t end = close;
        while (end > *begin && text[end - 1] == ' ')
            --end;
        return inserted(text, end, ", " + item);
    }
    return there->items().empty() ? std::nullopt : behindLastItem(text, *there, item);
}

// In maps a new key may stand in another place.
bool sameButForOrder(Node const& a, Node const& b) {
    if (!a.isMap() || !b.isMap())
        return a.isList() && b.isList()
                   ? std::equal(a.items().begin(), a.items().end(), b.items().begin(),
                                b.items().end(), sameButForOrder)
                   : sameContent(a, b);
    return a.entries().size() == b.entries().size()
           && std::all_of(a.entries().begin(), a.entries().end(), [&](MapEntry const& entry) {
                  auto const* other = b.find(entry.key.text());
                  return other != nullptr && sameButForOrder(entry.value, *other);
              });
}

Result<EditedText> finished(std::optional<std::string> text, Node const& wanted) {
    if (text) {
        auto const read = parseYaml(*text, here);
        if (read.root && !hasErrors(read.findings) && sameButForOrder(*read.root, wanted))
            return EditedText{*std::move(text), false};
    }
    return EditedText{blockText(wanted), true};
}

} // namespace

Result<EditedText> withValue(std::string_view text, std::string const& path,
                             std::string const& value) {
    auto const parsed = parseYaml(text, here);
    if (!parsed.root)
        return parsed.findings;
    Findings findings;
    auto node = parseValue(value, path, findings);
    Node wanted = *parsed.root;
    if (node)
        assign(wanted, path, *node, Place{here, 0, 0}, findings);
    if (auto errors = errorsOf(std::move(findings)); !node || !errors.empty())
        return errors;
    auto const at = follow(*parsed.root, path);
    return finished(
        inPlace(text, at, at.node == &*parsed.root, value, entryText(wanted, path, at.rest, value)),
        wanted);
}

Result<EditedText> withItem(std::string_view text, std::string const& list,
                            std::string const& item) {
    auto const parsed = parseYaml(text, here);
    if (!parsed.root)
        return parsed.findings;
    Findings findings;
    auto node = parseValue(item, list, findings);
    if (auto errors = errorsOf(std::move(findings)); !node || !errors.empty())
        return errors;
    Node wanted = *parsed.root;
    if (!wanted.isMap())
        return Diagnostic{Severity::Error, codes::wrongShape,
                          "a scenario is a map; there is no place for '" + list + "'", "",
                          Place{here, 0, 0}};
    if (wanted.find(list) == nullptr)
        wanted.add(list, Node::list());
    Node* const items = wanted.find(list);
    if (!items->isList())
        return Diagnostic{Severity::Error, codes::wrongShape, "'" + list + "' is no list", "",
                          items->place()};
    items->append(*node);
    return finished(withItemInPlace(text, *parsed.root, list, item), wanted);
}

} // namespace shakedown::reading
