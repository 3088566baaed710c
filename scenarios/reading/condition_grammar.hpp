#pragma once

#include <string>
#include <string_view>

#include "scenarios/model/condition.hpp"

/// METRIC(SUBJECT) OP VALUE [during FAULT | after FAULT | from T to T]
/// recovers(SUBJECT) within D of FAULT
namespace shakedown::reading {

/// Reads one condition; `place` is where its text begins, and the places of errors point into it.
/// The kind of the subject is told from its form only: "a -> b" is a call, "a/b" an endpoint, any
/// other a load, until the document says that it is a service or a topic.
Result<model::Condition> parseCondition(std::string_view text, Place const& place);

/// METRIC(SUBJECT) [WINDOW], as a lesson names its number; only the form is checked.
Result<std::string> parseMeasure(std::string_view text, Place const& place);

/// The unit a value of this metric is written in. Goodput may be a share of the offered load too,
/// and errors, degraded, rejected and timeouts a count of requests.
model::ValueUnit unitOf(model::Metric metric);

} // namespace shakedown::reading
