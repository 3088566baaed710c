#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/reading/codes.hpp"
#include "scenarios/reading/kind.hpp"
#include "scenarios/reading/name_grammar.hpp"

/// Kinds around other kinds: optional values, lists, maps by name.
namespace shakedown::reading {

template <class T>
class OptionalKind : public Kind {
public:
    explicit OptionalKind(KindPtr inner) : inner_(std::move(inner)) {}
    void read(Node const& node, void* value, Reading& reading) const override {
        T content{};
        inner_->read(node, &content, reading);
        *static_cast<std::optional<T>*>(value) = std::move(content);
    }
    std::optional<Node> write(void const* value) const override {
        auto const& content = *static_cast<std::optional<T> const*>(value);
        return content ? inner_->write(&*content) : std::nullopt;
    }
    Json schema(Definitions& definitions) const override { return inner_->schema(definitions); }
    std::string name() const override { return inner_->name(); }
    std::string range() const override { return inner_->range(); }
    KindPtr child(std::string_view key) const override { return inner_->child(key); }
    std::vector<std::string> keys() const override { return inner_->keys(); }
    std::string shortKey() const override { return inner_->shortKey(); }
    bool takesNewKeys() const override { return inner_->takesNewKeys(); }
    std::vector<KindPtr> parts() const override { return {inner_}; }

private:
    KindPtr inner_;
};

template <class T>
Of<std::optional<T>> optionally(Of<T> const& of) {
    return {std::make_shared<OptionalKind<T>>(of.kind)};
}

/// An optional value that a word stands for when there is none ("unbounded").
template <class T>
class OrWordKind : public OptionalKind<T> {
public:
    OrWordKind(KindPtr inner, std::string word)
        : OptionalKind<T>(std::move(inner)), word_(std::move(word)) {}
    void read(Node const& node, void* value, Reading& reading) const override {
        if (node.isScalar(word_)) {
            static_cast<std::optional<T>*>(value)->reset();
            return;
        }
        OptionalKind<T>::read(node, value, reading);
    }
    Json schema(Definitions& definitions) const override {
        return {
            {"anyOf", Json::array({OptionalKind<T>::schema(definitions), Json{{"const", word_}}})}};
    }
    std::string name() const override { return OptionalKind<T>::name() + " or " + word_; }

private:
    std::string word_;
};

template <class T>
Of<std::optional<T>> orWord(Of<T> const& of, std::string word) {
    return {std::make_shared<OrWordKind<T>>(of.kind, std::move(word))};
}

/// Gives a value its place, if it keeps one.
template <class T>
void keepPlace(T& value, Node const& node) {
    if constexpr (requires { value.place = node.place(); }) {
        value.place = node.place();
    }
}

enum class Single : std::uint8_t { Refused, Allowed };

/// A list; where a single value is allowed, it is a list of one.
template <class T>
class ListKind : public Kind {
public:
    ListKind(KindPtr item, std::string name, Single single)
        : item_(std::move(item)), name_(std::move(name)), single_(single) {}

    void read(Node const& node, void* value, Reading& reading) const override {
        auto& list = *static_cast<std::vector<T>*>(value);
        list.clear();
        if (node.isEmpty()) {
            return;
        }
        if (!node.isList() && single_ == Single::Refused) {
            reportShape(node, "a list of " + name_, reading,
                        "begin each item with '- ', or write [ ... ]");
            return;
        }
        if (!node.isList()) {
            readItem(node, list, reading);
            return;
        }
        for (auto const& item : node.items()) {
            readItem(item, list, reading);
        }
    }
    std::optional<Node> write(void const* value) const override {
        Node node = Node::list();
        for (auto const& item : *static_cast<std::vector<T> const*>(value)) {
            auto written = item_->write(&item);
            node.append(written ? std::move(*written) : Node());
        }
        return node;
    }
    Json schema(Definitions& definitions) const override {
        Json item = item_->schema(definitions);
        Json list = {{"type", "array"}, {"items", item}};
        Json choices = Json::array({std::move(list), Json{{"type", "null"}}});
        if (single_ == Single::Allowed) {
            choices.push_back(std::move(item));
        }
        return {{"anyOf", std::move(choices)}};
    }
    std::string name() const override { return "list of " + name_; }
    KindPtr child(std::string_view) const override { return item_; }
    std::vector<KindPtr> parts() const override { return {item_}; }

private:
    void readItem(Node const& node, std::vector<T>& list, Reading& reading) const {
        T item{};
        keepPlace(item, node); // before reading: a kind may know a better place
        item_->read(node, &item, reading);
        list.push_back(std::move(item));
    }

