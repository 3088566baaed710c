#pragma once

#include <functional>
#include <string>
#include <type_traits>
#include <vector>

#include "scenarios/reading/collection_kinds.hpp"
#include "scenarios/reading/kind.hpp"

/// The field table: each field's name, kind (with unit and range), default and sentence stand once,
/// in a row; reader, writer, JSON Schema and reference page walk over the rows. Defaults are those
/// of a default-constructed struct.
namespace shakedown::reading {

enum class Presence : std::uint8_t { Optional, Required };

/// One row: a key of a map and the member it fills.
struct Field {
    std::string name;
    KindPtr kind;
    std::function<void*(void*)> member; // of the struct the row belongs to
    std::string sentence;
    Presence presence = Presence::Optional;
};

namespace detail {

template <class M>
struct MemberOf;
template <class C, class T>
struct MemberOf<T C::*> {
    using Class = C;
    using Type = T;
};
template <auto M>
using ClassOf = typename MemberOf<decltype(M)>::Class;
template <auto M>
using TypeOf = typename MemberOf<decltype(M)>::Type;

template <auto M>
void* memberOf(void* record) {
    return &(static_cast<ClassOf<M>*>(record)->*M);
}

template <auto First, auto... Rest>
std::function<void*(void*)> path() {
    return [](void* record) {
        void* member = memberOf<First>(record);
        ((member = memberOf<Rest>(member)), ...);
        return member;
    };
}

template <auto... Path>
struct LastOf;
template <auto Last>
struct LastOf<Last> {
    using Type = TypeOf<Last>;
};
template <auto First, auto... Rest>
struct LastOf<First, Rest...> : LastOf<Rest...> {};

template <class Member, class T>
KindPtr fitted(Of<T> const& of) {
    if constexpr (std::is_same_v<Member, T>) {
        return of.kind;
    } else {
        static_assert(std::is_same_v<Member, std::optional<T>>,
                      "this kind does not fit the member");
        return optionally(of).kind;
    }
}

} // namespace detail

/// A row for a member, or for a member of a member: field<&Crash::target, &Target::service>(...).
template <auto... Path, class T>
Field field(std::string name, Of<T> const& of, std::string sentence,
            Presence presence = Presence::Optional) {
    using Member = typename detail::LastOf<Path...>::Type;
    return {std::move(name), detail::fitted<Member>(of), detail::path<Path...>(),
            std::move(sentence), presence};
}

/// A row whose kind works on the whole struct.
template <class Record>
Field wholeField(std::string name, Of<Record> const& of, std::string sentence,
                 Presence presence = Presence::Optional) {
    return {std::move(name), of.kind, [](void* record) { return record; }, std::move(sentence),
            presence};
}

/// The rows of a member's own table, as keys of the struct around it.
template <auto... Path>
std::vector<Field> inlined(std::vector<Field> rows) {
    for (auto& row : rows) {
        row.member = [outer = detail::path<Path...>(),
                      inner = std::move(row.member)](void* record) { return inner(outer(record)); };
    }
    return rows;
}

std::vector<Field> joined(std::vector<Field> first, std::vector<Field> second);

/// Reports what the rows alone cannot see (keys that exclude each other).
using AfterReading = std::function<void(void* record, Node const& map, Reading& reading)>;

/// The description of a struct.
struct Table {
    std::string name;     // "circuit breaker"
    std::string sentence; // for the reference page
    std::vector<Field> rows;
    std::string shortFor; // the row that a value stands for which is not a map; may be empty
    AfterReading after;
    void const* shownDefaults = nullptr; // where defaults are not those of the struct itself
};

/// A struct as a map with the keys of its table.
class RecordKind : public Kind {
public:
    /// Writes a place into a record that keeps one; empty for others.
    using KeepPlace = std::function<void(void* record, Node const& node)>;

    RecordKind(Table table, std::shared_ptr<void const> defaults, KeepPlace keepPlace);

    void read(Node const& node, void* value, Reading& reading) const override;
    std::optional<Node> write(void const* value) const override;
    Json schema(Definitions& definitions) const override;
    std::string name() const override { return table_.name; }
    KindPtr child(std::string_view key) const override;
    std::vector<std::string> keys() const override;
    std::string shortKey() const override { return table_.shortFor; }
    bool takesNewKeys() const override { return true; }
    std::vector<KindPtr> parts() const override;

    Table const& table() const { return table_; }
    /// How the default of a row is written; empty if there is none.
    std::optional<Node> defaultOf(Field const& row) const;

private:
    Field const* row(std::string_view key) const;
    void readShort(Node const& node, void* value, Reading& reading) const;
    void readMap(Node const& map, void* value, Reading& reading) const;

    Table table_;
    std::shared_ptr<void const> defaults_;
    KeepPlace keepPlace_;
};

template <class T>
Of<T> record(Table table) {
    auto const keep = [](void* value, Node const& node) {
        keepPlace(*static_cast<T*>(value), node);
    };
    return {std::make_shared<RecordKind>(std::move(table), std::make_shared<T const>(), keep)};
}

/// Reads the rows from a map; keys in `others` belong to someone else.
void readRows(std::vector<Field> const& rows, Node const& map, void* value,
              std::vector<std::string> const& others, std::string const& owner, Reading& reading);
/// Writes the rows that differ from the defaults into a map.
void writeRows(std::vector<Field> const& rows, void const* value, void const* defaults, Node& map);
/// The `properties` of the rows.
Json rowSchemas(std::vector<Field> const& rows, Definitions& definitions);
std::vector<std::string> namesOf(std::vector<Field> const& rows);

/// A name as `#/$defs/` has it: "circuit breaker" is circuit_breaker.
std::string definitionName(std::string const& name);

} // namespace shakedown::reading
