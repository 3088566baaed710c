#include <set>

#include "scenarios/reading/codes.hpp"
#include "scenarios/reading/law_grammar.hpp"
#include "scenarios/reading/quantity_grammar.hpp"
#include "scenarios/reading/scalar_kinds.hpp"
#include "scenarios/vocabulary/quantity_text.hpp"

namespace shakedown::reading {

namespace {

constexpr auto numberPattern = R"((0|[1-9][0-9]*)(\.[0-9]+)?)";

// "(constant|exponential|...)", from the forms of the laws.
std::string lawNamesPattern() {
    std::set<std::string> names;
    for (auto const& form : lawForms()) {
        names.insert(form.substr(0, form.find('(')));
    }
    std::string pattern;
    for (auto const& name : names) {
        pattern += (pattern.empty() ? "(" : "|") + name;
    }
    return pattern + ")";
}

Json patternSchema(std::string const& pattern, std::string const& description) {
    return {{"type", "string"},
            {"pattern", std::string(variablePattern) + "|^(" + pattern + ")$"},
            {"description", description}};
}

/// A value with a text: parse and print are the grammar's.
template <class T>
struct Grammar {
    std::string name;
    std::string schemaName;
    Result<T> (*parse)(std::string_view);
    std::string (*print)(T const&);
    double (*base)(T const&); // in base units
    std::string (*bound)(double base);
    std::string pattern;
};

template <class T>
class QuantityKind : public Kind {
public:
    QuantityKind(Grammar<T> grammar, Bounds bounds, NoneWord none = NoneWord::Refused)
        : grammar_(std::move(grammar)), bounds_(bounds), none_(none) {}

    void read(Node const& node, void* value, Reading& reading) const override {
        if (!node.isScalar()) {
            reportShape(node, article(), reading);
            return;
        }
        auto const parsed = grammar_.parse(node.text());
        if (!parsed) {
            reading.findings.errorIn(node, parsed.errors().front());
            return;
        }
        if (node.isScalar("none") && none_ == NoneWord::Refused) {
            reading.findings.error(codes::badQuantity, node.place(),
                                   "'none' cannot stand here: a limit is needed");
            return;
        }
        double const base = grammar_.base(parsed.value());
        if (!node.isScalar("none") && (base < bounds_.least || base > bounds_.most)) {
            reading.findings.error(codes::outOfRange, node.place(), outOfRange(node));
            return;
        }
        *static_cast<T*>(value) = parsed.value();
    }

    std::optional<Node> write(void const* value) const override {
        return Node::scalar(grammar_.print(*static_cast<T const*>(value)));
    }

    Json schema(Definitions& definitions) const override {
        bool const isNoneAllowed = none_ == NoneWord::Allowed;
        bool const isSigned = bounds_.least < 0;
        std::string const definition =
            grammar_.schemaName + (isNoneAllowed ? "_or_none" : "") + (isSigned ? "_signed" : "");
        return definitions.refer(definition, [&] {
            return patternSchema((isNoneAllowed ? "none|" : "") + std::string(isSigned ? "-?" : "")
                                     + grammar_.pattern,
                                 name());
        });
    }

    std::string name() const override {
        return grammar_.name + (none_ == NoneWord::Allowed ? " or none" : "");
    }
    std::string range() const override { return rangeText(bounds_, grammar_.bound); }

private:
    std::string outOfRange(Node const& node) const {
        std::string const allowed = range();
        return "'" + node.text()
               + "' is out of range: " + (allowed.empty() ? "it cannot be negative" : allowed);
    }
    std::string article() const { return withArticle(grammar_.name); }