    KindPtr item_;
    std::string name_;
    Single single_;
};

template <class T>
Of<std::vector<T>> listOf(Of<T> const& item, std::string name, Single single = Single::Refused) {
    return {std::make_shared<ListKind<T>>(item.kind, std::move(name), single)};
}

enum class NewNames : std::uint8_t { Refused, Allowed };

/// A map whose keys are names of its items: `services: { shop: {...} }`. `Key` and `Value` say
/// where in an item the key and the value go; assignments may add items only where names are free.
template <class T>
class NamedMapKind : public Kind {
public:
    NamedMapKind(KindPtr key, KindPtr item, std::function<void*(T&)> keyOf,
                 std::function<void*(T&)> valueOf, std::string name, NewNames newNames)
        : key_(std::move(key)), item_(std::move(item)), keyOf_(std::move(keyOf)),
          valueOf_(std::move(valueOf)), name_(std::move(name)), newNames_(newNames) {}

    void read(Node const& node, void* value, Reading& reading) const override {
        auto& list = *static_cast<std::vector<T>*>(value);
        list.clear();
        if (node.isEmpty()) {
            return;
        }
        if (!node.isMap()) {
            reportShape(node, "a map of " + name_ + " by name", reading,
                        "write 'NAME:' and what it is below it");
            return;
        }
        for (auto const& [key, content] : node.entries()) {
            T item{};
            key_->read(key, keyOf_(item), reading);
            item_->read(content, valueOf_(item), reading);
            keepPlace(item, key);
            list.push_back(std::move(item));
        }
    }
    std::optional<Node> write(void const* value) const override {
        Node node = Node::map();
        for (auto const& item : *static_cast<std::vector<T> const*>(value)) {
            auto& mutableItem = const_cast<T&>(item); // the accessors serve reading too
            auto key = key_->write(keyOf_(mutableItem));
            auto written = item_->write(valueOf_(mutableItem));
            node.add(std::move(*key), written ? std::move(*written) : Node());
        }
        return node;
    }
    Json schema(Definitions& definitions) const override {
        return {{"type", Json::array({"object", "null"})},
                {"additionalProperties", item_->schema(definitions)}};
    }
    std::string name() const override { return "map of " + name_; }
    KindPtr child(std::string_view) const override { return item_; }
    bool takesNewKeys() const override { return newNames_ == NewNames::Allowed; }
    std::vector<KindPtr> parts() const override { return {item_}; }

private:
    KindPtr key_;
    KindPtr item_;
    std::function<void*(T&)> keyOf_;
    std::function<void*(T&)> valueOf_;
    std::string name_;
    NewNames newNames_;
};

/// A map whose keys fill the member `Name` of its items.
template <auto Name, class T>
Of<std::vector<T>> namedMap(Of<std::string> const& key, Of<T> const& item, std::string name) {
    return {std::make_shared<NamedMapKind<T>>(
        key.kind, item.kind, [](T& one) -> void* { return &(one.*Name); },
        [](T& one) -> void* { return &one; }, std::move(name), NewNames::Refused)};
}

/// A pattern: its map, or the word `none`, which sets `off`.
template <class T>
class PatternKind : public Kind {
public:
    explicit PatternKind(KindPtr record) : record_(std::move(record)) {}
    void read(Node const& node, void* value, Reading& reading) const override {
        if (node.isScalar("none")) {
            static_cast<T*>(value)->off = true;
            return;
        }
        record_->read(node, value, reading);
    }
    std::optional<Node> write(void const* value) const override {
        return static_cast<T const*>(value)->off ? Node::scalar("none") : record_->write(value);
    }
    Json schema(Definitions& definitions) const override {
        return {{"anyOf", Json::array({record_->schema(definitions), Json{{"const", "none"}}})}};
    }
    std::string name() const override { return record_->name() + " or none"; }
    KindPtr child(std::string_view key) const override { return record_->child(key); }
    std::vector<std::string> keys() const override { return record_->keys(); }
    std::string shortKey() const override { return record_->shortKey(); }
    bool takesNewKeys() const override { return true; }
    std::vector<KindPtr> parts() const override { return {record_}; }

private:
    KindPtr record_;
};

template <class T>
Of<T> pattern(Of<T> const& of) {
    return {std::make_shared<PatternKind<T>>(of.kind)};
}

} // namespace shakedown::reading
