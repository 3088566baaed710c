#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reports/measure/intervals.hpp"
#include "reports/verdict/evidence.hpp"
#include "scenarios/model/condition.hpp"

namespace shakedown::verdict {

/// Unknown: what the expectation speaks of did not happen, or is not measured; the note says which.
enum class Held : std::uint8_t { Yes, No, Unknown };

/// One expectation and what was measured.
struct Judgement {
    std::string text; // as written
    Held held = Held::Unknown;
    std::optional<double> value; // in base units; empty: nothing to measure, the note says why
    model::Comparison comparison = model::Comparison::Less;
    double limit = 0;
    model::ValueUnit unit = model::ValueUnit::Seconds;
    std::optional<measure::Interval> interval; // 95 %, over replications
    std::string note;                          // may be empty
    Place place;
};

/// "<", "<=", ">" or ">=".
char const* signOf(model::Comparison comparison);

/// Judges the scenario's expectations, in their order, by what the replications measured. `demand`
/// is demandOf(scenario), as given to the run; `names` are those of the record's header.
std::vector<Judgement> evaluate(model::Scenario const& scenario, record::Names const& names,
                                Demand const& demand, std::vector<Evidence> const& replications);

} // namespace shakedown::verdict
