#pragma once

#include <cstdint>
#include <string>

#include "chaos-agent/safety/keeper.hpp"

namespace shakedown::control {

/// Has the audit log written who was denied what, but not without a bound: 256 at once, then one a
/// second. What was left out is counted in the next line that is not.
class Denials {
public:
    explicit Denials(safety::Keeper& keeper) : keeper_(keeper) {}

    void tell(std::string const& who, std::string const& what, std::int64_t unixNow);

private:
    static constexpr std::int64_t atOnce = 256;

    safety::Keeper& keeper_;
    std::int64_t left_ = atOnce;
    std::int64_t filledAt_ = 0;
    std::uint64_t leftOut_ = 0;
};

} // namespace shakedown::control
