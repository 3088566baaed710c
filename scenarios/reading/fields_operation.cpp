#include "scenarios/model/verbs.hpp"
#include "scenarios/reading/fields.hpp"
#include "scenarios/reading/fields_target.hpp"
#include "scenarios/reading/scalar_kinds.hpp"
#include "scenarios/reading/tagged.hpp"
#include "scenarios/reading/yaml_front.hpp"
#include "scenarios/reading/yaml_text.hpp"

namespace shakedown::reading {

namespace {

using namespace model;

template <class O>
Alternative operation(std::string sentence, std::vector<Field> rows, AfterReading after = {}) {
    std::string const verb(operationVerb<O>());
    Of<O> const kind =
        record<O>({"operation " + verb, sentence, std::move(rows), "", std::move(after), nullptr});
    return alternative<&Operation::what, O>(verb, kind, std::move(sentence));
}

template <class O>
std::vector<Field> onService() {
    auto rows = serviceTarget<&O::target>();
    rows.front().presence = Presence::Required;
    return rows;
}

template <class O>
std::vector<Field> onWholeService() {
    return {field<&O::target, &Target::service>("service", nameOf("service"), "The service.",
                                                Presence::Required)};
}

// Any piece of YAML, kept as text.
class ValueTextKind : public Kind {
public:
    void read(Node const& node, void* value, Reading&) const override {
        *static_cast<std::string*>(value) = flowText(node);
    }
    std::optional<Node> write(void const* value) const override {
        auto parsed = parseYaml(*static_cast<std::string const*>(value), "");
        return parsed.root ? std::move(*parsed.root)
                           : Node::scalar(*static_cast<std::string const*>(value));
    }
    Json schema(Definitions&) const override { return Json::object(); }
    std::string name() const override { return "any value"; }
};

// `set: { path: P, value: V }`, or short `set: { P: V }`.
class SetKind : public Kind {
public:
    void read(Node const& node, void* value, Reading& reading) const override {
        bool const isShort = node.isMap() && node.entries().size() == 1
                             && node.find("path") == nullptr && node.find("value") == nullptr;
        if (!isShort) {
            table()->read(node, value, reading);
            return;
        }
        auto& set = *static_cast<Set*>(value);
        set.path = node.entries().front().key.text();
        set.value = flowText(node.entries().front().value);
    }
    std::optional<Node> write(void const* value) const override { return table()->write(value); }
    Json schema(Definitions& definitions) const override {
        Json shortForm = {{"type", "object"}, {"minProperties", 1}, {"maxProperties", 1}};
        return {{"anyOf", Json::array({table()->schema(definitions), std::move(shortForm)})}};
    }
    std::string name() const override { return "operation set"; }
    KindPtr child(std::string_view key) const override { return table()->child(key); }
    std::vector<std::string> keys() const override { return table()->keys(); }
    std::vector<KindPtr> parts() const override { return {table()}; }

private:
    static KindPtr table() {
        static KindPtr const kind =
            record<Set>(
                {"operation set",
                 "Changes any number of the document from then on, until `for` is over. `set: { "
                 "PATH: VALUE }` is short for it.",
                 {field<&Set::path>("path", text(), "What: calls.site -> autos.timeout.",
                                    Presence::Required),
                  field<&Set::value>("value", Of<std::string>{std::make_shared<ValueTextKind>()},
                                     "What it becomes, as it would stand in the file.",
                                     Presence::Required)},
                 "",
                 {},
                 nullptr})
                .kind;
        return kind;
    }
};

Alternative deployOperation() {
    return operation<Deploy>(
        "Brings out a version.",
        joined(
            onWholeService<Deploy>(),
            {field<&Deploy::strategy>("strategy", word<DeployStrategy>(),
                                      "Rolling: replica by replica. Blue-green: all new ones "
                                      "beside the old, then a switch. Canary: a growing share."),
             field<&Deploy::version>("version", nameOf("version"),
                                     "Which of the service's versions."),
             field<&Deploy::maxSurge>("max_surge", share(10),
                                      "Rolling: replicas above the wanted number."),
             field<&Deploy::maxUnavailable>("max_unavailable", share(),
                                            "Rolling: replicas that may be missing."),
             field<&Deploy::canarySteps>("canary_steps", listOf(share(), "shares"),
                                         "Canary: its shares of the traffic, one after another."),
             field<&Deploy::stepTime>("step_time", duration(), "Canary: how long each step lasts."),
             field<&Deploy::rollbackWhen>("rollback_when", text(),
                                          "Canary: a condition that takes it back.")}));
}

std::vector<Alternative> operations() {
    return {
        deployOperation(),
        operation<Scale>(
            "Changes the number of replicas.",
            joined(onWholeService<Scale>(),
                   {field<&Scale::to>("to", count({0, 100'000}), "How many there are from then on.",
                                      Presence::Required)})),
        operation<FlipBreaker>(
            "Holds a circuit breaker by hand.",
            {field<&FlipBreaker::call>("call", callName(), "The call whose breaker it is.",
                                       Presence::Required),
             field<&FlipBreaker::state>("state", word<BreakerByHand>(),
                                        "Its state; auto again after `for`.")}),
        operation<Drain>("Replicas finish what they hold and take nothing new.",
                         onService<Drain>()),
        operation<Repave>(
            "Replaces every instance, wave by wave.",
            joined(onService<Repave>(),
                   {field<&Repave::wave>("wave", count(atLeast(1)), "Instances at once."),
                    field<&Repave::every>("pause", duration(), "Time between two waves.")})),
        operation<Rotate>("Changes credentials.",
                          joined(onService<Rotate>(),
                                 {field<&Rotate::overlap>("overlap", duration(),
                                                          "How long the old ones still work.")})),
        alternative<&Operation::what, Set>(std::string(operationVerb<Set>()),
                                           Of<Set>{std::make_shared<SetKind>()},
                                           "Changes any number of the document."),
        operation<ReplayEvents>(
            "Builds a projection again from its events.",
            {field<&ReplayEvents::projection>("projection", nameOf("projection"), "The projection.",
                                              Presence::Required)}),
    };
}

} // namespace

Of<Operation> operationKind() {
    static Of<Operation> const kind = tagged<Operation>(
        {"operation", "What operators plan and do.",
         joined({field<&Operation::name>(
                    "name", nameOf("operation"),
                    "For conditions and reports; made from verb and target if not said.")},
                inlined<&Operation::when>(timingRows())),
         operations(), [](void* value, Node const& map, Reading& reading) {
             auto& operation = *static_cast<Operation*>(value);
             operation.mentions = mentionsIn(map);
             checkTiming(operation.when, map, reading);
         }});
    return kind;
}

} // namespace shakedown::reading
