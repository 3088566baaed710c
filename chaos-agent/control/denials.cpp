#include "chaos-agent/control/denials.hpp"

#include <algorithm>

namespace shakedown::control {

void Denials::tell(std::string const& who, std::string const& what, std::int64_t unixNow) {
    // A clock that was set back gives nothing.
    std::int64_t const passed = std::clamp<std::int64_t>(unixNow - filledAt_, 0, atOnce);
    left_ = std::min(atOnce, left_ + passed);
    filledAt_ = unixNow;
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
