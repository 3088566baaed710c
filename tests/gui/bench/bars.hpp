#pragma once

#include <functional>
#include <vector>

namespace shakedown::bench {

/// A measured value beside what it may be at most: "NAME VALUE UNIT" and "NAME/of-bar SHARE x".
void bar(char const* name, double value, double limit, char const* unit);

/// CPU time of user and system, of this process, that `work` takes.
double cpuMilliseconds(std::function<void()> const& work);
/// Time as somebody waits it.
double wallMilliseconds(std::function<void()> const& work);

double medianOf(std::vector<double> values);
double meanOf(std::vector<double> const& values);

} // namespace shakedown::bench
