#pragma once

#include <cstdint>
#include <string>

#include "chaos-agent/safety/keeper.hpp"

namespace shakedown::control {

/// Has the audit log written who was denied what, but not without a bound: so many at once, then
/// one every so many seconds. What was left out is counted in the next line that is not.
class Denials {
public:
    struct Pace {
        std::int64_t atOnce;
        std::int64_t secondsForOne;
    };
    Denials(safety::Keeper& keeper, Pace pace) : keeper_(keeper), pace_(pace), left_(pace.atOnce) {}

    void tell(std::string const& who, std::string const& what, std::int64_t unixNow);

private:
    safety::Keeper& keeper_;
    Pace pace_;
    std::int64_t left_;
    std::int64_t filledAt_ = 0;
    std::uint64_t leftOut_ = 0;
};

} // namespace shakedown::control
