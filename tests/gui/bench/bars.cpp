#include "tests/gui/bench/bars.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <numeric>
#include <string>

#include "tests/bench/measured.hpp"

namespace shakedown::bench {

namespace {

double cpuNow() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

} // namespace

void bar(char const* name, double value, double limit, char const* unit) {
    report(name, value, unit);
    report((std::string(name) + "/of-bar").c_str(), value / limit, "x");
}

double cpuMilliseconds(std::function<void()> const& work) {
    double const before = cpuNow();
    work();
    return cpuNow() - before;
}

double wallMilliseconds(std::function<void()> const& work) {
    auto const before = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - before)
        .count();
}

double medianOf(std::vector<double> values) {
    auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

double meanOf(std::vector<double> const& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

} // namespace shakedown::bench
