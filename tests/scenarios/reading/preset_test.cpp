#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "scenarios/reading/fields.hpp"
#include "scenarios/reading/preset_text.hpp"
#include "scenarios/reading/reader.hpp"
#include "scenarios/reading/reference.hpp"
#include "scenarios/reading/schema.hpp"
#include "scenarios/reading/writer.hpp"
#include "tests/scenarios/reading/read_result.hpp"

using namespace shakedown;
using namespace shakedown::reading;
using shakedown::tests::scenarioOf;

namespace {

// The kind that a dotted key leads to, from a call policy down.
bool leadsSomewhere(std::string const& key) {
    KindPtr kind = callPolicyKind().kind;
    std::size_t at = 0;
    while (kind && at <= key.size()) {
        auto const dot = std::min(key.find('.', at), key.size());
        kind = kind->child(key.substr(at, dot - at));
        at = dot + 1;
    }
    return kind != nullptr;
}

} // namespace

TEST_CASE("the key of every published value is one of the format", "[reading][presets]") {
    for (auto const& preset : model::presets()) {
        for (auto const& line : linesOf(preset)) {
            CAPTURE(preset.library, line.key);
            CHECK(leadsSomewhere(line.key));
            CHECK_FALSE(line.value.empty());
        }
    }
}

TEST_CASE("the key of every published value is the one it sets", "[reading][presets]") {
    for (auto const& preset : model::presets()) {
        for (auto const* list : {&preset.always, &preset.written, &preset.otherwise}) {
            for (auto const& row : *list) {
                CAPTURE(preset.library, row.key);
                model::CallPolicy policy;
                row.set(policy);
                auto const written = callPolicyKind().kind->write(&policy);
                REQUIRE(written);
                CHECK(written->entries().size() == 1);
                CHECK(written->entries().front().key.text()
                      == row.key.substr(0, row.key.find('.')));
            }
        }
    }
}

TEST_CASE("every value of every preset is on the reference page", "[reading][presets]") {
    std::string const page = referencePage();
    for (auto const& preset : model::presets()) {
        for (auto const& line : linesOf(preset)) {
            CAPTURE(line.key, line.source);
            CHECK(page.find("| " + line.key + " | `" + line.value + "` |") != std::string::npos);
            CHECK(page.find(line.source) != std::string::npos);
        }
        for (auto const& fact : preset.facts) {
            CAPTURE(fact.text);
            CHECK(page.find(fact.text) != std::string::npos);
        }
    }
}

TEST_CASE("the schema names every preset and none", "[reading][presets]") {
    auto const schema = jsonSchema();
    auto const& choices = schema["$defs"]["preset"]["oneOf"];
    REQUIRE(choices.size() == model::presets().size() + 1);
    CHECK(choices.back()["const"] == "none");
}

TEST_CASE("presets and choices are written as they are read", "[reading][presets]") {
    auto const policy = GENERATE(as<std::string>(), "preset: none", "preset: aws-sdk",
                                 "{ policy: least_request, choices: all }",
                                 "{ policy: least_request, choices: 3 }");
    std::string const text = policy.starts_with("preset") ? policy : "balance: " + policy;
    auto const scenario =
        scenarioOf(readText("shakedown: 1\nservices:\n  a: { endpoints: { x: [ call: b ] } }\n"
                            "  b: { endpoints: { y: [ work: 1ms ] } }\n"
                            "calls:\n  \"a -> b\": { timeout: 1s, "
                                + text + " }\nload:\n  users: { to: a/x, rate: 1/s }\n",
                            "scenario.yaml"));
    std::string const written = write(scenario);
    CAPTURE(written);
    auto const again = scenarioOf(readText(written, "scenario.yaml"));
    CHECK(again.calls.front().policy == scenario.calls.front().policy);
    CHECK(scenario.calls.front().policy != model::CallPolicy());
}

TEST_CASE("a preset that is none is said, not left out", "[reading][presets]") {
    model::CallPolicy policy;
    policy.preset = model::PresetChoice();
    auto const written = callPolicyKind().kind->write(&policy);
    REQUIRE(written);
    CHECK(written->entries().front().value.text() == "none");
}
