#include "scenarios/reading/fields_target.hpp"

#include <algorithm>

#include "scenarios/reading/quantity_grammar.hpp"
#include "scenarios/vocabulary/overloaded.hpp"
#include "scenarios/vocabulary/quantity_text.hpp"

namespace shakedown::reading {

namespace {

using namespace model;

class ReplicaChoiceKind : public Kind {
public:
    void read(Node const& node, void* value, Reading& reading) const override {
        auto& choice = *static_cast<ReplicaChoice*>(value);
        if (node.isList()) {
            ReplicaList list;
            listOf(count(), "replica numbers").kind->read(node, &list.numbers, reading);
            choice = std::move(list);
        } else if (node.isScalar("all")) {
            choice = AllReplicas{};
        } else if (node.isScalar() && node.text().ends_with('%')) {
            ReplicaShare share{Ratio::of(1)};
            reading::share().kind->read(node, &share.share, reading);
            choice = share;
        } else if (node.isScalar() && parseNumber(node.text())) {
            ReplicaCount number;
            count(atLeast(1)).kind->read(node, &number.count, reading);
            choice = number;
        } else {
            reportShape(node, "all, a number, a share or a list of replica numbers", reading);
        }
    }
    std::optional<Node> write(void const* value) const override {
        return std::visit(
            Overloaded{[](AllReplicas) { return Node::scalar("all"); },
                       [](ReplicaCount c) { return Node::scalar(std::to_string(c.count)); },
                       [](ReplicaShare s) { return Node::scalar(toText(s.share)); },
                       [](ReplicaList const& list) {
                           Node node = Node::list();
                           for (int const n : list.numbers) {
                               node.append(Node::scalar(std::to_string(n)));
                           }
                           return node;
                       }},
            *static_cast<ReplicaChoice const*>(value));
    }
    Json schema(Definitions& definitions) const override {
        return definitions.refer("replicas", [&] {
            Json choices = Json::array(
                {Json{{"const", "all"}}, count(atLeast(1)).kind->schema(definitions),
                 share().kind->schema(definitions),
                 Json{{"type", "array"}, {"items", count().kind->schema(definitions)}}});
            return Json{{"anyOf", std::move(choices)}};
        });
    }
    std::string name() const override { return "all, count, share or list of counts"; }
};

} // namespace

Of<ReplicaChoice> replicaChoice() {
    return {std::make_shared<ReplicaChoiceKind>()};
}

AfterReading needsOneOf(std::vector<std::string> keys) {
    return [keys = std::move(keys)](void*, Node const& map, Reading& reading) {
        std::string list;
        MapEntry const* first = nullptr;
        for (auto const& key : keys) {
            list += (list.empty() ? "'" : key == keys.back() ? " or '" : ", '") + key + ":'";
            MapEntry const* const entry = map.entry(key);
            if (entry != nullptr && first != nullptr) {
                reading.findings.error(codes::contradictingKeys, entry->key.place(),
                                       "'" + first->key.text() + "' and '" + key
                                           + "' exclude each other",
                                       "keep one of them");
            }
            first = entry != nullptr ? entry : first;
        }
        if (first == nullptr) {
            reading.findings.error(codes::missingKey, map.place(), "a target is missing: " + list);
        }
    };
}

} // namespace shakedown::reading
