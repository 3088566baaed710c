#include "cli/live_progress.hpp"

#include <cstdio>
#include <utility>

#include <unistd.h>

#include <fmt/format.h>

#include "reports/render/plain_text.hpp"

namespace shakedown::cli {

LiveProgress::LiveProgress(bool wanted) : wanted_(wanted), terminal_(isatty(STDERR_FILENO) != 0) {}

void LiveProgress::show(conduct::Sight const& sight) {
    if (!wanted_)
        return;
    if (!sight.what.empty()) {
        done();
        std::fputs(fmt::format("{:9.1f} s  {}\n", sight.at.inSeconds(),
                               render::clipped(render::cleaned(sight.what), 80))
                       .c_str(),
                   stderr);
        return;
    }
    std::int64_t const second = sight.at.count() / 1'000'000'000;
    if (terminal_ && second != second_) {
        second_ = second;
        drawn_ = true;
        std::fputs(fmt::format("\r{:9} s of {:.0f} s\x1b[K", second, sight.of.inSeconds()).c_str(),
                   stderr);
        std::fflush(stderr);
    }
    auto const tenths = static_cast<int>(10 * (sight.at.sinceStart() / sight.of));
    if (terminal_ || tenths <= tenths_)
        return;
    tenths_ = tenths;
    std::fputs(fmt::format("{:9.1f} s  {} %\n", sight.at.inSeconds(), tenths * 10).c_str(), stderr);
}

void LiveProgress::done() {
    if (std::exchange(drawn_, false))
        std::fputs("\r\x1b[2K", stderr);
}

} // namespace shakedown::cli
