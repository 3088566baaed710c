#include "scenarios/reading/tree_builder.hpp"

#include <algorithm>

#include "scenarios/reading/codes.hpp"
#include "scenarios/reading/comma.hpp"
#include "scenarios/reading/limits.hpp"
#include "scenarios/reading/text_check.hpp"

namespace shakedown::reading {

namespace {

[[noreturn]] void refuse(char const* code, std::string message, std::string hint, Place place) {
    throw TreeBuilder::Refused{
        {Severity::Error, code, std::move(message), std::move(hint), std::move(place)}};
}

// Whether the bracket at the start finds its end; brackets in quotes count too, because this only
// chooses between two messages.
bool isClosed(std::string_view text) {
    int depth = 0;
    for (char const c : text) {
        depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
        if (depth == 0) {
            return true;
        }
    }
    return false;
}

std::string most(std::size_t limit) {
    return "at most " + std::to_string(limit);
}

} // namespace

TreeBuilder::TreeBuilder(std::string_view text, std::string const& file)
    : text_(text), file_(std::make_shared<std::string const>(file)) {
    lineStarts_.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n') {
            lineStarts_.push_back(i + 1);
        }
    }
}

std::optional<Node> TreeBuilder::takeRoot() {
    if (!root_) {
        report({Severity::Error,
                codes::notOneDocument,
                "the file is empty",
                "a scenario begins with 'shakedown: 1'",
                {*file_, 1, 1}});
    }
    return std::move(root_);
}

std::optional<TreeBuilder::OpenBracket> TreeBuilder::innermostBracket() const {
    if (open_.empty() || open_.back().node.style() != Node::Style::Flow) {
        return std::nullopt;
    }
    Node const& node = open_.back().node;
    return OpenBracket{node.isList() ? '[' : '{', node.place()};
}

Place TreeBuilder::placeOf(YAML::Mark const& mark) const {
    return {*file_, mark.line + 1, mark.column + 1};
}

// Where what a mark marks begins in the text, behind an anchor or a tag; its end if that cannot be
// told.
std::size_t TreeBuilder::offset(YAML::Mark const& mark) const {
    auto const line = static_cast<std::size_t>(mark.line);
    if (mark.line < 0 || line >= lineStarts_.size()) {
        return text_.size();
    }
    std::size_t at = lineStarts_[line] + static_cast<std::size_t>(mark.column);
    constexpr std::string_view spaces = " \t\r\n";
    while (at < text_.size() && (text_[at] == '&' || text_[at] == '!')) {
        at = text_.find_first_not_of(spaces, text_.find_first_of(spaces, at));
    }
    return std::min(at, text_.size());
}

// yaml-cpp takes the end of the file for the end of a quoted text.
void TreeBuilder::refuseOpenQuote(YAML::Mark const& mark) {
    char const quote = charAt(mark);
    if (quote != '"' && quote != '\'') {
        return;
    }
    for (std::size_t i = offset(mark) + 1; i < text_.size(); ++i) {
        bool const isEscape = quote == '"' ? text_[i] == '\\' : text_.substr(i, 2) == "''";
        if (isEscape) {
            ++i;
        } else if (text_[i] == quote) {
            return;
        }
    }
    refuse(codes::yamlSyntax, "this quote is not closed", "", placeOf(mark));
}

void TreeBuilder::countEvent(YAML::Mark const& mark) {
    if (++events_ > limits::events) {
        refuse(codes::tooLarge,
               "the file holds too many values; " + most(limits::events) + " are read",
               "split it and use 'include:'", placeOf(mark));
    }
}

void TreeBuilder::countNodes(std::size_t nodes, Place const& place) {
    nodes_ += nodes;
    if (nodes_ > limits::expandedNodes) {
        refuse(codes::badAlias,
               "aliases make this document too large; " + most(limits::expandedNodes)
                   + " values after expansion",
               "use fewer aliases of aliases", place);
    }
}

void TreeBuilder::refuseTag(std::string const& tag, Place const& place) {
    if (!tag.empty() && tag != "?" && tag != "!") {
        report({Severity::Error, codes::unusedYaml,
                "YAML tags (!...) have no meaning in a scenario", "remove the tag", place});
    }
}

void TreeBuilder::refuseAsKey(YAML::Mark const& mark) {
    if (!open_.empty() && open_.back().node.isMap() && !open_.back().key) {
        // yaml-cpp takes a bracket that is never closed for the beginning of a key.
        std::string const bracket(1, charAt(mark));
        if ((bracket == "[" || bracket == "{") && !isClosed(text_.substr(offset(mark)))) {
            refuse(codes::yamlSyntax, "this '" + bracket + "' is not closed", "", placeOf(mark));
        }
        refuse(codes::unusedYaml, "a key is a plain text, not a list or a map",
               "quote a name that holds [ ] or { }", placeOf(mark));
    }
}

void TreeBuilder::OnDocumentStart(YAML::Mark const& mark) {
    if (++documents_ == 1) {
        return;
    }
    char const found = charAt(mark);
    if (found == '-') {
        refuse(codes::notOneDocument, "a second document begins here; a file holds one scenario",
               "put it into a file of its own", placeOf(mark));
    }
    refuse(codes::yamlSyntax,
           std::string("nothing can stand here after the end of the document: '") + found + "'",
           "is it a stray bracket, comma or quote?", placeOf(mark));
}

