#include <algorithm>
#include <vector>

#include "scenarios/checking/codes.hpp"
#include "scenarios/checking/known_names.hpp"
#include "scenarios/checking/rules.hpp"
#include "scenarios/vocabulary/quantity_text.hpp"

namespace shakedown::checking {

using namespace model;

namespace {

class Times {
public:
    Times(Scenario const& scenario, Report& report) : end_(scenario.run.lasts), report_(report) {}

    void check(std::optional<Duration> begin, std::string const& what, Place const& place) const {
        if (begin && *begin >= end_) {
            report_.add(codes::afterTheEnd, place,
                        what + " begins at " + toText(*begin) + ", when the run of " + toText(end_)
                            + " has ended",
                        "make 'run.for' longer, or let it begin earlier");
        }
    }

private:
    Duration end_;
    Report& report_;
};

// A run has room for 64 (verdict::mostWindows), and the whole run is one of them.
constexpr std::size_t mostWindows = 63;

void checkNumberOfWindows(std::vector<Condition> const& conditions, Report& report) {
    std::vector<Window> windows;
    for (auto const& condition : conditions) {
        auto const* const metric = std::get_if<MetricCondition>(&condition.what);
        bool const isNew =
            metric != nullptr && metric->window != Window(WholeRun())
            && std::find(windows.begin(), windows.end(), metric->window) == windows.end();
        if (!isNew) {
            continue;
        }
        windows.push_back(metric->window);
        if (windows.size() > mostWindows) {
            report.add(codes::tooManyWindows, condition.place,
                       "this is the 64th window of time that expectations speak of; a run tells 63 "
                       "apart",
                       "let several expectations share a window");
            return;
        }
    }
}

} // namespace

void checkTimes(Scenario const& scenario, Report& report) {
    Times const times(scenario, report);
    for (auto const& fault : scenario.faults) {
        times.check(fault.when.at, "the fault '" + fault.name + "'", fault.place);
    }
    for (auto const& operation : scenario.operations) {
        times.check(operation.when.at, "the operation '" + operation.name + "'", operation.place);
    }
    for (auto const& load : scenario.loads) {
        times.check(load.from, "the load '" + load.name + "'", load.place);
    }
    checkNumberOfWindows(scenario.expect, report);
    for (auto const* list : {&scenario.expect, &scenario.abort}) {
        for (auto const& condition : *list) {
            auto const* const metric = std::get_if<MetricCondition>(&condition.what);
            auto const* const window =
                metric == nullptr ? nullptr : std::get_if<FromTo>(&metric->window);
            if (window != nullptr) {
                times.check(window->from, "this window", condition.place);
            }
        }
    }
}

} // namespace shakedown::checking
