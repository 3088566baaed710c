#pragma once

namespace shakedown::injectors {

/// The set that every table of ours has; its elements, the families of packets, have the lease of
/// their fault as their timeout.
inline constexpr char const* leaseSet =
    "\tset lease {\n\t\ttypeof meta nfproto\n\t\tflags timeout\n\t}\n";

/// The first rule of every chain: once the lease is over, everything passes.
inline constexpr char const* unlessLeased = "\t\tmeta nfproto != @lease return\n";

} // namespace shakedown::injectors
