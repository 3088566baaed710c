#include "chaos-agent/system/pidfd.hpp"

#include <sys/syscall.h>

namespace shakedown::system {

Descriptor openPidfd(pid_t number) {
    return Descriptor(static_cast<int>(syscall(SYS_pidfd_open, number, 0)));
}

int signalPidfd(Descriptor const& process, int number) {
    return static_cast<int>(syscall(SYS_pidfd_send_signal, process.number(), number, nullptr, 0));
}

} // namespace shakedown::system
