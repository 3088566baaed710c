#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::reading {

struct MapEntry;

/// A tree of YAML as the format needs it: aliases are copied in, maps keep their order, every node
/// knows its place. Its depth is at most limits::depth, so it may be walked by recursion.
class Node {
public:
    enum class Shape : std::uint8_t { Empty, Scalar, List, Map };
    enum class Style : std::uint8_t { Plain, Quoted, Flow, Block };
    using File = std::shared_ptr<std::string const>;

    Node() = default;
    static Node scalar(std::string text, Style style = Style::Plain);
    static Node list();
    static Node map();

    Shape shape() const { return shape_; }
    bool isEmpty() const { return shape_ == Shape::Empty; }
    bool isScalar() const { return shape_ == Shape::Scalar; }
    bool isList() const { return shape_ == Shape::List; }
    bool isMap() const { return shape_ == Shape::Map; }
    bool isScalar(std::string_view text) const { return isScalar() && text_ == text; }
    Style style() const { return style_; }
    /// "a map", "a list", "'12ms'", "nothing": for messages.
    std::string described() const;

    std::string const& text() const { return text_; }
    void setText(std::string text) { text_ = std::move(text); }

    std::vector<Node> const& items() const { return items_; }
    std::vector<Node>& items() { return items_; }
    void append(Node item) { items_.push_back(std::move(item)); }

    std::vector<MapEntry> const& entries() const { return entries_; }
    /// The value under a key, or null.
    Node const* find(std::string_view key) const;
    Node* find(std::string_view key);
    MapEntry const* entry(std::string_view key) const;
    /// False if the key is there already; nothing is changed then.
    bool add(Node key, Node value);
    bool add(std::string key, Node value);
    /// Adds or replaces.
    void set(std::string const& key, Node value);
    void remove(std::string_view key);
    std::vector<std::string> keys() const;
    /// The values in order, to be changed in place.
    template <class F>
    void forEachValue(F const& change);

    Place place() const { return placeAt(0); }
    /// The place of a character of a scalar; where that cannot be told, the scalar's own.
    Place placeAt(std::size_t offset) const;
    void setPlace(File file, int line, int column, Style style);
    void setPlace(Node const& other);
    File const& file() const { return file_; }
    /// The text is no longer what stands in the file, so columns inside it mean nothing.
    void markComputed() { computed_ = true; }

    /// Nodes in this tree, itself included, keys not.
    std::size_t count() const;
    /// Levels of lists and maps, 0 for a scalar.
    std::size_t height() const;

private:
    Shape shape_ = Shape::Empty;
    Style style_ = Style::Plain;
    bool computed_ = false;
    int line_ = 0;
    int column_ = 0;
    File file_;
    std::string text_;
    std::vector<Node> items_;
    std::vector<MapEntry> entries_;
    std::unordered_map<std::string, std::size_t> index_;
};

struct MapEntry {
    Node key;
    Node value;
};

template <class F>
void Node::forEachValue(F const& change) {
    for (auto& item : items_) {
        change(item);
    }
    for (auto& entry : entries_) {
        change(entry.value);
    }
}

/// Equal but for places and styles.
bool sameContent(Node const& a, Node const& b);

} // namespace shakedown::reading
