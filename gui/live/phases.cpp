#include "gui/live/phases.hpp"

namespace shakedown::gui {

namespace {

// docs/reference/inject.md
constexpr int allMet = 0;
constexpr int notMet = 1;
constexpr int nothingChecked = 4;
constexpr int notTakenBack = 6;
constexpr int notSteadyBefore = 9;
constexpr int killed = -1;

} // namespace

QString wordOf(Phase phase) {
    switch (phase) {
    case Phase::SteadyBefore:
        return "steady before";
    case Phase::Method:
        return "method";
    case Phase::TakenBack:
        return "taken back";
    case Phase::SteadyAfter:
        break;
    }
    return "steady after";
}

QString wordOf(Phase phase, Stand stand) {
    switch (stand) {
    case Stand::Waiting:
        return "waiting";
    case Stand::UnderWay:
        return "under way";
    case Stand::Good:
        return phase == Phase::Method ? "played" : "yes";
    case Stand::Bad:
        return phase == Phase::Method ? "ended early" : "NO";
    case Stand::Unknown:
        break;
    }
    return "not known";
}

Health healthOf(Stand stand) {
    switch (stand) {
    case Stand::UnderWay:
        return Health::Strained;
    case Stand::Good:
        return Health::Calm;
    case Stand::Bad:
        return Health::Failing;
    case Stand::Waiting:
        return Health::Busy;
    case Stand::Unknown:
        break;
    }
    return Health::Down;
}

void Phases::begin() {
    hasRecord_ = false;
    stands_.fill(Stand::Waiting);
    set(Phase::SteadyBefore, Stand::UnderWay);
}

void Phases::recordBegan() {
    hasRecord_ = true;
    set(Phase::SteadyBefore, Stand::Good);
    set(Phase::Method, Stand::UnderWay);
}

void Phases::recordEnded() {
    set(Phase::Method, Stand::Good);
    set(Phase::TakenBack, Stand::UnderWay);
    set(Phase::SteadyAfter, Stand::UnderWay);
}

void Phases::ended(int code, Steady after) {
    if (!hasRecord_) {
        stands_.fill(Stand::Unknown);
        if (code == notSteadyBefore)
            set(Phase::SteadyBefore, Stand::Bad);
        return;
    }
    bool const isPlayed = code == allMet || code == notMet || code == nothingChecked;
    bool const isLeft = code == notTakenBack || code == killed;
    set(Phase::Method, isPlayed ? Stand::Good : Stand::Bad);
    set(Phase::TakenBack, isLeft ? Stand::Bad : Stand::Good);
    set(Phase::SteadyAfter, after == Steady::Yes  ? Stand::Good
                            : after == Steady::No ? Stand::Bad
                                                  : Stand::Unknown);
}

} // namespace shakedown::gui
