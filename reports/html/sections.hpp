#pragma once

#include <cstddef>
#include <string>

#include "reports/html/health.hpp"
#include "reports/html/report.hpp"
#include "reports/html/time_axis.hpp"

/// The sections of the page, one file each, in its order.
namespace shakedown::html {

/// How much is shown, so that the page stays below its limit.
struct Detail {
    std::size_t loads = 6;
    std::size_t rows = 40;      // services in strips, expectations, breakers
    std::size_t nodes = 60;     // of the topology
    std::size_t tableRows = 60; // behind a chart over time
    std::size_t sourceBytes = 150'000;
};

struct Shown {
    RunReport const& report;
    Conditions const& conditions;
    TimeAxis axis;
    Detail detail;
};

std::string verdictSection(Shown const& shown);
std::string storySection(Shown const& shown);
std::string timeSection(Shown const& shown);
std::string spreadSection(Shown const& shown);
std::string tailSection(Shown const& shown);
std::string compareSection(Shown const& shown); // empty without an earlier run
std::string reproduceSection(Shown const& shown);

/// One sentence: how many expectations held, and what broke first.
std::string verdictSentence(summary::Summary const& summary);

std::string section(std::string const& id, std::string const& title, std::string const& content);

/// Loads worth showing when not all can be: those with most errors, in the order of the scenario.
std::vector<std::size_t> chosenLoads(summary::Summary const& summary, std::size_t most);

} // namespace shakedown::html
