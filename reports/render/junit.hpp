#pragma once

#include <string>
#include <vector>

#include "reports/summary/summary.hpp"

namespace shakedown::render {

/// What the schema demands and a summary does not know; equal runs leave it as it is.
struct JunitContext {
    std::string timestamp = "1970-01-01T00:00:00"; // of the run, without a time zone
    std::string hostname = "localhost";
    double wallSeconds = 0; // of a suite
};

/// junit.xml: one suite a scenario, one test case an expectation. What could not be checked is
/// skipped, a contradiction in the books is an error. Valid by the schemas of Ant (Windy Road) and
/// of Jenkins' xUnit plugin.
std::string junit(std::vector<summary::Summary> const& summaries, JunitContext const& context = {});

} // namespace shakedown::render
