#include "scenarios/reading/condition_grammar.hpp"

#include <optional>

#include "scenarios/model/enum_names.hpp"
#include "scenarios/reading/codes.hpp"
#include "scenarios/reading/name_grammar.hpp"
#include "scenarios/reading/quantity_grammar.hpp"

namespace shakedown::reading {

namespace {

using namespace model;

constexpr auto form = "write METRIC(SUBJECT) < VALUE, such as p99(visitors) < 200ms, "
                      "with 'during FAULT', 'after FAULT' or 'from T to T' behind it";
constexpr auto recoveryForm = "write recovers(SUBJECT) within 10s of FAULT";

struct Word {
    std::string_view text;
    std::size_t offset = 0;
};

// Walks over the text; what goes wrong first is thrown and caught in parseCondition().
class Parser {
public:
    explicit Parser(std::string_view text) : text_(text) {}

    struct Failed {
        Diagnostic finding;
    };

    [[noreturn]] static void fail(char const* code, std::size_t offset, std::string message,
                                  std::string hint = {}) {
        throw Failed{textError(code, offset, std::move(message), std::move(hint))};
    }

    // A value of another grammar, which begins at `offset`.
    template <class T>
    static T take(Result<T> const& result, std::size_t offset) {
        if (!result) {
            Diagnostic finding = result.errors().front();
            finding.place.column += static_cast<int>(offset);
            throw Failed{std::move(finding)};
        }
        return result.value();
    }

    void skipSpaces() {
        while (at_ < text_.size() && text_[at_] == ' ') {
            ++at_;
        }
    }
    bool atEnd() {
        skipSpaces();
        return at_ >= text_.size();
    }

    Word word() {
        skipSpaces();
        std::size_t const start = at_;
        while (at_ < text_.size() && text_[at_] != ' ') {
            ++at_;
        }
        return {text_.substr(start, at_ - start), start};
    }

    Word upTo(char stop, std::string const& hint) {
        skipSpaces();
        std::size_t const start = at_;
        std::size_t const end = text_.find(stop, start);
        if (end == std::string_view::npos) {
            // It belongs behind the first word.
            word();
            fail(codes::conditionSyntax, at_, std::string("a '") + stop + "' is missing", hint);
        }
        at_ = end + 1;
        Word found{text_.substr(start, end - start), start};
        while (!found.text.empty() && found.text.back() == ' ') {
            found.text.remove_suffix(1);
        }
        return found;
    }

    void expectWord(std::string_view wanted, std::string const& hint) {
        Word const found = word();
        if (found.text != wanted) {
            fail(codes::conditionSyntax, found.offset,
                 "'" + std::string(wanted) + "' is expected here"
                     + (found.text.empty() ? "" : ", not '" + std::string(found.text) + "'"),
                 hint);
        }
    }

    std::optional<Comparison> comparison() {
        skipSpaces();
        std::string_view const rest = text_.substr(at_);
        for (auto const wanted : {Comparison::LessOrEqual, Comparison::GreaterOrEqual,
                                  Comparison::Less, Comparison::Greater}) {
            if (rest.starts_with(toText(wanted))) {
                at_ += toText(wanted).size();
                return wanted;
            }
        }
        return std::nullopt;
    }

