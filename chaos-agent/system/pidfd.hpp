#pragma once

#include <sys/types.h>

#include "chaos-agent/system/descriptor.hpp"

/// pidfd_open(2) and pidfd_send_signal(2). The C library of Debian 12 declares them in
/// <sys/pidfd.h> without C linkage, so that C++ does not find them.
namespace shakedown::system {

Descriptor openPidfd(pid_t number);
/// 0, or -1 with errno.
int signalPidfd(Descriptor const& process, int number);

} // namespace shakedown::system
