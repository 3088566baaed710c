#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/chance/distribution.hpp"
#include "scenarios/model/step.hpp"
#include "scenarios/vocabulary/diagnostic.hpp"

/// The texts of distributions: `3ms`, `lognormal(median 8ms, p99 60ms)`, `empirical(file.csv)`.
namespace shakedown::reading {

/// Reads the values of `empirical(file)`, in seconds; the file is named as in the scenario.
using EmpiricalFile = std::function<Result<chance::Empirical>(std::string const& file)>;

/// Without `open`, `empirical` keeps its file's name and has no values.
Result<chance::Distribution> parseDistribution(std::string_view text,
                                               EmpiricalFile const& open = {});

/// `load_dependent(base, slope)`.
Result<model::LoadDependent> parseLoadDependent(std::string_view text);
bool isLoadDependent(std::string_view text);

/// The text that parseDistribution() reads as exactly this law.
std::string toText(chance::Distribution const& distribution);
std::string toText(model::LoadDependent const& wait);

/// The forms a distribution may be written in, for the reference page.
std::vector<std::string> lawForms();

} // namespace shakedown::reading
