#pragma once

#include <string>

#include "sim/run/simulate.hpp"

namespace shakedown::cli {

/// Progress on stderr: on a terminal one line that is drawn again, elsewhere a line every 10 %, and
/// nothing at all for runs shorter than half a second.
class ProgressLine {
public:
    ProgressLine(bool wanted, std::string name, int runs);
    void show(run::Progress const& progress, double wallSeconds);
    void done();

private:
    bool wanted_;
    bool terminal_;
    std::string name_;
    int runs_;
    double shownAt_ = 0;
    int tenths_ = 0;
    bool drawn_ = false;
};

} // namespace shakedown::cli
