#include "scenarios/vectors/vectors.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "scenarios/reading/codes.hpp"
#include "scenarios/reading/text_check.hpp"
#include "scenarios/reading/yaml_front.hpp"

namespace shakedown::vectors {

using reading::Node;

namespace {

constexpr std::string_view formatName = "shakedown-vectors/1";
constexpr int mostRepetitions = 1'000'000;

// YAML 1.2 core schema; strtod's "inf" and "0x10" are names here.
std::optional<Value> numberOf(std::string const& text) {
    bool const mayBegin = !text.empty() && text.find_first_not_of("0123456789+-.eE") == text.npos;
    if (!mayBegin)
        return std::nullopt;
    char const* const first = text.data() + (text.front() == '+' ? 1 : 0);
    char const* const last = text.data() + text.size();
    std::uint64_t positive = 0;
    if (auto const [end, error] = std::from_chars(first, last, positive);
        error == std::errc() && end == last)
        return Value(positive);
    std::int64_t whole = 0;
    if (auto const [end, error] = std::from_chars(first, last, whole);
        error == std::errc() && end == last)
        return Value(whole);
    double real = 0;
    if (auto const [end, error] = std::from_chars(first, last, real);
        error == std::errc() && end == last && std::isfinite(real))
        return Value(real);
    return std::nullopt;
}

Value scalarOf(Node const& node) {
    std::string const& text = node.text();
    if (node.style() == Node::Style::Quoted)
        return text;
    if (text == "null" || text == "~")
        return nullptr;
    if (text == "true" || text == "false")
        return text == "true";
    if (auto number = numberOf(text))
        return *number;
    return text;
}

Value valueOf(Node const& node) {
    switch (node.shape()) {
    case Node::Shape::Empty:
        return nullptr;
    case Node::Shape::Scalar:
        return scalarOf(node);
    case Node::Shape::List: {
        Value list = Value::array();
        for (auto const& item : node.items())
            list.push_back(valueOf(item));
        return list;
    }
    case Node::Shape::Map: {
        Value map = Value::object();
        for (auto const& entry : node.entries())
            map[entry.key.text()] = valueOf(entry.value);
        return map;
    }
    }
    return nullptr;
}

class SuiteReader {
public:
    Result<Suite> read(Node const& root);

private:
    void report(char const* code, Place place, std::string message, std::string hint = {}) {
        findings_.push_back(
            {Severity::Error, code, std::move(message), std::move(hint), std::move(place)});
    }
    bool isMap(Node const& node, std::string const& what);
    void refuseOtherKeys(Node const& map, std::vector<std::string> const& known);
    std::string text(Node const& map, std::string const& key, bool isNeeded);
    Node const* list(Node const& map, std::string const& key);
    Value mapValue(Node const& map, std::string const& key);
    Vector vector(Node const& node);
    Draws draws(Node const& node);
    Step step(Node const& node);

