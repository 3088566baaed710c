#include "scenarios/reading/node.hpp"

#include <algorithm>

namespace shakedown::reading {

Node Node::scalar(std::string text, Style style) {
    Node node;
    node.shape_ = Shape::Scalar;
    node.style_ = style;
    node.text_ = std::move(text);
    return node;
}

Node Node::list() {
    Node node;
    node.shape_ = Shape::List;
    node.style_ = Style::Block;
    return node;
}

Node Node::map() {
    Node node;
    node.shape_ = Shape::Map;
    node.style_ = Style::Block;
    return node;
}

std::string Node::described() const {
    constexpr std::size_t longest = 60;
    switch (shape_) {
    case Shape::Empty:
        return "nothing";
    case Shape::List:
        return "a list";
    case Shape::Map:
        return "a map";
    case Shape::Scalar:
        break;
    }
    return "'" + (text_.size() > longest ? text_.substr(0, longest) + "..." : text_) + "'";
}

MapEntry const* Node::entry(std::string_view key) const {
    auto const found = index_.find(std::string(key));
    return found == index_.end() ? nullptr : &entries_[found->second];
}

Node const* Node::find(std::string_view key) const {
    MapEntry const* const found = entry(key);
    return found == nullptr ? nullptr : &found->value;
}

Node* Node::find(std::string_view key) {
    auto const found = index_.find(std::string(key));
    return found == index_.end() ? nullptr : &entries_[found->second].value;
}

bool Node::add(Node key, Node value) {
    if (!index_.emplace(key.text(), entries_.size()).second) {
        return false;
    }
    entries_.push_back({std::move(key), std::move(value)});
    return true;
}

bool Node::add(std::string key, Node value) {
    return add(scalar(std::move(key)), std::move(value));
}

void Node::set(std::string const& key, Node value) {
    if (Node* const found = find(key)) {
        *found = std::move(value);
        return;
    }
    Node name = scalar(key);
    name.setPlace(value);
    add(std::move(name), std::move(value));
}

void Node::remove(std::string_view key) {
    auto const found = index_.find(std::string(key));
    if (found == index_.end()) {
        return;
    }
    entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(found->second));
    index_.clear();
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        index_.emplace(entries_[i].key.text(), i);
    }
}

std::vector<std::string> Node::keys() const {
    std::vector<std::string> names;
    names.reserve(entries_.size());
    for (auto const& entry : entries_) {
        names.push_back(entry.key.text());
    }
    return names;
}

Place Node::placeAt(std::size_t offset) const {
    Place place{file_ ? *file_ : std::string(), line_, column_};
    bool const oneLine = text_.find('\n') == std::string::npos;
    if (isScalar() && column_ > 0 && oneLine && !computed_ && style_ != Style::Block) {
        place.column += static_cast<int>(offset) + (style_ == Style::Quoted && offset > 0 ? 1 : 0);
    }
    return place;
}

void Node::setPlace(File file, int line, int column, Style style) {
    file_ = std::move(file);
    line_ = line;
    column_ = column;
    style_ = style;
}

void Node::setPlace(Node const& other) {
    file_ = other.file_;
    line_ = other.line_;
    column_ = other.column_;
}

std::size_t Node::count() const {
    std::size_t sum = 1;
    for (auto const& item : items_) {
        sum += item.count();
    }
    for (auto const& entry : entries_) {
        sum += entry.value.count();
    }
    return sum;
}

std::size_t Node::height() const {
    std::size_t below = 0;
    for (auto const& item : items_) {
        below = std::max(below, item.height());
    }
    for (auto const& entry : entries_) {
        below = std::max(below, entry.value.height());
    }
    return below + (isList() || isMap() ? 1 : 0);
}

bool sameContent(Node const& a, Node const& b) {
    if (a.shape() != b.shape() || a.text() != b.text() || a.items().size() != b.items().size()
        || a.entries().size() != b.entries().size()) {
        return false;
    }
    for (std::size_t i = 0; i < a.items().size(); ++i) {
        if (!sameContent(a.items()[i], b.items()[i])) {
            return false;
        }
    }
    for (std::size_t i = 0; i < a.entries().size(); ++i) {
        if (a.entries()[i].key.text() != b.entries()[i].key.text()
            || !sameContent(a.entries()[i].value, b.entries()[i].value)) {
            return false;
        }
    }
    return true;
}

} // namespace shakedown::reading
