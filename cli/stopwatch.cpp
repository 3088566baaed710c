#include "cli/stopwatch.hpp"

#include <algorithm>
#include <thread>

#include <sys/resource.h>

#include <fmt/format.h>

namespace shakedown::cli {

double Stopwatch::seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count();
}

render::Timing Stopwatch::timing(std::uint64_t events, int jobs) const {
    rusage own{}, children{};
    getrusage(RUSAGE_SELF, &own);
    getrusage(RUSAGE_CHILDREN, &children);
    auto const inSeconds = [](timeval const& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
    };
    render::Timing timing;
    timing.wallSeconds = seconds();
    timing.cpuSeconds = inSeconds(own.ru_utime) + inSeconds(own.ru_stime)
                        + inSeconds(children.ru_utime) + inSeconds(children.ru_stime);
    timing.events = events;
    timing.peakMemoryBytes =
        static_cast<std::uint64_t>(std::max(own.ru_maxrss, children.ru_maxrss)) * 1024;
    timing.jobs = jobs;
    timing.machine = fmt::format("x86_64, {} cores", std::thread::hardware_concurrency());
    timing.version = SHAKEDOWN_VERSION;
    return timing;
}

} // namespace shakedown::cli