    Diagnostics findings_;
    std::set<std::string> ids_;
};

bool SuiteReader::isMap(Node const& node, std::string const& what) {
    if (node.isMap())
        return true;
    report(reading::codes::wrongShape, node.place(),
           what + " is a map, and " + node.described() + " stands here");
    return false;
}

void SuiteReader::refuseOtherKeys(Node const& map, std::vector<std::string> const& known) {
    for (auto const& entry : map.entries()) {
        std::string const& key = entry.key.text();
        if (std::find(known.begin(), known.end(), key) != known.end())
            continue;
        auto const near = nearestWord(key, known);
        report(reading::codes::unknownKey, entry.key.place(), "unknown key '" + key + "'",
               near ? "did you mean '" + *near + "'?" : "");
    }
}

std::string SuiteReader::text(Node const& map, std::string const& key, bool isNeeded) {
    Node const* const node = map.find(key);
    if (node != nullptr && node->isScalar())
        return node->text();
    if (node != nullptr)
        report(reading::codes::wrongShape, node->place(),
               "'" + key + "' is a text, and " + node->described() + " stands here");
    else if (isNeeded)
        report(reading::codes::missingKey, map.place(), "'" + key + "' is missing");
    return {};
}

Node const* SuiteReader::list(Node const& map, std::string const& key) {
    Node const* const node = map.find(key);
    if (node != nullptr && node->isList())
        return node;
    if (node == nullptr)
        report(reading::codes::missingKey, map.place(), "'" + key + "' is missing");
    else
        report(reading::codes::wrongShape, node->place(),
               "'" + key + "' is a list, and " + node->described() + " stands here");
    return nullptr;
}

Value SuiteReader::mapValue(Node const& map, std::string const& key) {
    Node const* const node = map.find(key);
    if (node == nullptr || node->isEmpty() || !isMap(*node, "'" + key + "'"))
        return Value::object();
    return valueOf(*node);
}

Draws SuiteReader::draws(Node const& node) {
    Draws draws;
    if (!isMap(node, "'random'"))
        return draws;
    refuseOtherKeys(node, {"uniform01", "uint64", "repeat_last"});
    if (Node const* const reals = node.find("uniform01")) {
        for (auto const& item : reals->items()) {
            Value const value = valueOf(item);
            bool const isDraw = value.is_number() && value >= 0 && value <= 1;
            if (isDraw)
                draws.uniform01.push_back(value.get<double>());
            else
                report(reading::codes::outOfRange, item.place(), "a draw lies between 0 and 1");
        }
    }
    if (Node const* const whole = node.find("uint64")) {
        for (auto const& item : whole->items()) {
            Value const value = valueOf(item);
            if (value.is_number_unsigned())
                draws.uint64.push_back(value.get<std::uint64_t>());
            else
                report(reading::codes::outOfRange, item.place(),
                       "a raw draw is a whole number of at most 64 bits");
        }
    }
    Node const* const repeat = node.find("repeat_last");
    draws.repeatLast = repeat != nullptr && repeat->isScalar("true");
    return draws;
}

Step SuiteReader::step(Node const& node) {
    Step step;
    step.place = node.place();
    if (!isMap(node, "a step"))
        return step;
    step.verb = text(node, "do", true);
    for (auto const& entry : node.entries()) {
        std::string const& key = entry.key.text();
        if (key == "do")
            continue;
        Value value = valueOf(entry.value);
        if (key == "expect" && isMap(entry.value, "'expect'"))
            step.expect = std::move(value);
        else if (key == "n") {
            bool const isCount =
                value.is_number_unsigned() && value >= 1 && value <= mostRepetitions;
            if (isCount)
                step.times = value.get<int>();
            else
                report(reading::codes::outOfRange, entry.value.place(),
                       "'n' is a count from 1 to " + std::to_string(mostRepetitions));
            step.saysTimes = true;
        } else if (key != "expect")
            step.args[key] = std::move(value);
    }
    return step;
}

Vector SuiteReader::vector(Node const& node) {
    Vector vector;
    vector.place = node.place();
    if (!isMap(node, "a vector"))
        return vector;
    refuseOtherKeys(node, {"id", "title", "dialect", "basis", "checked", "source", "config",
                           "random", "start", "steps", "note"});
    vector.id = text(node, "id", true);
    vector.title = text(node, "title", true);
    vector.dialect = text(node, "dialect", true);
    vector.note = text(node, "note", false);
    vector.config = mapValue(node, "config");
    vector.start = mapValue(node, "start");
    if (Node const* const random = node.find("random"))
        vector.draws = draws(*random);
    if (Node const* const steps = list(node, "steps"))
        for (auto const& one : steps->items())
            vector.steps.push_back(step(one));
    if (!vector.id.empty() && !ids_.insert(vector.id).second)
        report(reading::codes::nameTwice, node.place(),
               "the id '" + vector.id + "' stands twice in this file");
    return vector;
}

Result<Suite> SuiteReader::read(Node const& root) {
    Suite suite;
    if (!isMap(root, "a file of vectors"))
        return std::move(findings_);
    refuseOtherKeys(root, {"format", "suite", "vectors"});
    std::string const format = text(root, "format", true);
    if (!format.empty() && format != formatName)
        report(reading::codes::formatVersion, root.find("format")->place(),
               "'" + format + "' is not a format this release reads",
               "write 'format: " + std::string(formatName) + "'");
    suite.name = text(root, "suite", true);
    if (Node const* const vectors = list(root, "vectors"))
        for (auto const& one : vectors->items())
            suite.vectors.push_back(vector(one));
    if (!findings_.empty())
        return std::move(findings_);
    return suite;
}

} // namespace

namespace {

Result<Node> rootOf(std::string_view text, std::string const& file) {
    if (auto refused = reading::refuseBytes(text, file))
        return std::move(*refused);
    auto parsed = reading::parseYaml(text, file);
    if (!parsed.root || hasErrors(parsed.findings))
        return std::move(parsed.findings);
    return std::move(*parsed.root);
}

} // namespace

Result<Suite> readVectors(std::string_view text, std::string const& file) {
    auto const root = rootOf(text, file);
    if (!root)
        return root.errors();
    return SuiteReader().read(root.value());
}

Result<Value> readConfig(std::string_view text, std::string const& file) {
    auto const root = rootOf(text, file);
    if (!root)
        return root.errors();
    if (root.value().isMap())
        return valueOf(root.value());
    return Diagnostic{Severity::Error, reading::codes::wrongShape,
                      "a configuration is a map of parameters, and " + root.value().described()
                          + " stands here",
                      "", root.value().place()};
}

} // namespace shakedown::vectors
