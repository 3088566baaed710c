#pragma once

#include "scenarios/model/condition.hpp"

namespace shakedown::verdict {

/// `<` and `>` are strict. Shared by expectations and by what aborts a live run.
constexpr bool holds(double value, model::Comparison comparison, double limit) {
    switch (comparison) {
    case model::Comparison::Less:
        return value < limit;
    case model::Comparison::LessOrEqual:
        return value <= limit;
    case model::Comparison::Greater:
        return value > limit;
    case model::Comparison::GreaterOrEqual:
        return value >= limit;
    }
    return false;
}

} // namespace shakedown::verdict
