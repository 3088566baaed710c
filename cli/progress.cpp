#include "cli/progress.hpp"

#include <cstdio>

#include <unistd.h>

#include <fmt/format.h>

#include "reports/render/plain_text.hpp"

namespace shakedown::cli {

ProgressLine::ProgressLine(bool wanted, std::string name, int runs)
    : wanted_(wanted), terminal_(isatty(STDERR_FILENO) != 0),
      name_(render::clipped(render::cleaned(name), 30)), runs_(runs) {}

void ProgressLine::show(run::Progress const& progress, double wallSeconds) {
    if (!wanted_ || wallSeconds < 0.5)
        return;
    double const share = progress.at.inSeconds() / progress.of.inSeconds();
    double const perSecond = static_cast<double>(progress.events) / wallSeconds;
    double const left = share > 0 ? wallSeconds / share - wallSeconds : 0;
    if (terminal_) {
        if (wallSeconds - shownAt_ < 0.1)
            return;
        shownAt_ = wallSeconds;
        drawn_ = true;
        auto const filled = static_cast<std::size_t>(share * 24);
        std::fputs(
            fmt::format("\r{} [{}{}] {:.0f} s of {:.0f} s  {:.1f} M events/s  {:.0f} s left ",
                        name_, std::string(filled, '#'), std::string(24 - filled, '.'),
                        progress.at.inSeconds(), progress.of.inSeconds(), perSecond * 1e-6, left)
                .c_str(),
            stderr);
        std::fflush(stderr);
        return;
    }
    int const tenths = static_cast<int>(share * 10);
    if (tenths <= tenths_)
        return;
    tenths_ = tenths;
    std::fputs(
        fmt::format("{}: {} % ({:.1f} M events/s)\n", name_, tenths * 10, perSecond * 1e-6).c_str(),
        stderr);
}

void ProgressLine::done() {
    if (drawn_)
        std::fputs("\r\x1b[2K", stderr);
}

} // namespace shakedown::cli
