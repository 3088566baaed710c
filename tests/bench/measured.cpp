#include "tests/bench/measured.hpp"

#include <cstdio>
#include <stdexcept>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace shakedown::bench {

namespace {

double secondsOf(timeval const& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

double cpuSecondsNow() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return secondsOf(usage.ru_utime) + secondsOf(usage.ru_stime);
}

struct Told {
    Done done;
    double cpuSeconds;
};

[[noreturn]] void tell(int descriptor, std::function<Done()> const& work) {
    double const before = cpuSecondsNow();
    Done const done = work();
    Told const told{done, cpuSecondsNow() - before};
    bool const written = write(descriptor, &told, sizeof told) == static_cast<ssize_t>(sizeof told);
    _exit(written ? 0 : 1);
}

} // namespace

Cost measured(std::function<Done()> const& work) {
    int ends[2];
    if (pipe(ends) != 0) {
        throw std::runtime_error("bench: no pipe");
    }
    std::fflush(stdout);
    pid_t const child = fork();
    if (child == 0) {
        close(ends[0]);
        tell(ends[1], work);
    }
    close(ends[1]);
    Told told{};
    bool const heard =
        child > 0 && read(ends[0], &told, sizeof told) == static_cast<ssize_t>(sizeof told);
    close(ends[0]);
    int status = 1;
    rusage usage{};
    if (child > 0) {
        wait4(child, &status, 0, &usage);
    }
    if (!heard || status != 0) {
        throw std::runtime_error("bench: a workload failed");
    }
    return {told.done, told.cpuSeconds, static_cast<double>(usage.ru_maxrss) / 1024};
}

Cost cheaper(Cost const& a, Cost const& b) {
    return a.cpuSeconds <= b.cpuSeconds ? a : b;
}

void report(char const* name, double value, char const* unit) {
    std::printf("bench %s %.6g %s\n", name, value, unit);
    std::fflush(stdout);
}

} // namespace shakedown::bench
