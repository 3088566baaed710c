#pragma once

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "scenarios/reading/record.hpp"

/// Closed sets of alternatives, each known by a tag: the steps (`work: 3ms`), the faults
/// (`slow: {...}`), the operations, the shapes of a rate.
namespace shakedown::reading {

/// May the tag stand alone as a word (`- reply`)?
enum class Bare : std::uint8_t { Refused, Allowed };

struct Alternative {
    std::string tag;
    std::string sentence;
    /// Makes the variant hold this alternative and returns it.
    std::function<void*(void* outer)> emplace;
    /// The alternative, or null if the variant holds another.
    std::function<void const*(void const* outer)> get;
    /// What stands under the tag, and keys that may stand beside it.
    Field main;
    std::vector<Field> beside;
    Bare bare = Bare::Refused;
    std::shared_ptr<void const> defaults;
};

namespace detail {

template <auto Variant, class T>
Alternative alternativeFor() {
    using Outer = ClassOf<Variant>;
    Alternative one;
    one.emplace = [](void* outer) -> void* {
        return &(static_cast<Outer*>(outer)->*Variant).template emplace<T>();
    };
    one.get = [](void const* outer) -> void const* {
        return std::get_if<T>(&(static_cast<Outer const*>(outer)->*Variant));
    };
    one.defaults = std::make_shared<T const>();
    return one;
}

} // namespace detail

/// An alternative of the variant member `Variant`, whose value under the tag is the member `Main`.
template <auto Variant, auto Main, class T>
Alternative alternative(std::string tag, Of<T> const& kind, std::string sentence,
                        std::vector<Field> beside = {}) {
    auto one = detail::alternativeFor<Variant, detail::ClassOf<Main>>();
    one.main = field<Main>(tag, kind, sentence, Presence::Required);
    one.tag = std::move(tag);
    one.sentence = std::move(sentence);
    one.beside = std::move(beside);
    return one;
}

/// An alternative whose value under the tag is the whole struct.
template <auto Variant, class T>
Alternative alternative(std::string tag, Of<T> const& kind, std::string sentence,
                        std::vector<Field> beside = {}) {
    auto one = detail::alternativeFor<Variant, T>();
    one.main = wholeField<T>(tag, kind, sentence, Presence::Required);
    one.tag = std::move(tag);
    one.sentence = std::move(sentence);
    one.beside = std::move(beside);
    return one;
}

struct TaggedTable {
    std::string name; // "step"
    std::string sentence;
    std::vector<Field> common; // rows of the struct around the variant
    std::vector<Alternative> alternatives;
    AfterReading after;
};

class TaggedKind : public Kind {
public:
    TaggedKind(TaggedTable table, std::shared_ptr<void const> defaults);

    void read(Node const& node, void* value, Reading& reading) const override;
    std::optional<Node> write(void const* value) const override;
    Json schema(Definitions& definitions) const override;
    std::string name() const override { return table_.name; }
    KindPtr child(std::string_view key) const override;
    std::vector<std::string> keys() const override;
    bool takesNewKeys() const override { return true; }
    std::vector<KindPtr> parts() const override;

    TaggedTable const& table() const { return table_; }
    std::vector<std::string> tags() const;

private:
    Alternative const* findTag(std::string_view tag) const;
    Alternative const* chosen(Node const& map, Reading& reading) const;

    TaggedTable table_;
    std::shared_ptr<void const> defaults_;
};

template <class T>
Of<T> tagged(TaggedTable table) {
    return {std::make_shared<TaggedKind>(std::move(table), std::make_shared<T const>())};
}

} // namespace shakedown::reading
