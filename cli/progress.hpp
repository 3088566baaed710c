#pragma once

#include <deque>
#include <string>

#include "sim/run/simulate.hpp"

namespace shakedown::cli {

/// Progress on stderr: on a terminal one line that is drawn again, with a bar, simulated time,
/// events a second, remaining time and a sparkline of goodput; elsewhere a line every 10 %. Nothing
/// at all for runs shorter than half a second.
class ProgressLine {
public:
    ProgressLine(bool wanted, std::string const& name);
    void show(run::Progress const& progress, double wallSeconds);
    void done();

private:
    void draw(run::Progress const& progress, double share, double wallSeconds);
    void say(double share, double perSecond);
    void noteGoodput(run::Progress const& progress);

    bool wanted_;
    bool terminal_;
    std::string name_;
    double shownAt_ = 0;
    int tenths_ = 0;
    bool drawn_ = false;
    run::Progress last_;
    std::deque<double> goodput_; // per second, since the drawing before
};

/// A row of bars for the values, scaled to the largest; plain characters where a terminal does not
/// speak UTF-8.
std::string sparkline(std::deque<double> const& values, bool utf8);

} // namespace shakedown::cli
