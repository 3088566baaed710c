#include "chaos-agent/program/descriptor_reserve.hpp"

#include <sys/resource.h>

namespace shakedown::agent {

namespace {

// Pipes to a program, its input, a namespace, a process: a dozen at once.
constexpr rlim_t kept = 64;

enum class Reserve { Kept, InUse };

// A limit that is lowered closes nothing.
void limitTo(Reserve reserve) {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    bool const hasRoom = limit.rlim_max > 2 * kept;
    limit.rlim_cur = reserve == Reserve::Kept && hasRoom ? limit.rlim_max - kept : limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace

void raiseDescriptorLimit() {
    limitTo(Reserve::Kept);
}

ReserveInUse::ReserveInUse() {
    limitTo(Reserve::InUse);
}

ReserveInUse::~ReserveInUse() {
    limitTo(Reserve::Kept);
}

} // namespace shakedown::agent
