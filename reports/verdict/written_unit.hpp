#pragma once

#include <string_view>

#include "scenarios/model/condition.hpp"

namespace shakedown::verdict {

/// How files write the values of expectations: times the factor, with this word behind it.
struct WrittenUnit {
    double factor;
    char const* word; // "ms", "/s", "%", or nothing for a count
};
WrittenUnit writtenAs(model::ValueUnit unit);

/// The unit of that word; a count for any other.
model::ValueUnit unitWritten(std::string_view word);

} // namespace shakedown::verdict
