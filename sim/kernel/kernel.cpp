#include "sim/kernel/kernel.hpp"

namespace shakedown::kernel {

std::uint32_t Kernel::lane(Duration lasts) {
    require(lasts >= Duration() && !lasts.isNone(), "a timer lasts a finite time");
    for (std::uint32_t i = 0; i < lanes_.size(); ++i)
        if (lanes_[i].lasts() == lasts)
            return i;
    auto const index = static_cast<std::uint32_t>(lanes_.size());
    lanes_.emplace_back(lasts, calendar_.reserveSlot(Event{laneKind, 0, index, 0, 0}));
    return index;
}

} // namespace shakedown::kernel
