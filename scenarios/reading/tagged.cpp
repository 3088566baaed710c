#include "scenarios/reading/tagged.hpp"

#include <algorithm>

#include "scenarios/reading/codes.hpp"

namespace shakedown::reading {

TaggedKind::TaggedKind(TaggedTable table, std::shared_ptr<void const> defaults)
    : table_(std::move(table)), defaults_(std::move(defaults)) {}

std::vector<std::string> TaggedKind::tags() const {
    std::vector<std::string> names;
    for (auto const& one : table_.alternatives) {
        names.push_back(one.tag);
    }
    return names;
}

std::vector<std::string> TaggedKind::keys() const {
    auto names = reading::namesOf(table_.common);
    for (auto const& one : table_.alternatives) {
        names.push_back(one.tag);
    }
    return names;
}

Alternative const* TaggedKind::findTag(std::string_view tag) const {
    auto const found = std::find_if(table_.alternatives.begin(), table_.alternatives.end(),
                                    [&](Alternative const& one) { return one.tag == tag; });
    return found == table_.alternatives.end() ? nullptr : &*found;
}

// The one alternative whose tag is a key of the map.
Alternative const* TaggedKind::chosen(Node const& map, Reading& reading) const {
    auto const common = reading::namesOf(table_.common);
    Alternative const* found = nullptr;
    MapEntry const* stranger = nullptr;
    for (auto const& entry : map.entries()) {
        Alternative const* const one = findTag(entry.key.text());
        if (one == nullptr) {
            bool const isCommon =
                std::find(common.begin(), common.end(), entry.key.text()) != common.end();
            stranger = stranger == nullptr && !isCommon ? &entry : stranger;
            continue;
        }
        if (found != nullptr) {
            reading.findings.error(codes::badVerb, entry.key.place(),
                                   withArticle(table_.name) + " is one thing: '" + found->tag
                                       + "' or '" + one->tag + "'",
                                   "make two of it");
            return nullptr;
        }
        found = one;
    }
    if (found == nullptr && stranger != nullptr) {
        reading.findings.error(codes::badVerb, stranger->key.place(),
                               "no " + table_.name + " is called '" + stranger->key.text() + "'",
                               didYouMean(stranger->key.text(), keys()));
    } else if (found == nullptr) {
        reading.findings.error(codes::badVerb, map.place(),
                               "this " + table_.name + " does not say what it is",
                               didYouMean("", tags()));
    }
    return found;
}

void TaggedKind::read(Node const& node, void* value, Reading& reading) const {
    if (node.isScalar()) {
        Alternative const* const one = findTag(node.text());
        if (one != nullptr && one->bare == Bare::Allowed) {
            one->emplace(value);
            return;
        }
        auto const space = node.text().find(' ');
        std::string const first = node.text().substr(0, space);
        std::string const hint = one != nullptr ? "write '" + one->tag + ": ...'"
                                 : findTag(first) != nullptr
                                     ? "write '" + first + ":" + node.text().substr(space) + "'"
                                     : didYouMean(first, tags());
        reading.findings.error(codes::badVerb, node.place(),
                               node.described() + " is no " + table_.name, hint);
        return;
    }
    if (!node.isMap()) {
        reportShape(node, withArticle(table_.name), reading, didYouMean("", tags()));
        return;
    }
    Alternative const* const one = chosen(node, reading);
    if (one == nullptr) {
        return;
    }
    auto others = reading::namesOf(one->beside);
    others.push_back(one->tag);
    readRows(table_.common, node, value, others, withArticle(table_.name) + " '" + one->tag + "'",
             reading);

    auto rows = one->beside;
    rows.push_back(one->main);
    readRows(rows, node, one->emplace(value), node.keys(), "'" + one->tag + "'", reading);
    if (table_.after) {
        table_.after(value, node, reading);
    }
}

std::optional<Node> TaggedKind::write(void const* value) const {
    Node map = Node::map();
    writeRows(table_.common, value, defaults_.get(), map);
    for (auto const& one : table_.alternatives) {
        void const* const content = one.get(value);
        if (content == nullptr) {
            continue;
        }
        if (one.bare == Bare::Allowed && map.entries().empty()) {
            return Node::scalar(one.tag);
        }
        auto written = one.main.kind->write(one.main.member(const_cast<void*>(content)));
        map.add(one.tag, written ? std::move(*written) : Node::map());
        writeRows(one.beside, content, one.defaults.get(), map);
    }
    return map;
}

Json TaggedKind::schema(Definitions& definitions) const {
    return definitions.refer(definitionName(table_.name), [&] {
        Json choices = Json::array();
        Json bare = Json::array();
        for (auto const& one : table_.alternatives) {
            if (one.bare == Bare::Allowed) {
                bare.push_back(one.tag);
                continue;
            }
            auto rows = one.beside;
            rows.insert(rows.begin(), one.main);
            Json object = {{"type", "object"}, {"additionalProperties", false}};
            object["properties"] = rowSchemas(joined(rows, table_.common), definitions);
            object["required"] = Json::array({one.tag});
            choices.push_back(std::move(object));
        }
        if (!bare.empty()) {
            choices.push_back(Json{{"enum", std::move(bare)}});
        }
        return Json{{"description", table_.sentence}, {"oneOf", std::move(choices)}};
    });
}

KindPtr TaggedKind::child(std::string_view key) const {
    for (auto const& row : table_.common) {
        if (row.name == key) {
            return row.kind;
        }
    }
    if (Alternative const* const one = findTag(key)) {
        return one->main.kind;
    }
    for (auto const& one : table_.alternatives) {
        for (auto const& row : one.beside) {
            if (row.name == key) {
                return row.kind;
            }
        }
    }
    return nullptr;
}

std::vector<KindPtr> TaggedKind::parts() const {
    std::vector<KindPtr> kinds;
    for (auto const& row : table_.common) {
        kinds.push_back(row.kind);
    }
    for (auto const& one : table_.alternatives) {
        kinds.push_back(one.main.kind);
        for (auto const& row : one.beside) {
            kinds.push_back(row.kind);
        }
    }
    return kinds;
}

} // namespace shakedown::reading
