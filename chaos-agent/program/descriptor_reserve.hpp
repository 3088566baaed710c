#pragma once

namespace shakedown::agent {

/// A proxied connection takes two descriptors, and whoever can open enough of them would keep
/// faults at work: taking one back takes descriptors too. So the limit is raised to all that is
/// allowed but for a reserve.
void raiseDescriptorLimit();

/// The reserve may be used while this lives. Every thread may then, so keep it short.
class ReserveInUse {
public:
    ReserveInUse();
    ~ReserveInUse();
    ReserveInUse(ReserveInUse const&) = delete;
    ReserveInUse& operator=(ReserveInUse const&) = delete;
};

} // namespace shakedown::agent
