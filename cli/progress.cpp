#include "cli/progress.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include <sys/ioctl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "reports/render/plain_text.hpp"

namespace shakedown::cli {

namespace {

constexpr double silentFor = 0.5; // seconds
constexpr double drawEvery = 0.1; // seconds
constexpr std::size_t barWidth = 20;
constexpr std::size_t sparkWidth = 12;

std::size_t terminalWidth() {
    winsize size{};
    bool const isKnown = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return isKnown ? size.ws_col : 80;
}

bool speaksUtf8() {
    for (auto const* variable : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        char const* const value = std::getenv(variable);
        if (value == nullptr || *value == '\0')
            continue;
        std::string const text = value;
        return text.find("UTF-8") != std::string::npos || text.find("utf8") != std::string::npos;
    }
    return false;
}

std::string eventRate(double perSecond) {
    return perSecond >= 1e6 ? fmt::format("{:.1f} M events/s", perSecond * 1e-6)
                            : fmt::format("{:.0f} k events/s", perSecond * 1e-3);
}

std::string secondsText(double seconds) {
    return fmt::format("{:.0f} s", std::ceil(seconds));
}

std::string bar(double share) {
    auto const filled = static_cast<std::size_t>(share * barWidth);
    return "[" + std::string(filled, '#') + std::string(barWidth - filled, '.') + "]";
}

} // namespace

std::string sparkline(std::deque<double> const& values, bool utf8) {
    static constexpr std::array bars{"\u2581", "\u2582", "\u2583", "\u2584",
                                     "\u2585", "\u2586", "\u2587", "\u2588"};
    static constexpr std::array plain{"_", ".", ":", "-", "=", "+", "*", "#"};
    double most = 0;
    for (double const v : values)
        most = std::max(most, v);
    std::string line;
    for (double const v : values) {
        auto const level = most > 0 ? static_cast<std::size_t>(std::lround(v / most * 7)) : 0;
        line += utf8 ? bars[level] : plain[level];
    }
    return line;
}

ProgressLine::ProgressLine(bool wanted, std::string const& name)
    : wanted_(wanted), terminal_(isatty(STDERR_FILENO) != 0),
      name_(render::clipped(render::cleaned(name), 30)) {}

void ProgressLine::show(run::Progress const& progress, double wallSeconds) {
    if (!wanted_ || wallSeconds < silentFor)
        return;
    double const here = progress.at.inSeconds() / progress.of.inSeconds();
    double const share = std::min(1.0, (static_cast<double>(progress.runsDone) + here)
                                           / static_cast<double>(progress.runs));
    if (!terminal_)
        return say(share, static_cast<double>(progress.events) / wallSeconds);
    if (wallSeconds - shownAt_ < drawEvery)
        return;
    shownAt_ = wallSeconds;
    noteGoodput(progress);
    draw(progress, share, wallSeconds);
}

void ProgressLine::noteGoodput(run::Progress const& progress) {
    bool const goesOn = progress.runsDone == last_.runsDone;
    run::Progress const since = goesOn ? last_ : run::Progress{};
    double const seconds = (progress.at - since.at).inSeconds();
    if (seconds > 0) {
        goodput_.push_back(static_cast<double>(progress.good - since.good) / seconds);
        if (goodput_.size() > sparkWidth)
            goodput_.pop_front();
    }
    last_ = progress;
}

// What does not fit is left out from the right; the name goes first.
void ProgressLine::draw(run::Progress const& progress, double share, double wallSeconds) {
    static bool const utf8 = speaksUtf8();
    double const left = share > 0 ? wallSeconds / share - wallSeconds : 0;
    std::string line = bar(share) + fmt::format(" {:2.0f} %", std::floor(share * 100));
    if (progress.runs > 1)
        line += fmt::format("  run {} of {}", progress.runsDone + 1, progress.runs);
    std::string const parts[] = {fmt::format("{:.0f} s of {}", progress.at.inSeconds(),
                                             secondsText(progress.of.inSeconds())),
                                 left < 1 ? std::string("under 1 s left")
                                          : secondsText(left) + " left",
                                 eventRate(static_cast<double>(progress.events) / wallSeconds),
                                 goodput_.size() > 1 ? sparkline(goodput_, utf8) : std::string()};
    std::size_t const width = terminalWidth() - 1;
    for (auto const& part : parts)
        if (render::widthOf(line) + 2 + render::widthOf(part) <= width)
            line += "  " + part;
    if (render::widthOf(line) + 1 + render::widthOf(name_) <= width)
        line = name_ + " " + line;
    drawn_ = true;
    std::fputs(("\r" + line + "\x1b[K").c_str(), stderr);
    std::fflush(stderr);
}

void ProgressLine::say(double share, double perSecond) {
    int const tenths = static_cast<int>(share * 10);
    if (tenths <= tenths_)
        return;
    tenths_ = tenths;
    std::fputs(fmt::format("{}: {} % ({})\n", name_, tenths * 10, eventRate(perSecond)).c_str(),
               stderr);
}

void ProgressLine::done() {
    if (drawn_)
        std::fputs("\r\x1b[2K", stderr);
}

} // namespace shakedown::cli
