#include "scenarios/reading/fields.hpp"
#include "scenarios/reading/law_grammar.hpp"
#include "scenarios/reading/scalar_kinds.hpp"
#include "scenarios/reading/tagged.hpp"

namespace shakedown::reading {

namespace {

using namespace model;
using WaitSpan = std::variant<Distribution, LoadDependent>;

class WaitSpanKind : public Kind {
public:
    void read(Node const& node, void* value, Reading& reading) const override {
        auto& span = *static_cast<WaitSpan*>(value);
        if (!node.isScalar() || !isLoadDependent(node.text())) {
            Distribution distribution;
            varying().kind->read(node, &distribution, reading);
            span = std::move(distribution);
            return;
        }
        auto const parsed = parseLoadDependent(node.text());
        if (!parsed) {
            reading.findings.errorIn(node, parsed.errors().front());
            return;
        }
        span = parsed.value();
    }
    std::optional<Node> write(void const* value) const override {
        return Node::scalar(std::visit([](auto const& span) { return toText(span); },
                                       *static_cast<WaitSpan const*>(value)));
    }
    Json schema(Definitions& definitions) const override {
        Json const dependent = {{"type", "string"}, {"pattern", R"(^load_dependent *\(.*\)$)"}};
        return {{"anyOf", Json::array({varying().kind->schema(definitions), dependent})}};
    }
    std::string name() const override { return "distribution or load_dependent(base, slope)"; }
};

// Under `call:` stands the callee, or a map with `to:` and policy keys. It is written as the callee
// alone, with the policy beside it.
class CallTargetKind : public Kind {
public:
    void read(Node const& node, void* value, Reading& reading) const override {
        if (node.isMap()) {
            asMap()->read(node, value, reading);
            Node const* const to = node.find("to");
            static_cast<Call*>(value)->place = to != nullptr ? to->place() : node.place();
            return;
        }
        static_cast<Call*>(value)->place = node.place();
        endpointName().kind->read(node, &static_cast<Call*>(value)->target, reading);
    }
    std::optional<Node> write(void const* value) const override {
        return endpointName().kind->write(&static_cast<Call const*>(value)->target);
    }
    Json schema(Definitions& definitions) const override {
        return {{"anyOf", Json::array({endpointName().kind->schema(definitions),
                                       asMap()->schema(definitions)})}};
    }
    std::string name() const override { return "service/endpoint"; }
    KindPtr child(std::string_view key) const override { return asMap()->child(key); }
    std::vector<std::string> keys() const override { return asMap()->keys(); }
    std::string shortKey() const override { return "to"; }
    bool takesNewKeys() const override { return true; }

private:
    static KindPtr asMap() {
        static KindPtr const kind =
            record<Call>({"call with policy",
                          "A call written as a map.",
                          joined({field<&Call::target>("to", endpointName(),
                                                       "The service, or service/endpoint.",
                                                       Presence::Required)},
                                 inlined<&Call::overrides>(callPolicyRows())),
                          "",
                          {},
                          nullptr})
                .kind;
        return kind;
    }
};

// `reply` has nothing to say.
class NothingKind : public Kind {
public:
    void read(Node const& node, void*, Reading& reading) const override {
        if (!node.isEmpty()) {
            reportShape(node, "no value", reading, "write the word alone: '- reply'");
        }
    }
    std::optional<Node> write(void const*) const override { return Node(); }
    Json schema(Definitions&) const override { return {{"type", "null"}}; }
    std::string name() const override { return "nothing"; }
};

Of<Steps> laterSteps() {
    return {std::make_shared<LaterKind>([] { return stepsKind().kind; })};
}

// A branch is one step or a list of them.
Of<Steps> branchKind() {
    class Branch : public Kind {
    public:
        void read(Node const& node, void* value, Reading& reading) const override {
            if (node.isList()) {
                stepsKind().kind->read(node, value, reading);
                return;
            }
            Node list = Node::list();
            list.setPlace(node);
            list.append(node);
            stepsKind().kind->read(list, value, reading);
        }
        std::optional<Node> write(void const* value) const override {
            auto list = stepsKind().kind->write(value);
            return list->items().size() == 1 ? Node(list->items().front()) : list;
        }
        Json schema(Definitions& definitions) const override {
            KindPtr const steps = stepsKind().kind;
            return {{"anyOf", Json::array({steps->child("0")->schema(definitions),
                                           steps->schema(definitions)})}};
        }
        std::string name() const override { return "step or list of steps"; }
        KindPtr child(std::string_view key) const override {
            KindPtr const steps = stepsKind().kind;
            bool const isIndex = key.find_first_not_of("0123456789") == std::string_view::npos;
            return isIndex ? steps->child(key) : steps->child("0")->child(key);
        }
    };
    return {std::make_shared<Branch>()};
}

Of<Option> optionKind() {
    return record<Option>(
        {"option",
         "One way of several.",
         {field<&Option::p>("p", share(), "How likely it is.", Presence::Required),
          field<&Option::steps>("do", laterSteps(), "What is done then.", Presence::Required)},
         "",
         {},
         nullptr});
}

Of<Repeat> repeatKind() {
    return record<Repeat>(
        {"repeat",
         "Steps that are done several times, one after another.",
         {field<&Repeat::times>("times", count({0, 10'000}), "How often.", Presence::Required),
          field<&Repeat::steps>("do", laterSteps(), "What is done each time.", Presence::Required)},
         "",
         {},
         nullptr});
}

Of<Cache> cacheKind() {
    return record<Cache>(
        {"cache",
         "An answer from memory, or the steps of a miss. Either a fixed share of hits, or a real "
         "cache.",
         {field<&Cache::name>("name", nameOf("cache"), "Its name, for faults and pictures."),
          field<&Cache::hit>("hit", share(), "The share of hits."),
          field<&Cache::size>("size", count(atLeast(1)), "Entries a real cache holds."),
          field<&Cache::ttl>("ttl", duration(NoneWord::Allowed), "How long an entry lives."),
          field<&Cache::miss>("miss", laterSteps(), "What is done on a miss.")},
         "",
         [](void*, Node const& map, Reading& reading) {
             if (map.find("hit") != nullptr && map.find("size") != nullptr) {
                 reading.findings.error(codes::contradictingKeys, map.entry("size")->key.place(),
                                        "'hit' and 'size' exclude each other",
                                        "a fixed share of hits, or a real cache");
             }
         },
         nullptr});
}

Alternative replyAlternative() {
    auto reply = alternative<&Step::what, Reply>(
        "reply", Of<Reply>{std::make_shared<NothingKind>()}, "Answers now and goes on working.");
    reply.bare = Bare::Allowed;
    return reply;
}

std::vector<Alternative> alternatives() {
    return {
        alternative<&Step::what, &Work::amount>("work", varying(),
                                                "CPU time: holds a worker and a core."),
        alternative<&Step::what, &Wait::span>(
            "wait", Of<WaitSpan>{std::make_shared<WaitSpanKind>()},
            "Time that holds a worker but no core; `load_dependent(base, slope)` grows with the "
            "requests in service."),
        alternative<&Step::what, Call>(
            "call", Of<Call>{std::make_shared<CallTargetKind>()},
            "Calls a service and waits for the answer. Keys of the call's policy may stand beside "
            "it and win over the rules of `calls:`.",
            inlined<&Call::overrides>(callPolicyRows())),
        alternative<&Step::what, &Parallel::branches>(
            "parallel", listOf(branchKind(), "branches"),
            "Branches at the same time; waits until every one has ended.",
            {field<&Parallel::need>("need", orWord(count(atLeast(1)), "all"),
                                    "Branches that must succeed; all if not said. Fewer than all "
                                    "make the answer degraded."),
             field<&Parallel::when>("return", word<Return>(),
                                    "`early` answers at the `need`-th success.")}),
        alternative<&Step::what, &Choose::options>(
            "choose", listOf(optionKind(), "options"),
            "One of the options by chance; what is left up to 100 % does nothing."),
        alternative<&Step::what, Repeat>("repeat", repeatKind(),
                                         "Steps several times, one after another."),
        alternative<&Step::what, Cache>("cache", cacheKind(),
                                        "An answer from memory, or the steps of a miss."),
        alternative<&Step::what, &Publish::topic>("publish", nameOf("topic"),
                                                  "Puts a message into a topic."),
        alternative<&Step::what, &Fail::share>("fail", share(), "Fails with this chance."),
        replyAlternative(),
        alternative<&Step::what, &Optional::steps>(
            "optional", laterSteps(),
            "A failure inside degrades the answer instead of failing it."),
    };
}

} // namespace

Of<Steps> stepsKind() {
    static Of<Steps> const kind = listOf(
        tagged<Step>({"step", "What a request does next.", {}, alternatives(), {}}), "steps");
    return kind;
}

} // namespace shakedown::reading
