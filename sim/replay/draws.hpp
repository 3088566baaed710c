#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>

#include "scenarios/vectors/vectors.hpp"
#include "sim/replay/arguments.hpp"

namespace shakedown::replay {

/// Hands out a vector's draws in their order.
class DrawQueue {
public:
    explicit DrawQueue(vectors::Draws draws) : draws_(std::move(draws)) {}

    /// The next number in [0, 1]; `otherwise` where the vector injects none at all.
    double uniform(double otherwise = 0.5) {
        if (draws_.uniform01.empty())
            return otherwise;
        return take(draws_.uniform01, nextUniform_);
    }
    std::uint64_t whole(std::uint64_t otherwise = 0) {
        if (draws_.uint64.empty())
            return otherwise;
        return take(draws_.uint64, nextWhole_);
    }

private:
    template <class T>
    T take(std::vector<T> const& list, std::size_t& next) const {
        if (next >= list.size() && !draws_.repeatLast)
            throw Unplayable("the vector has no more random numbers");
        std::size_t const i = std::min(next, list.size() - 1);
        ++next;
        return list[i];
    }

    vectors::Draws draws_;
    std::size_t nextUniform_ = 0;
    std::size_t nextWhole_ = 0;
};

} // namespace shakedown::replay
