#include "chaos-agent/system/process.hpp"

#include <cerrno>
#include <charconv>
#include <csignal>
#include <sstream>

#include <poll.h>

#include "chaos-agent/system/file_text.hpp"
#include "chaos-agent/system/pidfd.hpp"

namespace shakedown::system {

std::string textOf(ProcessId const& id) {
    return std::to_string(id.number) + " (began at tick " + std::to_string(id.began) + ")";
}

std::optional<ProcessStat> statOf(pid_t number) {
    auto const read = readFile("/proc/" + std::to_string(number) + "/stat");
    auto const* text = std::get_if<std::string>(&read);
    if (text == nullptr)
        return {};
    // The name is in parentheses and may hold any byte, parentheses too.
    auto const open = text->find('(');
    auto const close = text->rfind(')');
    if (open == std::string::npos || close == std::string::npos || close < open)
        return {};
    ProcessStat stat;
    stat.id.number = number;
    stat.name = text->substr(open + 1, close - open - 1);
    std::istringstream rest(text->substr(close + 1));
    std::string skipped;
    rest >> stat.state;
    constexpr int fieldsBetween = 18; // from 4 to 21
    for (int i = 0; i < fieldsBetween; ++i)
        rest >> skipped;
    if (!(rest >> stat.id.began))
        return {};
    return stat;
}

std::optional<Process> Process::open(pid_t number) {
    if (number <= 0)
        return {};
    Descriptor descriptor = openPidfd(number);
    if (!descriptor)
        return {};
    auto const stat = statOf(number);
    if (!stat)
        return {};
    Process process(std::move(descriptor), stat->id);
    // What was read is of this process only if it still lives: a number is not given away before.
    if (process.isGone())
        return {};
    return process;
}

std::optional<Process> Process::reopen(ProcessId const& id) {
    auto process = open(id.number);
    if (!process || process->id() != id)
        return {};
    return process;
}

Failed Process::signal(int number) const {
    if (signalPidfd(descriptor_, number) == 0)
        return {};
    return failureOf("signal " + std::to_string(number) + " to process " + textOf(id_), errno);
}

bool Process::isGone() const {
    pollfd ended{descriptor_.number(), POLLIN, 0};
    return poll(&ended, 1, 0) == 1;
}

bool Process::isStopped() const {
    auto const stat = statOf(id_.number);
    return stat && stat->id == id_ && stat->state == 'T';
}

Got<pid_t> readPidFile(std::string const& path) {
    auto read = readFile(path, 64);
    if (auto* failure = std::get_if<Failure>(&read))
        return std::move(*failure);
    std::string const& text = std::get<std::string>(read);
    auto const first = text.find_first_not_of(" \t\r\n");
    auto const last = text.find_last_not_of(" \t\r\n");
    pid_t number = 0;
    if (first != std::string::npos) {
        auto const* const end = text.data() + last + 1;
        auto const [rest, error] = std::from_chars(text.data() + first, end, number);
        if (error == std::errc() && rest == end && number > 1)
            return number;
    }
    return Failure{path + ": holds no process number above 1"};
}

} // namespace shakedown::system
