#pragma once

#include <array>
#include <cstdint>

#include <QString>

#include "gui/session/snapshot.hpp"

namespace shakedown::gui {

/// What a live run goes through, in this order.
enum class Phase : std::uint8_t { SteadyBefore, Method, TakenBack, SteadyAfter };
inline constexpr std::array allPhases{Phase::SteadyBefore, Phase::Method, Phase::TakenBack,
                                      Phase::SteadyAfter};
QString wordOf(Phase phase);

/// How far a phase is. Unknown: it did not come to that, or nobody can say.
enum class Stand : std::uint8_t { Waiting, UnderWay, Good, Bad, Unknown };
/// "under way", "ended early".
QString wordOf(Phase phase, Stand stand);
Health healthOf(Stand stand);

/// Where a live run stands, by what is seen of it.
class Phases {
public:
    enum class Steady : std::uint8_t { Unknown, Yes, No };

    Stand of(Phase phase) const { return stands_[static_cast<std::size_t>(phase)]; }

    void begin();
    /// Its record has begun, so the steady state before was good; it has ended, so all but the
    /// steady state after was looked at.
    void recordBegan();
    void recordEnded();
    /// With the exit code, and what its summary says of the steady state after.
    void ended(int code, Steady after);

private:
    void set(Phase phase, Stand stand) { stands_[static_cast<std::size_t>(phase)] = stand; }

    std::array<Stand, allPhases.size()> stands_{};
    bool hasRecord_ = false;
};

} // namespace shakedown::gui
