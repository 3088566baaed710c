#include "scenarios/model/verbs.hpp"
#include "scenarios/reading/fault_tables.hpp"
#include "scenarios/reading/fields.hpp"
#include "scenarios/reading/scalar_kinds.hpp"

#include <algorithm>

namespace shakedown::reading {

using namespace model;

std::vector<Field> timingRows() {
    return {field<&Timing::at>("at", duration(),
                               "When it begins, since the start of the run, warm-up included."),
            field<&Timing::lasts>("for", duration(NoneWord::Allowed),
                                  "How long it lasts; to the end of the run if not said."),
            field<&Timing::every>("every", duration(),
                                  "It happens again and again, so long from start to start."),
            field<&Timing::mtbf>("mtbf", duration(),
                                 "Instead of `at`: mean time between failures (exponential)."),
            field<&Timing::mttr>("mttr", duration(),
                                 "With `mtbf`: mean time to repair (exponential).")};
}

namespace {

void exclude(char const* a, char const* b, Node const& map, Reading& reading) {
    if (map.find(a) != nullptr && map.find(b) != nullptr) {
        reading.findings.error(codes::contradictingKeys, map.entry(b)->key.place(),
                               std::string("'") + a + "' and '" + b + "' exclude each other",
                               "at/for is a plan, mtbf/mttr a random process");
    }
}

void collectMentions(Node const& node, Mentions& mentions) {
    if (node.isScalar()) {
        mentions.push_back({node.text(), node.placeAt(0)});
    }
    for (auto const& item : node.items()) {
        collectMentions(item, mentions);
    }
    for (auto const& [key, value] : node.entries()) {
        mentions.push_back({key.text(), key.place()});
        collectMentions(value, mentions);
    }
}

} // namespace

Mentions mentionsIn(Node const& map) {
    // The common keys, such as the name, are no words that a finding is about.
    auto const common = namesOf(timingRows());
    Mentions mentions;
    for (auto const& [key, value] : map.entries()) {
        bool const isCommon =
            key.text() == "name"
            || std::find(common.begin(), common.end(), key.text()) != common.end();
        if (!isCommon) {
            collectMentions(value, mentions);
        }
    }
    return mentions;
}

void checkTiming(Timing const& timing, Node const& map, Reading& reading) {
    exclude("at", "mtbf", map, reading);
    exclude("for", "mttr", map, reading);
    exclude("every", "mtbf", map, reading);
    if (map.find("at") == nullptr && map.find("mtbf") == nullptr) {
        reading.findings.error(codes::missingKey, map.place(),
                               "'at:' is missing: when does it happen?",
                               "at: 60s, or mtbf: 10m for a random process");
    }
    if (map.find("mttr") != nullptr && map.find("mtbf") == nullptr) {
        reading.findings.error(codes::missingKey, map.entry("mttr")->key.place(),
                               "'mttr' needs 'mtbf' beside it");
    }
    if (timing.every && *timing.every <= Duration()) {
        reading.findings.error(codes::outOfRange, map.find("every")->place(),
                               "'every' is longer than 0s");
    } else if (timing.every && !timing.lasts.isNone() && timing.lasts > *timing.every) {
        reading.findings.error(codes::outOfRange, map.find("every")->place(),
                               "it would begin again before it has ended",
                               "make 'every' at least as long as 'for'");
    }
}

Of<Fault> faultKind() {
    static Of<Fault> const kind =
        tagged<Fault>({"fault", "What goes wrong, when and where.",
                       joined({field<&Fault::name>("name", nameOf("fault"),
                                                   "For conditions and reports; made from verb and "
                                                   "target if not said (slow-autos).")},
                              inlined<&Fault::when>(timingRows())),
                       joinedFaults(), [](void* value, Node const& map, Reading& reading) {
                           auto& fault = *static_cast<Fault*>(value);
                           fault.mentions = mentionsIn(map);
                           checkTiming(fault.when, map, reading);
                       }});
    return kind;
}

} // namespace shakedown::reading
