#include <catch2/catch.hpp>

#include <set>

#include "gui/live/exit_words.hpp"
#include "gui/live/phases.hpp"

using namespace shakedown::gui;

namespace {

std::string standsOf(Phases const& phases) {
    std::string text;
    for (auto const phase : allPhases)
        text += (text.empty() ? "" : ", ") + wordOf(phase, phases.of(phase)).toStdString();
    return text;
}

std::string endOf(int code, Phases::Steady after) {
    Phases phases;
    phases.begin();
    phases.recordBegan();
    phases.recordEnded();
    phases.ended(code, after);
    return standsOf(phases);
}

} // namespace

TEST_CASE("the phases of a live run follow what is seen of it", "[gui][live]") {
    Phases phases;
    CHECK(standsOf(phases) == "waiting, waiting, waiting, waiting");
    phases.begin();
    CHECK(standsOf(phases) == "under way, waiting, waiting, waiting");
    phases.recordBegan();
    CHECK(standsOf(phases) == "yes, under way, waiting, waiting");
    phases.recordEnded();
    CHECK(standsOf(phases) == "yes, played, under way, under way");
    phases.ended(0, Phases::Steady::Yes);
    CHECK(standsOf(phases) == "yes, played, yes, yes");
}

TEST_CASE("what was not taken back, or not seen to be, is never said to be", "[gui][live]") {
    using Steady = Phases::Steady;
    CHECK(endOf(6, Steady::Unknown) == "yes, ended early, NO, not known");
    CHECK(endOf(-1, Steady::Unknown) == "yes, ended early, NO, not known");
    CHECK(endOf(130, Steady::Unknown) == "yes, ended early, yes, not known");
    CHECK(endOf(5, Steady::Yes) == "yes, ended early, yes, yes");
    CHECK(endOf(1, Steady::No) == "yes, played, yes, NO");
}

TEST_CASE("a run that did not begin says which phase it was", "[gui][live]") {
    for (auto const& [code, words] : {std::pair(9, "NO, not known, not known, not known"),
                                      std::pair(7, "not known, not known, not known, not known")}) {
        Phases phases;
        phases.begin();
        phases.ended(code, Phases::Steady::Unknown);
        CHECK(standsOf(phases) == words);
    }
}

TEST_CASE("every exit code of inject has its own words", "[gui][live]") {
    std::set<QString> words;
    int const codes[] = {0, 1, 2, 3, 4, 5, 6, 7, 9, 130, -1, 70};
    for (int const code : codes)
        words.insert(exitWords(code));
    CHECK(words.size() == std::size(codes));
    CHECK(exitWords(70).contains("exit code 70"));
    CHECK(exitWords(6).contains("NOT TAKEN BACK"));
}
