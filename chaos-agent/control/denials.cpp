#include "chaos-agent/control/denials.hpp"

#include <algorithm>

namespace shakedown::control {

void Denials::tell(std::string const& who, std::string const& what, std::int64_t unixNow) {
    // A clock that was set back gives nothing.
    std::int64_t const earned =
        std::max<std::int64_t>(0, unixNow - filledAt_) / pace_.secondsForOne;
    if (earned > 0 || unixNow < filledAt_)
        filledAt_ = unixNow;
    left_ = std::min(pace_.atOnce, left_ + std::min(earned, pace_.atOnce));
    if (left_ == 0) {
        ++leftOut_;
        return;
    }
    --left_;
    keeper_.onDenied(who, leftOut_ == 0 ? what
                                        : what + " (and " + std::to_string(leftOut_)
                                              + " denials before it that are not written)");
    leftOut_ = 0;
}

} // namespace shakedown::control
