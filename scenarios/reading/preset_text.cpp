#include "scenarios/reading/preset_text.hpp"

#include <sstream>

#include "scenarios/model/enum_names.hpp"
#include "scenarios/reading/fields.hpp"
#include "scenarios/reading/yaml_text.hpp"

namespace shakedown::reading {

namespace {

using model::Preset;
using model::PresetValue;

// The value that a row alone writes: what is left of `retry: { backoff: { initial: 25ms } }` when
// the keys are taken off.
std::string valueOf(PresetValue const& row) {
    model::CallPolicy policy;
    row.set(policy);
    auto const written = callPolicyKind().kind->write(&policy);
    Node const* node = &*written;
    while (node->isMap() && node->entries().size() == 1) {
        node = &node->entries().front().value;
    }
    bool const isPattern = node->isMap() || node->isEmpty();
    return isPattern ? "on" : flowText(*node);
}

std::string patternOf(std::string const& key) {
    return key.substr(0, key.find('.'));
}

void append(std::vector<PresetLine>& lines, std::vector<PresetValue> const& rows,
            std::string const& when) {
    for (auto const& row : rows) {
        std::string const condition = !row.when.empty() ? row.when : when;
        lines.push_back({row.key, valueOf(row),
                         condition.empty() ? "with `" + patternOf(row.key) + "`" : condition,
                         row.source});
    }
}

std::string cell(std::string const& text) {
    std::string result;
    for (char const c : text) {
        result += c == '|' ? "\\|" : std::string(1, c);
    }
    return result;
}

constexpr auto introduction = R"(
## presets

`preset: NAME` in a call policy stands for a library: each pattern follows that library's edges (its
dialect) and takes its published values for the keys that are not said. What the library does with
nothing configured holds for every call (`every call` below); all else is there only once its pattern
is written. Whatever a rule says wins, `none` included; `preset: none` takes back the preset of a
weaker rule. A pattern with a `dialect` of its own takes the values of that library instead. A pattern
that the library does not have keeps the values and edges of the tables above.

Where a library publishes no `attempts`, `retry_on`, `avoid_same_replica`, `per` or `by_hand`, those of
the tables above hold; any other key without a row is nothing that the library has. `shakedown explain
preset-NAME` shows one of these tables.
)";

void write(std::ostream& out, Preset const& preset) {
    out << "\n### " << model::toText(preset.dialect) << "\n\n" << preset.library << ".\n";
    auto const lines = linesOf(preset);
    if (!lines.empty()) {
        out << "\n| key | value | when | source |\n|---|---|---|---|\n";
    }
    for (auto const& line : lines) {
        out << "| " << line.key << " | `" << cell(line.value) << "` | " << line.when << " | "
            << cell(line.source) << " |\n";
    }
    if (!preset.facts.empty()) {
        out << "\n| built into the dialect, or without a key | source |\n|---|---|\n";
    }
    for (auto const& fact : preset.facts) {
        out << "| " << cell(fact.text) << " | " << cell(fact.source) << " |\n";
    }
}

} // namespace

std::vector<PresetLine> linesOf(Preset const& preset) {
    std::vector<PresetLine> lines;
    append(lines, preset.always, "every call");
    append(lines, preset.written, "");
    append(lines, preset.otherwise, "");
    return lines;
}

std::string summaryOf(Preset const& preset) {
    std::vector<PresetLine> lines;
    append(lines, preset.always, "every call");
    std::string list;
    for (auto const& line : lines) {
        list += (list.empty() ? "" : ", ") + line.key + " " + line.value;
    }
    return list.empty() ? "Nothing by itself; values and edges of the patterns that are written."
                        : "With nothing configured: " + list + ".";
}

std::string presetsPage() {
    std::ostringstream out;
    out << introduction;
    for (auto const& preset : model::presets()) {
        write(out, preset);
    }
    return out.str();
}

} // namespace shakedown::reading
