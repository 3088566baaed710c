#include "gui/editor/completion.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

#include "scenarios/reading/reader.hpp"
#include "tests/gui/session/recorded.hpp"

using namespace shakedown;

namespace {

// The place is where "|" stands.
gui::YamlContext at(QString text) {
    auto const place = text.indexOf('|');
    REQUIRE(place >= 0);
    return gui::contextAt(text.remove(place, 1), place);
}

QStringList offered(QString const& text) {
    auto const scenario = *reading::readText(tests::cascade, "cascade.yaml").scenario;
    QStringList texts;
    for (auto const& completion : gui::completionsAt(at(text), &scenario))
        texts.push_back(completion.text);
    return texts;
}

QString pathOf(gui::YamlContext const& context) {
    QString path;
    for (auto const& key : context.path)
        path += (key.isEmpty() ? "-" : key) + "/";
    return path;
}

} // namespace

TEST_CASE("where something is written is told by what stands before it", "[gui][editor]") {
    struct Row {
        char const* text;
        char const* path;
        char const* key; // null: a key is written
        char const* word;
    };
    for (auto const& [text, path, key, word] : {
             Row{"|", "", nullptr, ""},
             Row{"ser|", "", nullptr, "ser"},
             Row{"services:\n  |", "services/", nullptr, ""},
             Row{"services:\n  site:\n    wor|", "services/site/", nullptr, "wor"},
             Row{"services:\n  site:\n    workers: 3\n    |", "services/site/", nullptr, ""},
             Row{"services:\n  site:\n    workers: 3\n  |", "services/", nullptr, ""},
             Row{"services:\n  site: { workers: 3, qu|", "services/site/", nullptr, "qu"},
             Row{"services:\n  site: { queue: { cap|", "services/site/queue/", nullptr, "cap"},
             Row{"services:\n  site: { queue: { capacity: 3 }, |", "services/site/", nullptr, ""},
             Row{"services:\n  site: { kind: da|", "services/site/", "kind", "da"},
             Row{"services:\n  site:\n    kind: da|", "services/site/", "kind", "da"},
             Row{"calls:\n  \"a -> b\": { |", "calls/a -> b/", nullptr, ""},
             Row{"calls:\n  \"a -> b\":\n    timeout: 3s\n    re|", "calls/a -> b/", nullptr, "re"},
             Row{"faults:\n  - { at: 3s, ha|", "faults/-/", nullptr, "ha"},
             Row{"faults:\n  - { at: 3s, hang: { service: au|", "faults/-/hang/", "service", "au"},
             Row{"faults:\n  - at: 3s\n    ha|", "faults/-/", nullptr, "ha"},
             Row{"faults:\n  - at: 3s\n    hang: { service: a }\n  - |", "faults/", "", ""},
             Row{"# a: b\nrun: { fo|", "run/", nullptr, "fo"},
             Row{"name: \"a: { b\"\nru|", "", nullptr, "ru"},
         }) {
        INFO(text);
        auto const context = at(text);
        CHECK(pathOf(context) == path);
        CHECK(context.key.has_value() == (key != nullptr));
        if (key != nullptr) {
            CHECK(context.key.value_or("?") == key);
        }
        CHECK(context.word == word);
        CHECK_FALSE(context.isNowhere);
    }
    CHECK(at("# comm|").isNowhere);
    CHECK(at("services: # wor|").isNowhere);
}

TEST_CASE("keys of the format are offered with their sentences", "[gui][editor]") {
    CHECK(offered("ser|") == QStringList{"services: "});
    CHECK(offered("services:\n  site: { wor|") == QStringList{"workers: "});
    CHECK(offered("calls:\n  \"a -> b\": { circuit_breaker: { open|") == QStringList{"open_for: "});
    CHECK(offered("calls:\n  \"a -> b\":\n    retry:\n      bu|") == QStringList{"budget: "});
    CHECK(offered("faults:\n  - { at: 3s, black|") == QStringList{"black_hole: "});
    CHECK(offered("faults:\n  - { at: 3s, hang: { serv|") == QStringList{"service: "});
    CHECK(offered("services:\n  site:\n    endpoints: { page: [ { wo|").contains("work: "));
    CHECK(offered("services:\n  site: { nonsense|").isEmpty());
    CHECK(offered("nonsense:\n  a: { b|").isEmpty());
    auto const all = offered("|");
    CHECK(all.contains("faults: "));
    CHECK(all.contains("expect: "));
    for (auto const& completion : gui::completionsAt(at("services:\n  site: { |"), nullptr)) {
        INFO(completion.text.toStdString());
        CHECK(completion.text.endsWith(": "));
        CHECK_FALSE(completion.about.isEmpty());
    }
}

TEST_CASE("words and names are offered where they may stand", "[gui][editor]") {
    CHECK(offered("services:\n  site: { kind: da|") == QStringList{"database"});
    CHECK(offered("operations:\n  - { at: 1s, flip_breaker: { state: for|")
          == QStringList{"forced_open"});
    CHECK(offered("faults:\n  - { at: 3s, hang: { service: |") == QStringList{"site", "autos"});
    CHECK(offered("faults:\n  - { at: 3s, hang: { service: a|") == QStringList{"autos"});
    CHECK(offered("faults:\n  - { at: 3s, black_hole: { call: |").contains("\"site -> autos\""));
    CHECK(offered("load:\n  more: { to: site/|") == QStringList{"site/page"});
    CHECK(offered("calls:\n  |").contains("\"visitors -> site\": "));
}

TEST_CASE("no beginning of a scenario confuses who looks", "[gui][editor]") {
    QString const text = QString::fromUtf8(tests::cascade);
    for (qsizetype place = 0; place <= text.size(); ++place) {
        auto const context = gui::contextAt(text, place);
        CHECK(context.wordBegin <= place);
        CHECK(context.path.size() < 12);
        gui::completionsAt(context, nullptr);
    }
    gui::contextAt("}]}]:::{{[[- - - -\n  - {\n-", 1000);
}
