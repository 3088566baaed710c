#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

namespace shakedown::bench {

/// Draws as a hand-written simulation makes them: one sequence (xoshiro256+, Blackman and Vigna
/// 2018), the C library's logarithm. Times are nanoseconds.
class BareDraws {
public:
    explicit BareDraws(std::uint64_t seed) {
        for (auto& word : state_) {
            // splitmix64, which its authors give for seeding.
            seed += 0x9e3779b97f4a7c15U;
            std::uint64_t z = seed;
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
            z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
            word = z ^ (z >> 31);
        }
    }

    std::int64_t exponential(double mean) {
        return static_cast<std::int64_t>(-std::log(uniform()) * mean);
    }

    std::int64_t lognormal(double median, double sigma) {
        return static_cast<std::int64_t>(median * std::exp(sigma * normal()));
    }

private:
    // In (0, 1].
    double uniform() { return (static_cast<double>(next() >> 11) + 1) * 0x1p-53; }

    // Marsaglia's polar method, which gives two at a time.
    double normal() {
        if (hasSpare_) {
            hasSpare_ = false;
            return spare_;
        }
        double x = 0;
        double y = 0;
        double square = 0;
        do {
            x = 2 * uniform() - 1;
            y = 2 * uniform() - 1;
            square = x * x + y * y;
        } while (square >= 1 || square == 0);
        double const factor = std::sqrt(-2 * std::log(square) / square);
        spare_ = y * factor;
        hasSpare_ = true;
        return x * factor;
    }

    std::uint64_t next() {
        std::uint64_t const result = state_[0] + state_[3];
        std::uint64_t const t = state_[1] << 17;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= t;
        state_[3] = std::rotl(state_[3], 45);
        return result;
    }

    std::uint64_t state_[4];
    double spare_ = 0;
    bool hasSpare_ = false;
};

} // namespace shakedown::bench