    Grammar<T> grammar_;
    Bounds bounds_;
    NoneWord none_;
};

/// A distribution; empirical files are opened through the sources.
class VaryingKind : public Kind {
public:
    void read(Node const& node, void* value, Reading& reading) const override {
        if (!node.isScalar()) {
            reportShape(node, "a duration or a distribution", reading);
            return;
        }
        auto const open = [&](std::string const& file) { return openFile(file, node, reading); };
        auto const parsed = parseDistribution(node.text(), open);
        if (!parsed) {
            reading.findings.errorIn(node, parsed.errors().front());
            return;
        }
        *static_cast<chance::Distribution*>(value) = parsed.value();
    }
    std::optional<Node> write(void const* value) const override {
        return Node::scalar(toText(*static_cast<chance::Distribution const*>(value)));
    }
    Json schema(Definitions& definitions) const override {
        return definitions.refer("distribution", [] {
            return patternSchema(std::string(numberPattern) + "(ns|us|ms|s|m|h|d)|"
                                     + lawNamesPattern() + R"( *\(.*\))",
                                 "a duration, or a distribution of durations");
        });
    }
    std::string name() const override { return "distribution"; }

private:
    static Result<chance::Empirical> openFile(std::string const& file, Node const& node,
                                              Reading& reading) {
        std::string const from = node.file() ? *node.file() : std::string();
        auto const real = reading.sources.resolve(file, from);
        if (!real) {
            Diagnostic finding = real.errors().front();
            finding.place = {"", 0, 1};
            return finding;
        }
        auto const values = reading.sources.durations(real.value());
        if (!values) {
            Diagnostic finding = values.errors().front();
            finding.place = {"", 0, 1};
            return finding;
        }
        return chance::Empirical{reading.sources.nameFromFolder(real.value()), values.value()};
    }
};

} // namespace

Of<Duration> duration(NoneWord none, Bounds bounds) {
    Grammar<Duration> grammar{"duration",
                              "duration",
                              parseDuration,
                              [](Duration const& d) { return shakedown::toText(d); },
                              [](Duration const& d) { return d.inSeconds(); },
                              [](double s) { return secondsText(s); },
                              std::string(numberPattern) + "(ns|us|ms|s|m|h|d)"};
    return {std::make_shared<QuantityKind<Duration>>(std::move(grammar), bounds, none)};
}

Of<Rate> rate() {
    Grammar<Rate> grammar{"rate",
                          "rate",
                          parseRate,
                          [](Rate const& r) { return shakedown::toText(r); },
                          [](Rate const& r) { return r.perSecond(); },
                          [](double r) { return shakedown::toText(Rate::perSecond(r)); },
                          std::string(numberPattern) + "/(s|min|h)"};
    return {std::make_shared<QuantityKind<Rate>>(std::move(grammar), Bounds{0, 1e9})};
}

Of<Bytes> bytes() {
    Grammar<Bytes> grammar{
        "size",
        "size",
        parseBytes,
        [](Bytes const& b) { return shakedown::toText(b); },
        [](Bytes const& b) { return static_cast<double>(b.count()); },
        [](double b) { return shakedown::toText(Bytes::of(static_cast<std::int64_t>(b))); },
        std::string(numberPattern) + "(B|KiB|MiB|GiB|kB|MB|GB)"};
    return {std::make_shared<QuantityKind<Bytes>>(std::move(grammar), atLeast(0))};
}

Of<Bandwidth> bandwidth() {
    Grammar<Bandwidth> grammar{
        "bandwidth",
        "bandwidth",
        parseBandwidth,
        [](Bandwidth const& b) { return shakedown::toText(b); },
        [](Bandwidth const& b) { return b.bitsPerSecond(); },
        [](double b) { return shakedown::toText(Bandwidth::bitsPerSecond(b)); },
        std::string(numberPattern) + "(bps|kbps|Mbps|Gbps)"};
    return {std::make_shared<QuantityKind<Bandwidth>>(std::move(grammar), Bounds{1, 1e15})};
}

Of<Ratio> share(double most) {
    Grammar<Ratio> grammar{"share",
                           "share",
                           parseRatio,
                           [](Ratio const& r) { return shakedown::toText(r); },
                           [](Ratio const& r) { return r.value(); },
                           [](double r) { return shakedown::toText(Ratio::of(r)); },
                           std::string(numberPattern) + "%"};
    return {std::make_shared<QuantityKind<Ratio>>(std::move(grammar), Bounds{0, most})};
}

Of<chance::Distribution> varying() {
    return {std::make_shared<VaryingKind>()};
}

} // namespace shakedown::reading