void TreeBuilder::OnNull(YAML::Mark const& mark, YAML::anchor_t anchor) {
    countEvent(mark);
    Node node;
    node.setPlace(file_, mark.line + 1, mark.column + 1, Node::Style::Plain);
    countNodes(1, node.place());
    if (!open_.empty() && open_.back().key && charAt(mark) != '~' && charAt(mark) != 'n') {
        // Nothing at all: yaml-cpp tells the place of what comes next.
        Node const& key = *open_.back().key;
        int const behind = static_cast<int>(key.text().size()) + 1;
        node.setPlace(file_, key.place().line, key.place().column + behind, Node::Style::Plain);
    }
    if (!open_.empty() && open_.back().node.isMap() && !open_.back().key) {
        // `~` or nothing as a key is a word like any other, and an unknown one.
        Node key = Node::scalar("~");
        key.setPlace(node);
        node = std::move(key);
    }
    attach(std::move(node), anchor);
}

void TreeBuilder::OnScalar(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
                           std::string const& value) {
    countEvent(mark);
    Node node = Node::scalar(value);
    char const first = charAt(mark);
    bool const isBlock = tag == "!" && (first == '|' || first == '>');
    node.setPlace(file_, mark.line + 1, mark.column + 1,
                  isBlock      ? Node::Style::Block
                  : tag == "!" ? Node::Style::Quoted
                               : Node::Style::Plain);
    countNodes(1, node.place());
    refuseTag(tag, node.place());
    refuseOpenQuote(mark);
    if (holdsControlCharacter(value)) {
        report({Severity::Error, codes::notText, "this text holds a control character",
                "remove the escape", node.place()});
        node.setText({});
    }
    attach(std::move(node), anchor);
}

void TreeBuilder::OnAlias(YAML::Mark const& mark, YAML::anchor_t anchor) {
    countEvent(mark);
    refuseAsKey(mark);
    if (++aliases_ > limits::aliases) {
        refuse(codes::badAlias, "too many aliases; " + most(limits::aliases) + " in a file",
               "use a rule for many ('* -> b') or 'vars:'", placeOf(mark));
    }
    auto const found = anchors_.find(anchor);
    if (found == anchors_.end()) {
        refuse(codes::badAlias, "this alias stands inside the very thing it names",
               "an anchor can be used only after its end", placeOf(mark));
    }
    countNodes(found->second.count(), placeOf(mark));
    if (open_.size() + found->second.height() > limits::depth) {
        refuse(codes::tooDeep,
               "lists and maps are nested too deeply; " + most(limits::depth) + " levels", "",
               placeOf(mark));
    }
    attach(found->second, 0);
}

void TreeBuilder::open(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style, Node node) {
    countEvent(mark);
    refuseAsKey(mark);
    node.setPlace(file_, mark.line + 1, mark.column + 1,
                  style == YAML::EmitterStyle::Flow ? Node::Style::Flow : Node::Style::Block);
    refuseTag(tag, node.place());
    countNodes(1, node.place());
    if (open_.size() >= limits::depth) {
        refuse(codes::tooDeep,
               "lists and maps are nested too deeply; " + most(limits::depth) + " levels", "",
               node.place());
    }
    open_.push_back({std::move(node), anchor, {}, std::nullopt});
}

void TreeBuilder::OnSequenceStart(YAML::Mark const& mark, std::string const& tag,
                                  YAML::anchor_t anchor, YAML::EmitterStyle::value style) {
    open(mark, tag, anchor, style, Node::list());
}

void TreeBuilder::OnMapStart(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value style) {
    open(mark, tag, anchor, style, Node::map());
}

void TreeBuilder::OnSequenceEnd() {
    Open& list = open_.back();
    if (list.node.style() == Node::Style::Flow) {
        mendCommas(list.node.items(), findings_);
    }
    close();
}

void TreeBuilder::OnMapEnd() {
    Open& map = open_.back();
    if (map.node.style() == Node::Style::Flow) {
        mendCommas(map.entries, findings_);
    }
    for (auto& [key, value] : map.entries) {
        Place const place = key.place();
        std::string const name = key.text();
        if (!map.node.add(std::move(key), std::move(value))) {
            Place const first = map.node.entry(name)->key.place();
            report({Severity::Error, codes::duplicateKey, "'" + name + "' stands twice in this map",
                    "the first is in line " + std::to_string(first.line), place});
        }
    }
    merge(map);
    close();
}

void TreeBuilder::close() {
    Open finished = std::move(open_.back());
    open_.pop_back();
    attach(std::move(finished.node), finished.anchor);
}

void TreeBuilder::attach(Node node, YAML::anchor_t anchor) {
    if (anchor != 0) {
        countNodes(node.count(), node.place());
        anchors_.insert_or_assign(anchor, node);
    }
    if (open_.empty()) {
        if (documents_ == 1) {
            root_ = std::move(node);
        }
        return;
    }
    Open& parent = open_.back();
    if (parent.node.isList()) {
        parent.node.append(std::move(node));
    } else if (!parent.key) {
        parent.key = std::move(node);
    } else {
        parent.entries.push_back({std::move(*parent.key), std::move(node)});
        parent.key.reset();
    }
}

// https://yaml.org/type/merge.html: what the map says itself wins, then the earlier of a list.
void TreeBuilder::merge(Open& map) {
    MapEntry const* const entry = map.node.entry("<<");
    if (entry == nullptr || entry->key.style() != Node::Style::Plain) {
        return;
    }
    Node const from = entry->value;
    map.node.remove("<<");
    if (!from.isList()) {
        mergeOne(map.node, from);
        return;
    }
    for (auto const& item : from.items()) {
        mergeOne(map.node, item);
    }
}

void TreeBuilder::mergeOne(Node& into, Node const& from) {
    if (!from.isMap()) {
        report({Severity::Error, codes::badAlias,
                "'<<' takes a map or a list of maps, not " + from.described(),
                "write '<<: *anchor' where '&anchor' stands before a map", from.place()});
        return;
    }
    countNodes(from.count(), from.place());
    for (auto const& [key, value] : from.entries()) {
        into.add(key, value);
    }
}

} // namespace shakedown::reading
