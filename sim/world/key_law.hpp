#pragma once

#include <cstdint>

#include "scenarios/chance/stream.hpp"

namespace shakedown::world {

/// Draws the rank (from 0) of a key out of `keys` by Zipf's law with an exponent of at least 0:
/// rank r has a share proportional to 1 / (r + 1)^exponent; 0 is uniform. Exact for every number
/// of keys, by rejection-inversion (Hoermann and Derflinger, "Rejection-inversion to generate
/// variates from monotone discrete distributions", ACM TOMACS 6, 1996).
class KeyLaw {
public:
    KeyLaw() = default;
    KeyLaw(std::uint64_t keys, double exponent);
    std::uint64_t rank(chance::Draw draw) const;

private:
    double integral(double x) const;
    double inverseIntegral(double y) const;
    double density(double x) const;

    std::uint64_t keys_ = 1;
    double exponent_ = 0;
    double atStart_ = 0; // of the integral at 1.5, less the first key's share
    double atEnd_ = 0;
    double squeeze_ = 0;
};

} // namespace shakedown::world
