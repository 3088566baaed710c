#include "scenarios/reading/record.hpp"

#include <algorithm>

#include "scenarios/reading/codes.hpp"

namespace shakedown::reading {

namespace {

// Rows reach their members by a path for reading and writing; writing only looks.
void const* memberOf(Field const& row, void const* record) {
    return row.member(const_cast<void*>(record));
}

Field const* findRow(std::vector<Field> const& rows, std::string_view key) {
    auto const found =
        std::find_if(rows.begin(), rows.end(), [&](Field const& row) { return row.name == key; });
    return found == rows.end() ? nullptr : &*found;
}

} // namespace

std::vector<Field> joined(std::vector<Field> first, std::vector<Field> second) {
    std::move(second.begin(), second.end(), std::back_inserter(first));
    return first;
}

std::vector<std::string> namesOf(std::vector<Field> const& rows) {
    std::vector<std::string> names;
    names.reserve(rows.size());
    for (auto const& row : rows) {
        names.push_back(row.name);
    }
    return names;
}

std::string definitionName(std::string const& name) {
    std::string result = name;
    std::replace_if(
        result.begin(), result.end(), [](char c) { return c == ' ' || c == '/'; }, '_');
    return result;
}

void readRows(std::vector<Field> const& rows, Node const& map, void* value,
              std::vector<std::string> const& others, std::string const& owner, Reading& reading) {
    for (auto const& [key, content] : map.entries()) {
        if (Field const* const row = findRow(rows, key.text())) {
            row->kind->read(content, row->member(value), reading);
            continue;
        }
        if (std::find(others.begin(), others.end(), key.text()) != others.end()) {
            continue;
        }
        auto known = namesOf(rows);
        known.insert(known.end(), others.begin(), others.end());
        reading.findings.error(codes::unknownKey, key.place(),
                               owner + " has no key '" + key.text() + "'",
                               didYouMean(key.text(), known));
    }
    for (auto const& row : rows) {
        if (row.presence == Presence::Required && map.find(row.name) == nullptr) {
            reading.findings.error(codes::missingKey, map.place(),
                                   owner + " needs '" + row.name + ":'", row.sentence);
        }
    }
}

void writeRows(std::vector<Field> const& rows, void const* value, void const* defaults, Node& map) {
    for (auto const& row : rows) {
        auto written = row.kind->write(memberOf(row, value));
        if (!written) {
            continue;
        }
        auto const byDefault = row.kind->write(memberOf(row, defaults));
        bool const isDefault = byDefault && sameContent(*written, *byDefault);
        if (!isDefault || row.presence == Presence::Required) {
            map.add(row.name, std::move(*written));
        }
    }
}

Json rowSchemas(std::vector<Field> const& rows, Definitions& definitions) {
    Json properties = Json::object();
    for (auto const& row : rows) {
        Json schema = row.kind->schema(definitions);
        schema["description"] = row.sentence;
        properties[row.name] = std::move(schema);
    }
    return properties;
}

RecordKind::RecordKind(Table table, std::shared_ptr<void const> defaults, KeepPlace keepPlace)
    : table_(std::move(table)), defaults_(std::move(defaults)), keepPlace_(std::move(keepPlace)) {}

Field const* RecordKind::row(std::string_view key) const {
    return findRow(table_.rows, key);
}

void RecordKind::readShort(Node const& node, void* value, Reading& reading) const {
    Field const* const target = row(table_.shortFor);
    target->kind->read(node, target->member(value), reading);
}

void RecordKind::read(Node const& node, void* value, Reading& reading) const {
    keepPlace_(value, node);
    if (node.isMap()) {
        readMap(node, value, reading);
    } else if (node.isEmpty()) {
        Node nothing = Node::map();
        nothing.setPlace(node);
        readMap(nothing, value, reading);
    } else if (!table_.shortFor.empty()) {
        readShort(node, value, reading);
    } else {
        reportShape(node, "a map for the " + table_.name, reading, didYouMean("", keys()));
    }
}

void RecordKind::readMap(Node const& map, void* value, Reading& reading) const {
    readRows(table_.rows, map, value, {}, withArticle(table_.name), reading);
    if (table_.after) {
        table_.after(value, map, reading);
    }
}

std::optional<Node> RecordKind::write(void const* value) const {
    Node map = Node::map();
    writeRows(table_.rows, value, defaults_.get(), map);
    bool const isShort =
        map.entries().size() == 1 && map.entries().front().key.text() == table_.shortFor;
    if (isShort && !map.entries().front().value.isMap()) {
        return map.entries().front().value;
    }
    return map;
}

Json RecordKind::schema(Definitions& definitions) const {
    return definitions.refer(definitionName(table_.name), [&] {
        Json object = {{"type", "object"}, {"additionalProperties", false}};
        object["description"] = table_.sentence;
        object["properties"] = rowSchemas(table_.rows, definitions);
        Json required = Json::array();
        for (auto const& one : table_.rows) {
            if (one.presence == Presence::Required) {
                required.push_back(one.name);
            }
        }
        if (!required.empty()) {
            object["required"] = std::move(required);
        }
        Json choices = Json::array({std::move(object)});
        if (!table_.shortFor.empty()) {
            choices.push_back(row(table_.shortFor)->kind->schema(definitions));
        }
        choices.push_back(Json{{"type", "null"}});
        return Json{{"anyOf", std::move(choices)}};
    });
}

KindPtr RecordKind::child(std::string_view key) const {
    Field const* const found = row(key);
    return found == nullptr ? nullptr : found->kind;
}

std::vector<std::string> RecordKind::keys() const {
    return namesOf(table_.rows);
}

std::vector<KindPtr> RecordKind::parts() const {
    std::vector<KindPtr> kinds;
    for (auto const& one : table_.rows) {
        kinds.push_back(one.kind);
    }
    return kinds;
}

std::optional<Node> RecordKind::defaultOf(Field const& one) const {
    void const* const source =
        table_.shownDefaults != nullptr ? table_.shownDefaults : defaults_.get();
    return one.kind->write(memberOf(one, source));
}

} // namespace shakedown::reading
