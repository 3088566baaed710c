#include "chaos-agent/system/program.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>

#include <fcntl.h>
#include <poll.h>
#include <sched.h>

#include <sys/prctl.h>
#include <sys/wait.h>

#include "chaos-agent/system/pidfd.hpp"
#include "chaos-agent/system/prepared_program.hpp"

namespace shakedown::system {

namespace {

constexpr std::size_t keptAtMost = 1024 * 1024;

using Clock = std::chrono::steady_clock;

struct Pipe {
    Descriptor out;
    Descriptor in;

    static Pipe make() {
        std::array<int, 2> ends{-1, -1};
        if (pipe2(ends.data(), O_CLOEXEC) != 0)
            return {};
        return {Descriptor(ends[0]), Descriptor(ends[1])};
    }
};

[[noreturn]] void become(PreparedProgram& program, int in, int out, int errors) {
    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(errors, STDERR_FILENO);
    close_range(STDERR_FILENO + 1, ~0U, 0);
    program.execute();
    _exit(cannotExecute);
}

// The agent is the last to go when memory is short; a service that it starts is like any other.
void goLikeOthers() {
    Descriptor const score(open("/proc/self/oom_score_adj", O_RDWR | O_CLOEXEC));
    char sign = 0;
    if (score && read(score.number(), &sign, 1) == 1 && sign == '-')
        (void)!write(score.number(), "0", 1);
}

void keep(std::string& text, int descriptor, bool& open) {
    std::array<char, 16 * 1024> piece{};
    auto const got = read(descriptor, piece.data(), piece.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (got <= 0) {
        open = false;
        return;
    }
    auto const room = keptAtMost - std::min(keptAtMost, text.size());
    text.append(piece.data(), std::min(room, static_cast<std::size_t>(got)));
}

// Feeds and reads the child until it has closed its streams or the time is over.
bool converse(Finished& finished, Descriptor& in, std::string_view input, Descriptor const& out,
              Descriptor const& errors, Clock::time_point until) {
    bool outOpen = true;
    bool errorsOpen = true;
    fcntl(in.number(), F_SETFL, O_NONBLOCK);
    while (outOpen || errorsOpen) {
        if (input.empty())
            in.close();
        auto const left =
            std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
        if (left <= 0)
            return false;
        std::array<pollfd, 3> waits{pollfd{outOpen ? out.number() : -1, POLLIN, 0},
                                    pollfd{errorsOpen ? errors.number() : -1, POLLIN, 0},
                                    pollfd{in.number(), POLLOUT, 0}};
        if (poll(waits.data(), waits.size(), static_cast<int>(std::min<long>(left, 1000))) < 0)
            continue;
        if (waits[0].revents != 0)
            keep(finished.output, out.number(), outOpen);
        if (waits[1].revents != 0)
            keep(finished.errors, errors.number(), errorsOpen);
        if (waits[2].revents != 0) {
            auto const put = write(in.number(), input.data(), input.size());
            if (put >= 0)
                input.remove_prefix(static_cast<std::size_t>(put));
            else if (errno != EINTR && errno != EAGAIN)
                in.close(); // it does not want to hear more
        }
    }
    return true;
}

int statusOf(int status) {
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// Ends a child that took too long, and waits for it either way.
bool reap(pid_t child, int& status, Clock::time_point until) {
    Descriptor const handle = openPidfd(child);
    auto const left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    pollfd ended{handle.number(), POLLIN, 0};
    bool const inTime = handle && poll(&ended, 1, static_cast<int>(std::max<long>(0, left))) == 1;
    if (!inTime)
        kill(child, SIGKILL); // our own child, not waited for yet: the number is its
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return inTime;
}

} // namespace

Failed checkWords(Words const& words) {
    if (words.empty())
        return Failure{"no program is named"};
    for (auto const& word : words)
        if (word.find('\0') != std::string::npos)
            return Failure{"an argument holds a NUL"};
    if (!words.front().starts_with('/'))
        return Failure{"'" + words.front() + "' is no absolute path"};
    if (access(words.front().c_str(), X_OK) != 0)
        return failureOf(words.front(), errno);
    return {};
}

Got<Finished> run(Words const& words, std::string const& input, Duration within,
                  NetworkNamespace const* place) {
    if (auto failed = checkWords(words))
        return *failed;
    auto const until = Clock::now() + std::chrono::nanoseconds(within.count());
    Pipe in = Pipe::make();
    Pipe out = Pipe::make();
    Pipe errors = Pipe::make();
    if (!in.in || !out.in || !errors.in)
        return failureOf("pipes to " + words.front(), errno);
    PreparedProgram program(words);
    pid_t const us = getpid();
    int const elsewhere = place == nullptr || place->isHere() ? -1 : place->descriptor();
    pid_t const child = fork();
    if (child < 0)
        return failureOf("a process for " + words.front(), errno);
    if (child == 0) {
        resetSignals();
        // When we are killed, so is it: what it still did would come after others took it back.
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != us)
            _exit(cannotExecute);
        if (elsewhere >= 0 && setns(elsewhere, CLONE_NEWNET) != 0)
            _exit(cannotExecute);
        become(program, in.out.number(), out.in.number(), errors.in.number());
    }
    in.out.close();
    out.in.close();
    errors.in.close();
    Finished finished;
    bool const heard = converse(finished, in.in, input, out.out, errors.out, until);
    int status = 0;
    if (!reap(child, status, until) || !heard)
        return Failure{words.front() + " took too long and was killed"};
    finished.status = statusOf(status);
    return finished;
}

Failed launch(Words const& words) {
    if (auto failed = checkWords(words))
        return failed;
    Descriptor const nothing(open("/dev/null", O_RDWR | O_CLOEXEC));
    if (!nothing)
        return failureOf("/dev/null", errno);
    PreparedProgram program(words);
    // Twice: the one in between ends at once, and init waits for the other.
    pid_t const between = fork();
    if (between < 0)
        return failureOf("a process for " + words.front(), errno);
    if (between == 0) {
        setsid();
        pid_t const child = fork();
        if (child != 0)
            _exit(child < 0 ? 1 : 0);
        resetSignals();
        goLikeOthers();
        become(program, nothing.number(), nothing.number(), nothing.number());
    }
    int status = 0;
    while (waitpid(between, &status, 0) < 0 && errno == EINTR) {
    }
    if (statusOf(status) != 0)
        return Failure{"no process for " + words.front()};
    return {};
}

} // namespace shakedown::system
