#include "cli/command.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <initializer_list>

#include <unistd.h>

namespace shakedown::cli {

Exit worse(Exit a, Exit b) {
    static constexpr std::array worstFirst{
        Exit::Internal, Exit::RevertFailed,      Exit::Interrupted,     Exit::Agent,
        Exit::Aborted,  Exit::NotSteady,         Exit::InvalidScenario, Exit::Usage,
        Exit::Limit,    Exit::ExpectationFailed, Exit::NothingChecked,  Exit::Ok};
    auto const rank = [](Exit e) {
        return std::find(worstFirst.begin(), worstFirst.end(), e) - worstFirst.begin();
    };
    return rank(a) <= rank(b) ? a : b;
}

bool colours(Common const& common, int descriptor) {
    if (common.colour == "always")
        return true;
    if (common.colour == "never" || std::getenv("NO_COLOR") != nullptr)
        return false;
    return isatty(descriptor) != 0;
}

std::atomic<bool>& stopRequested() {
    static std::atomic<bool> stop{false};
    return stop;
}

namespace {

void watch(std::initializer_list<int> signals) {
    struct sigaction action {};
    action.sa_handler = [](int) { stopRequested().store(true); };
    for (int const signal : signals)
        sigaction(signal, &action, nullptr);
}

} // namespace

void watchSignals() {
    watch({SIGINT, SIGTERM});
}

void watchEverySignal() {
    watch({SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2});
    std::signal(SIGPIPE, SIG_IGN);
}

} // namespace shakedown::cli
