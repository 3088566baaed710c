#pragma once

#include "chaos-agent/conduct/conductor.hpp"

namespace shakedown::cli {

/// What happens in a live run, on stderr: a line for each fault that begins or ends; on a terminal
/// the time, drawn again, elsewhere a line every 10 %.
class LiveProgress {
public:
    explicit LiveProgress(bool wanted);
    void show(conduct::Sight const& sight);
    void done();

private:
    bool wanted_;
    bool terminal_;
    bool drawn_ = false;
    int tenths_ = 0;
    std::int64_t second_ = -1;
};

} // namespace shakedown::cli
