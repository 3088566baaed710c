#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace shakedown::tests {

/// Checks the tables of keys on a page of docs/reference, from a heading on (empty: the whole
/// page): they name every one of these paths ("loads.*.errors") once, and no other. How many they
/// name.
std::size_t checkDocumented(std::vector<std::string> const& paths, std::string const& page,
                            std::string const& heading = {});

} // namespace shakedown::tests
