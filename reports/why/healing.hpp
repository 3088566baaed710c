#pragma once

#include "reports/why/tale.hpp"

namespace shakedown::why {

/// How a run that hurt from `tale.hurtFrom` on ended: the last line of the tale. Says in the tale
/// until when it hurt, whether it healed and how long that took, or that it keeps itself down.
TaleLine howItEnded(Course const& course, Tale& tale);

} // namespace shakedown::why
