#include "gui/editor/completion.hpp"

#include <algorithm>

#include "scenarios/checking/call_sites.hpp"
#include "scenarios/reading/schema.hpp"

namespace shakedown::gui {

namespace {

using Json = nlohmann::ordered_json;
using Schemas = std::vector<Json const*>;

Json const& schema() {
    static Json const whole = reading::jsonSchema();
    return whole;
}

// Every alternative of a schema that is one itself, references followed. Nesting is that of the
// format, which is bounded.
void spread(Json const& node, Schemas& into) {
    if (auto const reference = node.find("$ref"); reference != node.end()) {
        auto const name = reference->get<std::string>();
        spread(schema()["$defs"][name.substr(name.rfind('/') + 1)], into);
    }
    for (auto const* alternatives : {"anyOf", "oneOf"})
        if (auto const found = node.find(alternatives); found != node.end())
            for (auto const& each : *found)
                spread(each, into);
    into.push_back(&node);
}

Schemas below(Schemas const& above, QString const& key) {
    Schemas found;
    for (auto const* node : above) {
        if (key.isEmpty()) {
            if (node->contains("items"))
                spread((*node)["items"], found);
            continue;
        }
        auto const properties = node->find("properties");
        if (properties != node->end() && properties->contains(key.toStdString()))
            spread((*properties)[key.toStdString()], found);
        else if (node->contains("additionalProperties")
                 && (*node)["additionalProperties"].is_object())
            spread((*node)["additionalProperties"], found);
    }
    return found;
}

class Collector {
public:
    explicit Collector(QString word) : word_(std::move(word)) {}

    void add(QString const& text, QString const& about) {
        bool const isKnown = std::any_of(found_.begin(), found_.end(),
                                         [&](Completion const& c) { return c.text == text; });
        if (!isKnown && text.startsWith(word_, Qt::CaseInsensitive))
            found_.push_back({text, about});
    }
    std::vector<Completion> take() { return std::move(found_); }

private:
    QString word_;
    std::vector<Completion> found_;
};

void addKeys(Collector& to, Schemas const& at) {
    for (auto const* node : at) {
        auto const properties = node->find("properties");
        if (properties == node->end())
            continue;
        for (auto const& [key, value] : properties->items())
            to.add(QString::fromStdString(key) + ": ",
                   QString::fromStdString(value.value("description", "")));
    }
}

void addWords(Collector& to, Schemas const& at) {
    for (auto const* node : at) {
        if (auto const words = node->find("enum"); words != node->end())
            for (auto const& word : *words)
                if (word.is_string())
                    to.add(QString::fromStdString(word.get<std::string>()), {});
        if (auto const word = node->find("const"); word != node->end() && word->is_string())
            to.add(QString::fromStdString(word->get<std::string>()), {});
    }
}

void addServices(Collector& to, model::Scenario const& scenario) {
    for (auto const& service : scenario.services)
        to.add(QString::fromStdString(service.name), QString::fromStdString(service.about));
}

void addEndpoints(Collector& to, model::Scenario const& scenario) {
    for (auto const& service : scenario.services)
        for (auto const& endpoint : service.endpoints)
            to.add(QString::fromStdString(service.name + "/" + endpoint.name), {});
}

QStringList callsOf(model::Scenario const& scenario) {
    QStringList calls;
    for (auto const& site : checking::callSitesOf(scenario))
        calls.push_back(QString::fromStdString(site.caller + " -> " + site.callee.service));
    calls.removeDuplicates();
    return calls;
}

// Names where one is meant: of services, endpoints, calls.
void addNames(Collector& to, YamlContext const& context, model::Scenario const& scenario) {
    bool const isEvent =
        !context.path.empty() && (context.path[0] == "faults" || context.path[0] == "operations");
    auto const key = context.key.value_or(QString());
    if (key == "service" || key == "between" || key == "and")
        addServices(to, scenario);
    else if (key == "call" && isEvent)
        for (auto const& call : callsOf(scenario))
            to.add('"' + call + '"', {});
    else if (key == "call" || key == "to") {
        addServices(to, scenario);
        addEndpoints(to, scenario);
    }
}

} // namespace

std::vector<Completion> completionsAt(YamlContext const& context, model::Scenario const* scenario) {
    if (context.isNowhere)
        return {};
    Schemas at;
    spread(schema(), at);
    for (auto const& key : context.path)
        at = below(at, key);
    Collector collector(context.word);
    if (!context.key) {
        if (context.path.size() == 1 && context.path[0] == "calls" && scenario != nullptr)
            for (auto const& call : callsOf(*scenario))
                collector.add('"' + call + "\": ", "a call of this scenario");
        addKeys(collector, at);
        return collector.take();
    }
    if (scenario != nullptr)
        addNames(collector, context, *scenario);
    addWords(collector, below(at, *context.key));
    return collector.take();
}

} // namespace shakedown::gui