    std::size_t offset() const { return at_; }

private:
    std::string_view text_;
    std::size_t at_ = 0;
};

std::string_view unitWord(ValueUnit unit) {
    switch (unit) {
    case ValueUnit::Seconds:
        return "a duration such as 200ms";
    case ValueUnit::PerSecond:
        return "a rate such as 50/s";
    case ValueUnit::Share:
        return "a share such as 1%";
    case ValueUnit::Count:
        break;
    }
    return "a bare number";
}

// Goodput may be a share of what was offered; outcomes that are shares may be counted.
bool fits(Metric metric, ValueUnit unit) {
    bool const isCountedOutcome = metric == Metric::Errors || metric == Metric::Degraded
                                  || metric == Metric::Rejected || metric == Metric::Timeouts;
    return unit == unitOf(metric) || (metric == Metric::Goodput && unit == ValueUnit::Share)
           || (isCountedOutcome && unit == ValueUnit::Count);
}

std::optional<std::pair<double, ValueUnit>> anyValue(std::string_view text) {
    if (auto const seconds = parseSeconds(text)) {
        return std::pair(seconds.value(), ValueUnit::Seconds);
    }
    if (auto const rate = parseRate(text)) {
        return std::pair(rate.value().perSecond(), ValueUnit::PerSecond);
    }
    if (auto const share = parseRatio(text)) {
        return std::pair(share.value().value(), ValueUnit::Share);
    }
    if (auto const number = parseNumber(text)) {
        return std::pair(number.value(), ValueUnit::Count);
    }
    return std::nullopt;
}

// What the grammar of the unit says about a text that is no value at all.
[[noreturn]] void failOfUnit(Word const& word, ValueUnit unit) {
    switch (unit) {
    case ValueUnit::Seconds:
        Parser::take(parseSeconds(word.text), word.offset);
        break;
    case ValueUnit::PerSecond:
        Parser::take(parseRate(word.text), word.offset);
        break;
    case ValueUnit::Share:
        Parser::take(parseRatio(word.text), word.offset);
        break;
    case ValueUnit::Count:
        Parser::take(parseNumber(word.text), word.offset);
        break;
    }
    Parser::fail(codes::badQuantity, word.offset,
                 std::string(unitWord(unit)) + " is expected here");
}

Subject subjectOf(Word const& word, Metric const* metric) {
    Subject subject;
    subject.name = std::string(word.text);
    if (word.text.empty()) {
        Parser::fail(codes::conditionSyntax, word.offset,
                     "a subject is expected between the brackets", form);
    }
    if (metric != nullptr && *metric == Metric::BlastRadius) {
        subject.kind = SubjectKind::Fault;
        Parser::take(parseName(word.text), word.offset);
    } else if (word.text.find("->") != std::string_view::npos) {
        subject.kind = SubjectKind::Call;
        subject.name = model::toText(Parser::take(parseCallName(word.text), word.offset));
    } else if (word.text.find('/') != std::string_view::npos) {
        subject.kind = SubjectKind::Endpoint;
        Parser::take(parseEndpointName(word.text), word.offset);
    } else {
        Parser::take(parseName(word.text), word.offset);
    }
    return subject;
}

Metric metricOf(Word const& word) {
    std::vector<std::string> known{"recovers"};
    for (auto const& named : model::namesOf<Metric>()) {
        if (named.name == word.text) {
            return named.value;
        }
        known.emplace_back(named.name);
    }
    bool const isPercentile = word.text.size() > 1 && word.text.front() == 'p'
                              && word.text.find_first_not_of("0123456789.", 1) == word.text.npos;
    if (isPercentile) {
        Parser::fail(codes::unknownMetric, word.offset,
                     "no metric is called '" + std::string(word.text) + "'",
                     "the percentiles are p50, p90, p95, p99 and p999");
    }
    auto const nearest = nearestWord(std::string(word.text), known);
    Parser::fail(codes::unknownMetric, word.offset,
                 "no metric is called '" + std::string(word.text) + "'",
                 nearest ? "did you mean '" + *nearest + "'?" : form);
}

Window windowOf(Parser& parser) {
    if (parser.atEnd()) {
        return WholeRun{};
    }
    Word const first = parser.word();
    if (first.text == "during" || first.text == "after") {
        Word const event = parser.word();
        std::string const name = Parser::take(parseName(event.text), event.offset);
        return first.text == "during" ? Window(DuringEvent{name}) : Window(AfterEvent{name});
    }
    if (first.text != "from") {
        auto const nearest = nearestWord(std::string(first.text), {"during", "after", "from"});
        Parser::fail(codes::conditionSyntax, first.offset,
                     "'" + std::string(first.text) + "' cannot stand here",
                     nearest ? "did you mean '" + *nearest + "'?" : form);
    }
    Word const from = parser.word();
    Duration const start = Parser::take(parseDuration(from.text), from.offset);
    parser.expectWord("to", form);
    Word const to = parser.word();
    Duration const end = Parser::take(parseDuration(to.text), to.offset);
    if (end <= start) {
        Parser::fail(codes::outOfRange, to.offset, "this window ends before it begins");
    }
    return FromTo{start, end};
}

void expectEnd(Parser& parser) {
    if (!parser.atEnd()) {
        Word const rest = parser.word();
        Parser::fail(codes::conditionSyntax, rest.offset,
                     "'" + std::string(rest.text) + "' cannot stand behind a whole condition",
                     form);
    }
}

RecoveryCondition recovery(Parser& parser) {
    RecoveryCondition condition;
    condition.subject = subjectOf(parser.upTo(')', recoveryForm), nullptr);
    parser.expectWord("within", recoveryForm);
    Word const within = parser.word();
    condition.within = Parser::take(parseDuration(within.text), within.offset);
    if (condition.within.isNone()) {
        Parser::fail(codes::badQuantity, within.offset, "a recovery needs a limit", recoveryForm);
    }
    parser.expectWord("of", recoveryForm);
    Word const event = parser.word();
    condition.event = Parser::take(parseName(event.text), event.offset);
    return condition;
}

MetricCondition comparisonOf(Parser& parser, Word const& name) {
    MetricCondition condition;
    condition.metric = metricOf(name);
    condition.subject = subjectOf(parser.upTo(')', form), &condition.metric);
    auto const comparison = parser.comparison();
    if (!comparison) {
        Parser::fail(codes::conditionSyntax, parser.offset(), "one of < <= > >= is expected here",
                     form);
    }
    condition.comparison = *comparison;
    Word const written = parser.word();
    auto const value = anyValue(written.text);
    if (!value) {
        failOfUnit(written, unitOf(condition.metric));
    }
    if (!fits(condition.metric, value->second)) {
        Parser::fail(codes::unitOfMetric, written.offset,
                     std::string(toText(condition.metric)) + " is compared with "
                         + std::string(unitWord(unitOf(condition.metric))) + ", not with '"
                         + std::string(written.text) + "'");
    }
    condition.value = value->first;
    condition.unit = value->second;
    condition.window = windowOf(parser);
    return condition;
}

Diagnostic placed(Diagnostic finding, Place const& place) {
    int const offset = finding.place.column - 1;
    finding.place = place;
    if (place.column > 0) {
        finding.place.column += offset;
    }
    return finding;
}

} // namespace

ValueUnit unitOf(Metric metric) {
    switch (metric) {
    case Metric::P50:
    case Metric::P90:
    case Metric::P95:
    case Metric::P99:
    case Metric::P999:
    case Metric::Mean:
    case Metric::Max:
    case Metric::Lag:
        return ValueUnit::Seconds;
    case Metric::Throughput:
    case Metric::Goodput:
        return ValueUnit::PerSecond;
    case Metric::Errors:
    case Metric::Degraded:
    case Metric::Rejected:
    case Metric::Timeouts:
    case Metric::Utilisation:
    case Metric::Open:
    case Metric::Availability:
        return ValueUnit::Share;
    case Metric::Queue:
    case Metric::Amplification:
    case Metric::BlastRadius:
        return ValueUnit::Count;
    }
    return ValueUnit::Count;
}

Result<Condition> parseCondition(std::string_view text, Place const& place) {
    try {
        Parser parser(text);
        Word const name = parser.upTo('(', form);
        Condition condition;
        if (name.text == "recovers") {
            condition.what = recovery(parser);
        } else {
            condition.what = comparisonOf(parser, name);
        }
        expectEnd(parser);
        condition.text = std::string(text);
        condition.place = place;
        return condition;
    } catch (Parser::Failed const& failed) {
        return placed(failed.finding, place);
    }
}

Result<std::string> parseMeasure(std::string_view text, Place const& place) {
    try {
        Parser parser(text);
        Metric const metric = metricOf(parser.upTo('(', form));
        subjectOf(parser.upTo(')', form), &metric);
        windowOf(parser);
        expectEnd(parser);
        return std::string(text);
    } catch (Parser::Failed const& failed) {
        return placed(failed.finding, place);
    }
}

} // namespace shakedown::reading
