#include "sim/world/key_law.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/chance/elementary.hpp"

namespace shakedown::world {

namespace {

constexpr double nearlyOne = 1e-9; // exponents so near to 1 have the logarithm as integral

} // namespace

KeyLaw::KeyLaw(std::uint64_t keys, double exponent) : keys_(keys), exponent_(exponent) {
    if (exponent_ <= 0)
        return;
    atStart_ = integral(1.5) - 1;
    atEnd_ = integral(static_cast<double>(keys_) + 0.5);
    squeeze_ = 2 - inverseIntegral(integral(2.5) - density(2));
}

double KeyLaw::density(double x) const {
    return chance::exponential(-exponent_ * chance::logarithm(x));
}

double KeyLaw::integral(double x) const {
    double const log = chance::logarithm(x);
    double const power = 1 - exponent_;
    return std::abs(power) < nearlyOne ? log : (chance::exponential(power * log) - 1) / power;
}

double KeyLaw::inverseIntegral(double y) const {
    double const power = 1 - exponent_;
    if (std::abs(power) < nearlyOne)
        return chance::exponential(y);
    return chance::exponential(chance::logarithm(std::max(1e-300, 1 + y * power)) / power);
}

std::uint64_t KeyLaw::rank(chance::Draw draw) const {
    if (exponent_ <= 0 || keys_ <= 1) {
        auto const rank = static_cast<std::uint64_t>(draw.uniform() * static_cast<double>(keys_));
        return std::min(rank, keys_ - 1);
    }
    for (int tries = 0; tries < 1'000; ++tries) {
        double const y = atEnd_ + draw.uniform() * (atStart_ - atEnd_);
        double const x = inverseIntegral(y);
        double const k = std::clamp(std::floor(x + 0.5), 1.0, static_cast<double>(keys_));
        if (k - x <= squeeze_ || y >= integral(k + 0.5) - density(k))
            return static_cast<std::uint64_t>(k) - 1;
    }
    return 0;
}

} // namespace shakedown::world
