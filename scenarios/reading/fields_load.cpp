#include <algorithm>

#include "scenarios/reading/fields.hpp"
#include "scenarios/reading/scalar_kinds.hpp"
#include "scenarios/reading/tagged.hpp"
#include "scenarios/vocabulary/quantity_text.hpp"

namespace shakedown::reading {

namespace {

using namespace model;

// `to: shop/buy` is a mix of one.
class ToKind : public Kind {
public:
    void read(Node const& node, void* value, Reading& reading) const override {
        MixEntry entry;
        endpointName().kind->read(node, &entry.to, reading);
        entry.place = node.place();
        *static_cast<std::vector<MixEntry>*>(value) = {std::move(entry)};
    }
    std::optional<Node> write(void const* value) const override {
        auto const& mix = *static_cast<std::vector<MixEntry> const*>(value);
        bool const isSimple = mix.size() == 1 && mix.front().weight == 1;
        return isSimple ? endpointName().kind->write(&mix.front().to) : std::nullopt;
    }
    Json schema(Definitions& definitions) const override {
        return endpointName().kind->schema(definitions);
    }
    std::string name() const override { return endpointName().kind->name(); }
};

Of<MixEntry> mixEntryKind() {
    return record<MixEntry>(
        {"mix entry",
         "One target of a mixed load.",
         {field<&MixEntry::to>("to", endpointName(), "The service, or service/endpoint.",
                               Presence::Required),
          field<&MixEntry::weight>("weight", number(),
                                   "Its share is its weight over all weights.")},
         "",
         {},
         nullptr});
}

// A list of { to, weight }, or a map of weights.
class MixKind : public Kind {
public:
    void read(Node const& node, void* value, Reading& reading) const override {
        auto& mix = *static_cast<std::vector<MixEntry>*>(value);
        if (!node.isMap()) {
            asList()->read(node, value, reading);
            return;
        }
        mix.clear();
        for (auto const& [key, content] : node.entries()) {
            MixEntry entry;
            endpointName().kind->read(key, &entry.to, reading);
            number().kind->read(content, &entry.weight, reading);
            entry.place = key.place();
            mix.push_back(std::move(entry));
        }
    }
    std::optional<Node> write(void const* value) const override {
        auto const& mix = *static_cast<std::vector<MixEntry> const*>(value);
        bool const isSimple = mix.size() == 1 && mix.front().weight == 1;
        return isSimple || mix.empty() ? std::nullopt : asList()->write(value);
    }
    Json schema(Definitions& definitions) const override {
        Json map = {{"type", "object"},
                    {"additionalProperties", number().kind->schema(definitions)}};
        return {{"anyOf", Json::array({asList()->schema(definitions), std::move(map)})}};
    }
    std::string name() const override { return "list of mix entries, or map of weights"; }
    KindPtr child(std::string_view key) const override {
        bool const isIndex = key.find_first_not_of("0123456789") == std::string_view::npos;
        return isIndex ? asList()->child(key) : number().kind;
    }
    std::vector<KindPtr> parts() const override { return {asList()}; }

private:
    static KindPtr asList() {
        static KindPtr const kind = listOf(mixEntryKind(), "mix entries").kind;
        return kind;
    }
};

// The shapes are tagged alternatives of a variant that stands in no struct of the model.
struct Shape {
    RateShape what;
};

Of<RateStep> rateStepKind() {
    return record<RateStep>(
        {"rate step",
         "A rate from an instant on.",
         {field<&RateStep::at>("at", duration(), "Since the load's start.", Presence::Required),
          field<&RateStep::rate>("rate", rate(), "The rate from then on.", Presence::Required)},
         "",
         {},
         nullptr});
}

void checkSteps(RateSteps const& shape, Node const& map, Reading& reading) {
    for (std::size_t i = 1; i < shape.steps.size(); ++i) {
        if (shape.steps[i].at <= shape.steps[i - 1].at) {
            reading.findings.error(codes::outOfRange, map.find("steps")->items()[i].place(),
                                   "the steps of a rate stand in order of time");
            return;
        }
    }
}

Of<RateRamp> rampKind() {
    return record<RateRamp>(
        {"ramp",
         "A rate that changes in a straight line, then stays.",
         {field<&RateRamp::from>("from", rate(), "Where it begins.", Presence::Required),
          field<&RateRamp::to>("to", rate(), "Where it ends.", Presence::Required),
          field<&RateRamp::over>("over", duration(), "How long it takes.", Presence::Required)},
         "",
         {},
         nullptr});
}

Of<RateSine> sineKind() {
    return record<RateSine>(
        {"sine",
         "A rate that swings: mean + amplitude x sin(2 pi t / period).",
         {field<&RateSine::mean>("mean", rate(), "Its middle.", Presence::Required),
          field<&RateSine::amplitude>("amplitude", rate(), "How far it swings; at most the mean.",
                                      Presence::Required),
          field<&RateSine::period>("period", duration(), "How long one swing takes.",
                                   Presence::Required)},
         "",
         [](void* value, Node const& map, Reading& reading) {
             auto const& sine = *static_cast<RateSine const*>(value);
             if (sine.amplitude > sine.mean) {
                 reading.findings.error(
                     codes::outOfRange, map.place(),
                     "the amplitude is above the mean: the rate would fall below 0");
             }
             if (map.find("period") != nullptr && sine.period <= Duration()) {
                 reading.findings.error(codes::outOfRange, map.find("period")->place(),
                                        "a period is longer than 0s");
             }
         },
         nullptr});
}

// Arrival instants from a file, one a line.
class TraceKind : public Kind {
public:
    void read(Node const& node, void* value, Reading& reading) const override {
        if (!node.isScalar()) {
            reportShape(node, "a file", reading);
            return;
        }
        auto const real = reading.sources.resolve(node.text(), node.file() ? *node.file() : "");
        if (!real) {
            reading.findings.errorIn(node, real.errors().front());
            return;
        }
        auto const values = reading.sources.durations(real.value());
        if (!values) {
            reading.findings.errorIn(node, values.errors().front());
            return;
        }
        std::vector<Duration> arrivals;
        arrivals.reserve(values.value()->size());
        for (double const seconds : *values.value()) {
            arrivals.push_back(Duration::fromSeconds(seconds));
        }
        if (!std::is_sorted(arrivals.begin(), arrivals.end())) {
            reading.findings.error(codes::badDataFile, node.place(),
                                   "the instants of a trace stand in order of time");
            return;
        }
        *static_cast<RateTrace*>(value) = {
            reading.sources.nameFromFolder(real.value()),
            std::make_shared<std::vector<Duration> const>(std::move(arrivals))};
    }
    std::optional<Node> write(void const* value) const override {
        return Node::scalar(static_cast<RateTrace const*>(value)->file);
    }
    Json schema(Definitions&) const override { return {{"type", "string"}}; }
    std::string name() const override { return "file"; }
};

Of<Shape> shapeKind() {
    static Of<Shape> const kind = tagged<Shape>(
        {"rate shape",
         "A rate that changes.",
         {},
         {alternative<&Shape::what, &RateSteps::steps>(
              "steps", listOf(rateStepKind(), "rate steps"),
              "From each instant on another rate; before the first none."),
          alternative<&Shape::what, RateRamp>("ramp", rampKind(),
                                              "In a straight line from one rate to another."),
          alternative<&Shape::what, RateSine>("sine", sineKind(), "Up and down."),
          alternative<&Shape::what, RateTrace>(
              "trace", Of<RateTrace>{std::make_shared<TraceKind>()},
              "Arrival instants since the load's start from a file, one duration a line.")},
         [](void* value, Node const& map, Reading& reading) {
             if (auto const* steps = std::get_if<RateSteps>(&static_cast<Shape*>(value)->what)) {
                 checkSteps(*steps, map, reading);
             }
         }});
    return kind;
}

class RateShapeKind : public Kind {
public:
    void read(Node const& node, void* value, Reading& reading) const override {
        auto& shape = *static_cast<std::optional<RateShape>*>(value);
        if (node.isMap()) {
            Shape read;
            shapeKind().kind->read(node, &read, reading);
            shape = std::move(read.what);
            return;
        }
        ConstantRate constant;
        rate().kind->read(node, &constant.rate, reading);
        shape = constant;
    }
    std::optional<Node> write(void const* value) const override {
        auto const& shape = *static_cast<std::optional<RateShape> const*>(value);
        if (!shape) {
            return std::nullopt;
        }
        if (auto const* constant = std::get_if<ConstantRate>(&*shape)) {
            return Node::scalar(toText(constant->rate));
        }
        Shape const copy{*shape};
        return shapeKind().kind->write(&copy);
    }
    Json schema(Definitions& definitions) const override {
        return {{"anyOf", Json::array({rate().kind->schema(definitions),
                                       shapeKind().kind->schema(definitions)})}};
    }
    std::string name() const override { return "rate or rate shape"; }
    KindPtr child(std::string_view key) const override { return shapeKind().kind->child(key); }
    std::vector<std::string> keys() const override { return shapeKind().kind->keys(); }
    bool takesNewKeys() const override { return true; }
    std::vector<KindPtr> parts() const override { return {shapeKind().kind}; }
};

Of<KeyDistribution> keyKind() {
    return record<KeyDistribution>(
        {"key distribution",
         "Which keys the requests ask for. A bare number is how many there are.",
         {field<&KeyDistribution::keys>("keys", count({1, 100'000'000}),
                                        "How many different keys."),
          field<&KeyDistribution::zipf>("zipf", number(), "Exponent of Zipf's law; 0 is uniform.")},
         "keys",
         {},
         nullptr});
}

void checkLoad(void* value, Node const& map, Reading& reading) {
    auto const& load = *static_cast<Load const*>(value);
    bool const hasTo = map.find("to") != nullptr;
    bool const hasMix = map.find("mix") != nullptr;
    if (hasTo && hasMix) {
        reading.findings.error(codes::contradictingKeys, map.entry("mix")->key.place(),
                               "'to' and 'mix' exclude each other", "name every target in the mix");
    }
    if (!hasTo && !hasMix) {
        reading.findings.error(codes::missingKey, map.place(), "a load needs 'to:' or 'mix:'",
                               "to: SERVICE/ENDPOINT");
    }
    if (load.rate && load.users) {
        reading.findings.error(codes::contradictingKeys, map.entry("users")->key.place(),
                               "'rate' and 'users' exclude each other",
                               "a load is open (rate) or closed (users)");
    }
}

} // namespace

Of<std::optional<RateShape>> rateShapeKind() {
    return {std::make_shared<RateShapeKind>()};
}

Of<Load> loadKind() {
    static Of<Load> const kind = record<Load>(
        {"load",
         "Who asks, and how often: open (`rate`) or closed (`users`).",
         {field<&Load::mix>("to", Of<std::vector<MixEntry>>{std::make_shared<ToKind>()},
                            "What is asked: service/endpoint."),
          field<&Load::mix>("mix", Of<std::vector<MixEntry>>{std::make_shared<MixKind>()},
                            "Several targets with weights."),
          field<&Load::rate>("rate", rateShapeKind(),
                             "Requests per time, whether answers come or not. Constant, or { "
                             "steps: [...] }, { ramp: {...} }, { sine: {...} }, { trace: file }."),
          field<&Load::arrivals>("arrivals", word<Arrivals>(), "How they are spread in time."),
          field<&Load::burst>("burst", count({1, 1'000'000}), "Requests an arrival, for bursts."),
          field<&Load::users>("users", count({1, 1'000'000}),
                              "Users who each wait for an answer, think and ask again."),
          field<&Load::think>("think", varying(), "How long a user thinks."),
          field<&Load::clients>(
              "clients", count({1, 1'000'000}),
              "Callers, each with its own budget, breaker and view of the replicas."),
          field<&Load::from>("from", duration(), "When it begins."),
          field<&Load::lasts>("for", duration(NoneWord::Allowed),
                              "How long it lasts; to the end of the run if not said."),
          field<&Load::key>("key", keyKind(),
                            "Which keys the requests ask for, for shards and caches."),
          field<&Load::priority>("priority", count(anyNumber()),
                                 "Higher goes first where queues have priorities."),
          field<&Load::apiKey>("api_key", text(), "The API key it shows at a gateway."),
          field<&Load::inTime>(
              "in_time", duration(NoneWord::Allowed),
              "A later answer is no goodput; the load's timeout if not said, else no limit.")},
         "",
         checkLoad,
         nullptr});
    return kind;
}

} // namespace shakedown::reading
