#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reports/verdict/evidence.hpp"

namespace shakedown::conduct {

/// Which of the demanded windows are open, one bit each; as in a simulation, what begins closes and
/// opens them. Times do not go back.
class OpenWindows {
public:
    OpenWindows(verdict::Demand const& demand, model::Scenario const& scenario);

    std::uint64_t mask() const { return mask_; }
    /// Opens and closes what only time opens and closes.
    void advance(SimTime now);
    // While an event is brought about or taken back, it is neither there nor gone: what is sent
    // then belongs to no window of it.
    void eventComes(std::uint32_t event);
    void eventBegins(std::uint32_t event);
    void eventGoes(std::uint32_t event);
    void eventEnds(std::uint32_t event);
    void close() { mask_ = 0; }

private:
    void set(std::size_t window, bool isOpen);
    // Of the windows of a kind, those of this event.
    template <class Kind>
    void setOf(std::string const& event, bool isOpen);

    std::vector<model::Window> const& windows_;
    std::vector<std::string> events_; // faults, then operations
    std::size_t faults_;
    std::vector<bool> happened_;
    SimTime warmUpEnds_;
    bool isWarm_ = false;
    std::uint64_t mask_ = 0;
};

} // namespace shakedown::conduct
