#pragma once

#include <nlohmann/json.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/reading/findings.hpp"
#include "scenarios/reading/node.hpp"

namespace shakedown::reading {

using Json = nlohmann::ordered_json;
class Kind;
class Definitions;
using KindPtr = std::shared_ptr<Kind const>;

/// What may stand in one place of the document: how it is read into a value, written from it, and
/// described. A kind works on `void*`, so that tables of fields can hold kinds of every type; the
/// typed wrapper Of<T> keeps them from being mixed up.
class Kind {
public:
    virtual ~Kind() = default;

    /// Reads into `value`; what is wrong is reported and the value left as it is.
    virtual void read(Node const& node, void* value, Reading& reading) const = 0;
    /// What is to be written; nothing for a value that says nothing (an empty optional).
    virtual std::optional<Node> write(void const* value) const = 0;
    virtual Json schema(Definitions& definitions) const = 0;
    /// For messages and the reference page: "duration", "list of steps".
    virtual std::string name() const = 0;
    /// "1 to 100,000"; empty if anything goes.
    virtual std::string range() const { return {}; }

    /// The kind under a key of a map or an item of a list; null if there can be none.
    virtual KindPtr child(std::string_view /*key*/) const { return nullptr; }
    /// The keys that can stand here, where they are known.
    virtual std::vector<std::string> keys() const { return {}; }
    /// The key that a value stands for which is not a map ("retry: 3" is attempts); may be empty.
    virtual std::string shortKey() const { return {}; }
    /// Whether a key that is not there yet may be made by an assignment.
    virtual bool takesNewKeys() const { return false; }
    /// The kinds it is made of, for walking through the table.
    virtual std::vector<KindPtr> parts() const { return {}; }
};

/// A kind for values of type T.
template <class T>
struct Of {
    KindPtr kind;
};

/// The named parts of the JSON Schema; each is described once.
class Definitions {
public:
    /// A reference to `#/$defs/name`, which `describe` makes at the first use.
    template <class F>
    Json refer(std::string const& name, F const& describe) {
        if (begin(name)) {
            finish(name, describe());
        }
        return reference(name);
    }
    Json take() { return std::move(definitions_); }

private:
    bool begin(std::string const& name);
    void finish(std::string const& name, Json schema);
    static Json reference(std::string const& name);
    Json definitions_ = Json::object();
};

/// A kind that is looked up when it is used, because it holds itself (steps within steps).
class LaterKind : public Kind {
public:
    explicit LaterKind(KindPtr (*find)()) : find_(find) {}
    void read(Node const& node, void* value, Reading& reading) const override {
        find_()->read(node, value, reading);
    }
    std::optional<Node> write(void const* value) const override { return find_()->write(value); }
    Json schema(Definitions& definitions) const override;
    std::string name() const override { return find_()->name(); }
    KindPtr child(std::string_view key) const override { return find_()->child(key); }
    std::vector<std::string> keys() const override { return find_()->keys(); }
    std::string shortKey() const override { return find_()->shortKey(); }
    bool takesNewKeys() const override { return find_()->takesNewKeys(); }
    std::vector<KindPtr> parts() const override { return {find_()}; }

private:
    KindPtr (*find_)();
};

/// "a service", "an operation".
std::string withArticle(std::string const& name);

/// Reports that something else than `wanted` stands here.
void reportShape(Node const& node, std::string const& wanted, Reading& reading,
                 std::string hint = {});

} // namespace shakedown::reading
