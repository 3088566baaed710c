#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chaos-agent/conduct/ledger.hpp"
#include "chaos-agent/conduct/roster.hpp"

namespace shakedown::conduct {

/// Looks during a run whether conditions are broken already.
///
/// A condition of the whole run is judged by the last ten seconds: who must stop cannot wait for a
/// mean to turn. One `during` or `after` a fault is judged by what was seen of that window so far;
/// a recovery once its time is over.
class ConditionWatch {
public:
    /// `scenario` has the conditions to look at as its `expect`; all must outlive it.
    ConditionWatch(model::Scenario const& scenario, Roster const& roster,
                   verdict::Demand const& demand)
        : scenario_(scenario), roster_(roster), demand_(demand) {}

    /// The first that is broken now, with what was measured; nothing if all may still hold.
    std::optional<std::string> broken(Ledger const& ledger, SimTime now) const;
    /// The same of those only whose window has closed for good: what nothing can mend.
    std::optional<std::string> lost(Ledger const& ledger, SimTime now) const;

private:
    template <class Ripe>
    std::optional<std::string> firstBroken(verdict::Evidence const& evidence, Ripe ripe) const;

    model::Scenario const& scenario_;
    Roster const& roster_;
    verdict::Demand const& demand_;
};

} // namespace shakedown::conduct
