#pragma once

#include <string>
#include <vector>

#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::checking {

/// Collects findings; the first letter of the code says how bad it is.
class Report {
public:
    void add(char const* code, Place const& place, std::string message, std::string hint = {});
    /// In the order of the document, equal ones once.
    Diagnostics sorted() &&;

private:
    Diagnostics found_;
};

/// "did you mean 'orders'?", or the known names if they are few, or nothing.
std::string nearestOf(std::string const& word, std::vector<std::string> const& known);

} // namespace shakedown::checking
