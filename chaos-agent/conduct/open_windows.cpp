#include "chaos-agent/conduct/open_windows.hpp"

namespace shakedown::conduct {

OpenWindows::OpenWindows(verdict::Demand const& demand, model::Scenario const& scenario)
    : windows_(demand.windows), faults_(scenario.faults.size()),
      happened_(scenario.faults.size() + scenario.operations.size()),
      warmUpEnds_(SimTime::at(scenario.run.warmup)) {
    for (auto const& fault : scenario.faults)
        events_.push_back(fault.name);
    for (auto const& operation : scenario.operations)
        events_.push_back(operation.name);
}

void OpenWindows::set(std::size_t window, bool isOpen) {
    std::uint64_t const bit = std::uint64_t{1} << window;
    mask_ = isOpen ? mask_ | bit : mask_ & ~bit;
}

template <class Kind>
void OpenWindows::setOf(std::string const& event, bool isOpen) {
    for (std::size_t w = 0; w < windows_.size(); ++w)
        if (auto const* window = std::get_if<Kind>(&windows_[w]);
            window != nullptr && window->name == event)
            set(w, isOpen);
}

void OpenWindows::advance(SimTime now) {
    for (std::size_t w = 0; w < windows_.size(); ++w)
        if (auto const* span = std::get_if<model::FromTo>(&windows_[w]))
            set(w, now >= SimTime::at(span->from) && now < SimTime::at(span->to));
    if (isWarm_ || now < warmUpEnds_)
        return;
    isWarm_ = true;
    set(0, true);
    for (std::size_t event = 0; event < events_.size(); ++event)
        if (!happened_[event])
            setOf<model::BeforeEvent>(events_[event], true);
}

void OpenWindows::eventComes(std::uint32_t event) {
    // `after X` lasts until the next fault.
    if (event < faults_)
        for (auto const& other : events_)
            setOf<model::AfterEvent>(other, false);
    happened_[event] = true;
    setOf<model::BeforeEvent>(events_[event], false);
}

void OpenWindows::eventBegins(std::uint32_t event) {
    eventComes(event);
    setOf<model::DuringEvent>(events_[event], true);
}

void OpenWindows::eventGoes(std::uint32_t event) {
    setOf<model::DuringEvent>(events_[event], false);
}

void OpenWindows::eventEnds(std::uint32_t event) {
    eventGoes(event);
    setOf<model::AfterEvent>(events_[event], true);
}

} // namespace shakedown::conduct
