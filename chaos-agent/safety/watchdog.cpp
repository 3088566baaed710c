#include "chaos-agent/safety/watchdog.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <thread>

#include <poll.h>

#include <unistd.h>

#include "chaos-agent/safety/host_keeper.hpp"
#include "chaos-agent/safety/tenure.hpp"
#include "chaos-agent/system/boot.hpp"
#include "chaos-agent/system/pidfd.hpp"

namespace shakedown::safety {

namespace {

using system::Failure;

constexpr int nothingLeft = 0;
constexpr int cannotBeHad = 1;
constexpr int somethingStuck = 6;
constexpr Duration look = Duration::milliseconds(250);
constexpr Duration forTheLock = Duration::seconds(5);
constexpr Duration forTheStuck = Duration::seconds(60);

enum class Heard { Beat, Silence, End };

Heard listen(int line) {
    pollfd wait{line, POLLIN, 0};
    int const ready = poll(&wait, 1, static_cast<int>(look.inMilliseconds()));
    if (ready <= 0)
        return Heard::Silence;
    std::array<char, 256> beats{};
    auto const got = ::read(line, beats.data(), beats.size());
    if (got > 0)
        return Heard::Beat;
    return got < 0 && (errno == EINTR || errno == EAGAIN) ? Heard::Silence : Heard::End;
}

// Only who is silent with faults at work is ended: an idle agent may be in a debugger's hands.
bool hasFaults(std::string const& directory) {
    auto const journal = Journal::open(filesIn(directory).journal);
    auto const* open = std::get_if<Journal>(&journal);
    if (open == nullptr)
        return true;
    auto const live = open->live();
    auto const* entries = std::get_if<std::vector<JournalEntry>>(&live);
    return entries == nullptr || !entries->empty();
}

// Killed is not ended yet: who waits for a disk that does not answer ends when it does, and nobody
// else would take back after him.
void awaitEnd(system::Descriptor const& agent) {
    pollfd ended{agent.number(), POLLIN, 0};
    while (agent && poll(&ended, 1, static_cast<int>(look.inMilliseconds())) != 1) {
    }
}

// A disk may be short of room for a while; who leaves now leaves faults at work.
system::Got<Journal> openPatiently(std::string const& path) {
    constexpr int tries = 50;
    for (int i = 1;; ++i) {
        auto journal = Journal::open(path);
        if (std::holds_alternative<Journal>(journal) || i == tries)
            return journal;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

int drain(HostKeeper& keeper, Duration patience) {
    auto const until = system::sinceBoot() + patience;
    while (keeper.liveCount() > 0 && system::sinceBoot() < until) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        keeper.tick(system::sinceBoot());
    }
    return keeper.liveCount() == 0 ? nothingLeft : somethingStuck;
}

} // namespace

int takeBack(std::string const& stateDirectory, Duration patience) {
    auto const tenure = Tenure::take(stateDirectory, forTheLock);
    if (std::holds_alternative<Failure>(tenure))
        return cannotBeHad; // another agent has it, and takes back what it finds
    auto const files = filesIn(stateDirectory);
    auto journal = openPatiently(files.journal);
    if (std::holds_alternative<Failure>(journal))
        return cannotBeHad;
    auto const tail = std::get<Journal>(journal).auditTail();
    auto audit = AuditLog::open(files.audit, std::holds_alternative<AuditTail>(tail)
                                                 ? std::get<AuditTail>(tail)
                                                 : AuditTail{});
    // What cannot be written down is taken back all the same.
    auto const opened = HostKeeper::open({}, std::get<Journal>(std::move(journal)),
                                         std::holds_alternative<Failure>(audit)
                                             ? AuditLog::missing(std::get<Failure>(audit))
                                             : std::get<AuditLog>(std::move(audit)),
                                         system::sinceBoot());
    if (std::holds_alternative<Failure>(opened))
        return cannotBeHad;
    return drain(*std::get<std::unique_ptr<HostKeeper>>(opened), patience);
}

int watch(WatchSettings const& settings) {
    // It ends when the agent has ended, not before.
    for (int const number : {SIGTERM, SIGINT, SIGHUP, SIGPIPE})
        std::signal(number, SIG_IGN);
    system::Descriptor const agent = system::openPidfd(settings.agent);
    Duration silent;
    for (;;) {
        auto const heard = listen(settings.line);
        if (heard == Heard::End)
            break;
        silent = heard == Heard::Beat ? Duration() : silent + look;
        if (silent >= settings.silence && hasFaults(settings.stateDirectory)) {
            (void)system::signalPidfd(agent, SIGKILL);
            break;
        }
    }
    awaitEnd(agent);
    return takeBack(settings.stateDirectory, forTheStuck);
}

} // namespace shakedown::safety
