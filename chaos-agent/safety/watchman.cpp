#include "chaos-agent/safety/watchman.hpp"

#include <array>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace shakedown::safety {

namespace {

constexpr int cannotExecute = 127;

} // namespace

system::Got<Watchman> Watchman::start(std::string const& program,
                                      std::string const& stateDirectory) {
    std::array<int, 2> ends{-1, -1};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return system::failureOf("a line to the watchdog", errno);
    system::Descriptor ours(ends[0]);
    system::Descriptor theirs(ends[1]);
    fcntl(ours.number(), F_SETFL, O_NONBLOCK);

    // All words before the fork: after it nothing may allocate.
    constexpr int lineThere = STDERR_FILENO + 1;
    std::string const line = std::to_string(lineThere);
    std::string const agent = std::to_string(getpid());
    std::array<char const*, 9> const words{
        program.c_str(), "watchdog",   "--state-directory", stateDirectory.c_str(),
        "--line",        line.c_str(), "--agent",           agent.c_str(),
        nullptr};
    pid_t const child = fork();
    if (child < 0)
        return system::failureOf("a process for the watchdog", errno);
    if (child == 0) {
        setsid();
        // Nothing else of ours: with a listener of the agent's the next one could not listen there.
        if (theirs.number() == lineThere)
            fcntl(lineThere, F_SETFD, 0);
        else
            dup2(theirs.number(), lineThere);
        close_range(lineThere + 1, ~0U, 0);
        execv(program.c_str(), const_cast<char* const*>(words.data()));
        _exit(cannotExecute);
    }
    auto const found = system::Process::open(child);
    auto const* process = std::get_if<system::Process>(&found);
    if (process == nullptr)
        return system::Failure{"the watchdog ended at once"};
    return Watchman(std::move(ours), process->id());
}

void Watchman::beat() const {
    (void)send(line_.number(), ".", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
}

bool Watchman::lives() const {
    // Waited for as soon as it ends; a number that is another's is not ours to wait for.
    if (waitpid(process_.number, nullptr, WNOHANG) != 0)
        return false;
    auto const found = system::Process::reopen(process_);
    auto const* process = std::get_if<system::Process>(&found);
    // Who cannot be looked at is not thought dead: one watchdog is enough.
    return process == nullptr ? !std::holds_alternative<system::Gone>(found)
                              : !process->isStopped();
}

} // namespace shakedown::safety
