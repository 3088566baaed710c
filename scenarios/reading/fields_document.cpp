#include "scenarios/reading/condition_grammar.hpp"
#include "scenarios/reading/fields.hpp"
#include "scenarios/reading/scalar_kinds.hpp"

namespace shakedown::reading {

namespace {

using namespace model;

/// The version of the format; there is one.
class VersionKind : public Kind {
public:
    void read(Node const& node, void*, Reading& reading) const override {
        if (!node.isScalar("1")) {
            reading.findings.error(codes::formatVersion, node.place(),
                                   node.described()
                                       + " is not a version of the format that is known here",
                                   "write 'shakedown: 1'");
        }
    }
    std::optional<Node> write(void const*) const override { return Node::scalar("1"); }
    Json schema(Definitions&) const override { return {{"const", 1}}; }
    std::string name() const override { return "1"; }
};

/// `include:` and `vars:` are done before the document is read; here they are only described.
class BeforehandKind : public Kind {
public:
    BeforehandKind(std::string name, Json schema)
        : name_(std::move(name)), schema_(std::move(schema)) {}
    void read(Node const&, void*, Reading&) const override {}
    std::optional<Node> write(void const*) const override { return std::nullopt; }
    Json schema(Definitions&) const override { return schema_; }
    std::string name() const override { return name_; }
    KindPtr child(std::string_view) const override { return text().kind; }

private:
    std::string name_;
    Json schema_;
};

Of<Scenario> includeKind() {
    Json const file = {{"type", "string"}};
    Json schema = {{"anyOf", Json::array({file, Json{{"type", "array"}, {"items", file}}})}};
    return {std::make_shared<BeforehandKind>("file or list of files", std::move(schema))};
}

Of<Scenario> varsKind() {
    Json schema = {
        {"type", "object"},
        {"additionalProperties", Json{{"type", Json::array({"string", "number", "boolean"})}}}};
    return {std::make_shared<BeforehandKind>("map of values", std::move(schema))};
}

Of<RunRules> runKind() {
    return record<RunRules>(
        {"run",
         "How long and how often it is simulated.",
         {field<&RunRules::lasts>("for", duration(NoneWord::Refused, {1e-9, 3e7}),
                                  "Length of the run, warm-up included."),
          field<&RunRules::warmup>("warmup", duration(),
                                   "Left out of every measure at the beginning."),
          field<&RunRules::seed>("seed", seedNumber(),
                                 "What chance begins with; the same seed gives the same run."),
          field<&RunRules::replications>(
              "replications", count({1, 10'000}),
              "Runs with different chance; their spread gives the confidence intervals.")},
         "",
         {},
         nullptr});
}

class ConditionKind : public Kind {
public:
    void read(Node const& node, void* value, Reading& reading) const override {
        if (!node.isScalar()) {
            reportShape(node, "a condition", reading, "such as p99(visitors) < 200ms");
            return;
        }
        auto parsed = parseCondition(node.text(), {"", 0, 1});
        if (!parsed) {
            reading.findings.errorIn(node, parsed.errors().front());
            return;
        }
        auto& condition = *static_cast<Condition*>(value);
        condition = std::move(parsed).value();
        // Where the text itself begins, behind a quote.
        condition.place = node.placeAt(1);
        condition.place.column -= condition.place.column > node.place().column ? 1 : 0;
    }
    std::optional<Node> write(void const* value) const override {
        return Node::scalar(static_cast<Condition const*>(value)->text);
    }
    Json schema(Definitions& definitions) const override {
        return definitions.refer("condition", [] {
            return Json{{"type", "string"},
                        {"description", "METRIC(SUBJECT) < VALUE [during FAULT | after FAULT | "
                                        "from T to T], or recovers(SUBJECT) within T of FAULT"}};
        });
    }
    std::string name() const override { return "condition"; }
};

} // namespace

Of<Condition> conditionKind() {
    return {std::make_shared<ConditionKind>()};
}

Of<Scenario> documentKind() {
    static Of<Scenario> const kind = record<Scenario>(
        {"scenario",
         "The whole document.",
         {wholeField<Scenario>("shakedown", Of<Scenario>{std::make_shared<VersionKind>()},
                               "The version of the format.", Presence::Required),
          wholeField<Scenario>("include", includeKind(),
                               "Files laid under this one: maps are merged, lists joined, what "
                               "this file says wins. They stand below the scenario's folder."),
          wholeField<Scenario>("vars", varsKind(), "Values for `${name}` anywhere in a value."),
          field<&Scenario::name>("name", text(), "What it is called; the file's name if not said."),
          field<&Scenario::about>("about", text(), "What it shows."),
          field<&Scenario::run>("run", runKind(), "How long and how often it is simulated."),
          field<&Scenario::services>(
              "services", namedMap<&Service::name>(nameOf("service"), serviceKind(), "services"),
              "The parts of the system, by name."),
          field<&Scenario::calls>("calls", callRulesKind(),
                                  "Policies of calls, by caller -> callee; `*` is any service. The "
                                  "more exact rule wins key by key."),
          field<&Scenario::topics>("topics",
                                   namedMap<&Topic::name>(nameOf("topic"), topicKind(), "topics"),
                                   "Queues and streams, by name."),
          field<&Scenario::loads>("load",
                                  namedMap<&Load::name>(nameOf("load"), loadKind(), "loads"),
                                  "Who asks, by name."),
          field<&Scenario::discovery>("discovery", discoveryKind(),
                                      "How callers learn which replicas there are."),
          field<&Scenario::platform>("platform", platformKind(), "Machines and networks."),
          field<&Scenario::faults>("faults", listOf(faultKind(), "faults"), "What goes wrong."),
          field<&Scenario::operations>("operations", listOf(operationKind(), "operations"),
                                       "What operators do."),
          field<&Scenario::expect>("expect", listOf(conditionKind(), "conditions", Single::Allowed),
                                   "What shall hold."),
          field<&Scenario::abort>("abort", listOf(conditionKind(), "conditions", Single::Allowed),
                                  "A live run that breaks one of these is stopped and taken back."),
          field<&Scenario::live>("live", liveKind(), "What only the agent needs."),
          field<&Scenario::lesson>("lesson", lessonKind(), "Text for teaching.")},
         "",
         {},
         nullptr});
    return kind;
}

} // namespace shakedown::reading
