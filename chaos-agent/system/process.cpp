#include "chaos-agent/system/process.hpp"

#include <cerrno>
#include <charconv>
#include <csignal>
#include <sstream>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>

#include "chaos-agent/system/file_text.hpp"
#include "chaos-agent/system/pidfd.hpp"

namespace shakedown::system {

namespace {

// A mask of signals in /proc/PID/status, of 16 hexadecimal digits (proc(5)).
bool isPending(std::string const& status, std::string_view mask, int signal) {
    auto const found = status.find(mask);
    if (found == std::string::npos)
        return false;
    std::uint64_t const set = std::stoull(status.substr(found + mask.size(), 20), nullptr, 16);
    return (set >> static_cast<unsigned>(signal - 1) & 1U) != 0;
}

} // namespace

std::string textOf(ProcessId const& id) {
    return std::to_string(id.number) + " (began at tick " + std::to_string(id.began) + ")";
}

Found<ProcessStat> statOf(pid_t number) {
    std::string const path = "/proc/" + std::to_string(number) + "/stat";
    auto const read = readFile(path);
    if (auto const* failure = std::get_if<Failure>(&read)) {
        if (failure->error == ENOENT || failure->error == ESRCH)
            return Gone{};
        return *failure;
    }
    auto const* text = std::get_if<std::string>(&read);
    // The name is in parentheses and may hold any byte, parentheses too.
    auto const open = text->find('(');
    auto const close = text->rfind(')');
    if (open == std::string::npos || close == std::string::npos || close < open)
        return Failure{path + " cannot be read"};
    ProcessStat stat;
    stat.id.number = number;
    stat.name = text->substr(open + 1, close - open - 1);
    std::istringstream rest(text->substr(close + 1));
    std::string skipped;
    rest >> stat.state;
    constexpr int fieldOfFlags = 9;
    constexpr int fieldOfBegin = 22;
    for (int field = 4; field < fieldOfFlags; ++field)
        rest >> skipped;
    rest >> stat.flags;
    for (int field = fieldOfFlags + 1; field < fieldOfBegin; ++field)
        rest >> skipped;
    if (!(rest >> stat.id.began))
        return Failure{path + " cannot be read"};
    return stat;
}

Found<Process> Process::open(pid_t number) {
    if (number <= 0)
        return Gone{};
    Descriptor descriptor = openPidfd(number);
    if (!descriptor && errno != ESRCH)
        return failureOf("process " + std::to_string(number), errno);
    if (!descriptor)
        return Gone{};
    auto const stat = statOf(number);
    if (auto const* failure = std::get_if<Failure>(&stat))
        return *failure;
    if (std::holds_alternative<Gone>(stat))
        return Gone{};
    Process process(std::move(descriptor), std::get<ProcessStat>(stat).id);
    // What was read is of this process only if it still lives: a number is not given away before.
    if (process.isGone())
        return Gone{};
    return process;
}

Found<Process> Process::reopen(ProcessId const& id) {
    auto found = open(id.number);
    auto const* process = std::get_if<Process>(&found);
    if (process != nullptr && process->id() != id)
        return Gone{};
    return found;
}

Failed Process::signal(int number) const {
    if (signalPidfd(descriptor_, number) == 0)
        return {};
    return failureOf("signal " + std::to_string(number) + " to process " + textOf(id_), errno);
}

bool Process::isGone() const {
    return waitForEnd(Duration());
}

bool Process::waitForEnd(Duration within) const {
    pollfd ended{descriptor_.number(), POLLIN, 0};
    return poll(&ended, 1, static_cast<int>(within.inMilliseconds())) == 1;
}

bool Process::isDoomed() const {
    constexpr std::uint64_t exiting = 4; // PF_EXITING, include/linux/sched.h
    auto const found = statOf(id_.number);
    auto const* stat = std::get_if<ProcessStat>(&found);
    if (stat == nullptr || stat->id != id_ || (stat->flags & exiting) != 0)
        return true;
    auto const status = readFile("/proc/" + std::to_string(id_.number) + "/status");
    auto const* text = std::get_if<std::string>(&status);
    if (text == nullptr)
        return true;
    return isPending(*text, "\nSigPnd:", SIGKILL) || isPending(*text, "\nShdPnd:", SIGKILL);
}

bool Process::isStopped() const {
    auto const found = statOf(id_.number);
    auto const* stat = std::get_if<ProcessStat>(&found);
    return stat != nullptr && stat->id == id_ && stat->state == 'T';
}

namespace {

// Why a file is not to be believed that names the process.
Failed misleads(std::string const& path, Descriptor const& file, pid_t number) {
    struct stat found {};
    if (fstat(file.number(), &found) != 0)
        return failureOf(path, errno);
    if ((found.st_mode & S_IWOTH) != 0)
        return Failure{path + " can be written by everybody"};
    struct stat process {};
    if (found.st_uid == 0 || found.st_uid == geteuid()
        || ::stat(("/proc/" + std::to_string(number)).c_str(), &process) != 0
        || process.st_uid == found.st_uid)
        return {};
    return Failure{path + " belongs to user " + std::to_string(found.st_uid) + ", and process "
                   + std::to_string(number) + " to user " + std::to_string(process.st_uid)};
}

} // namespace

Got<pid_t> readPidFile(std::string const& path) {
    Descriptor const file(
        ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW));
    if (!file)
        return failureOf(path, errno);
    auto read = readFile(file, path, 64);
    if (auto* failure = std::get_if<Failure>(&read))
        return std::move(*failure);
    std::string const& text = std::get<std::string>(read);
    auto const first = text.find_first_not_of(" \t\r\n");
    auto const last = text.find_last_not_of(" \t\r\n");
    pid_t number = 0;
    if (first != std::string::npos) {
        auto const* const end = text.data() + last + 1;
        auto const [rest, error] = std::from_chars(text.data() + first, end, number);
        if (error != std::errc() || rest != end)
            number = 0;
    }
    if (number <= 1)
        return Failure{path + ": holds no process number above 1"};
    if (auto failed = misleads(path, file, number))
        return *failed;
    return number;
}

} // namespace shakedown::system
