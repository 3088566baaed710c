#include "chaos-agent/system/companions.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <linux/capability.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "chaos-agent/system/prepared_program.hpp"

namespace shakedown::system {

namespace {

constexpr int forExecuting = 5000; // milliseconds

// A child's last words: what it could not do.
enum class Step : int { EnterGroup, YieldMemory, Limit, DropPrivileges, Directory, Execute };

char const* wordsOf(Step step) {
    switch (step) {
    case Step::EnterGroup:
        return "it could not enter its control group";
    case Step::YieldMemory:
        return "it could not be made the first to go when memory is short";
    case Step::Limit:
        return "it could not be limited";
    case Step::DropPrivileges:
        return "it could not drop its privileges";
    case Step::Directory:
        return "it could not work in its directory";
    case Step::Execute:
        break;
    }
    return "it could not be executed";
}

struct LastWords {
    Step step = Step::Execute;
    int error = 0;
};

// All that the child needs, made before the fork.
struct Birth {
    pid_t parent;
    std::vector<Descriptor> const& doors;
    int nothing;
    int words;
    char const* directory;
    rlim_t seconds;
};

[[noreturn]] void giveUp(Birth const& birth, Step step) {
    LastWords const last{step, errno};
    (void)!::write(birth.words, &last, sizeof last);
    _exit(cannotExecute);
}

// When the thread that made us is gone, so are we, even if it went just now.
void endWithParent(Birth const& birth) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != birth.parent)
        _exit(cannotExecute);
}

bool writeText(char const* path, char const* text) {
    int const file = ::open(path, O_WRONLY | O_CLOEXEC);
    return file >= 0 && ::write(file, text, std::strlen(text)) > 0;
}

bool limitTime(rlim_t seconds) {
    rlimit const time{seconds, seconds};
    rlimit const none{0, 0};
    return setrlimit(RLIMIT_CPU, &time) == 0 && setrlimit(RLIMIT_CORE, &none) == 0;
}

// Root without capabilities, and none come back with the program (capabilities(7)).
bool dropPrivileges() {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, 2> const none{};
    return syscall(SYS_capset, &header, none.data()) == 0
           && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

// Its memory is the first to go from now on; who has the privilege to say so lets nobody take it
// back, so this comes before privileges are dropped.
[[noreturn]] void live(Birth const& birth, PreparedProgram& program) {
    resetSignals();
    setsid();
    endWithParent(birth);
    for (auto const& door : birth.doors)
        if (::write(door.number(), "0", 1) != 1)
            giveUp(birth, Step::EnterGroup);
    if (!writeText("/proc/self/oom_score_adj", "1000"))
        giveUp(birth, Step::YieldMemory);
    if (!limitTime(birth.seconds))
        giveUp(birth, Step::Limit);
    if (chdir(birth.directory) != 0)
        giveUp(birth, Step::Directory);
    if (!dropPrivileges())
        giveUp(birth, Step::DropPrivileges);
    endWithParent(birth);
    for (int const stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        dup2(birth.nothing, stream);
    close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
    program.execute();
    giveUp(birth, Step::Execute);
}

Failed lastWordsOf(Descriptor const& words, std::string const& program) {
    pollfd told{words.number(), POLLIN, 0};
    if (poll(&told, 1, forExecuting) != 1)
        return Failure{program + ": it took too long to begin"};
    LastWords last;
    if (::read(words.number(), &last, sizeof last) != sizeof last)
        return {}; // it has become the program, and the line is closed
    return failureOf(program + ": " + wordsOf(last.step), last.error);
}

} // namespace

Failed Companions::start(Words const& words, Confinement const& confinement) {
    if (auto failed = checkWords(words))
        return failed;
    auto const doors = doorsOf(confinement.groups);
    if (auto const* failure = std::get_if<Failure>(&doors))
        return *failure;
    Descriptor const nothing(::open("/dev/null", O_RDWR | O_CLOEXEC));
    std::array<int, 2> ends{-1, -1};
    if (!nothing || pipe2(ends.data(), O_CLOEXEC) != 0)
        return failureOf("a line to " + words.front(), errno);
    Descriptor const hears(ends[0]);
    Descriptor says(ends[1]);
    PreparedProgram program(words);
    Birth const birth{getpid(),
                      std::get<std::vector<Descriptor>>(doors),
                      nothing.number(),
                      says.number(),
                      confinement.directory.c_str(),
                      static_cast<rlim_t>(confinement.processorTime.inSeconds()) + 1};
    pid_t const child = fork();
    if (child < 0)
        return failureOf("a process for " + words.front(), errno);
    if (child == 0)
        live(birth, program);
    says.close();
    running_.push_back(child);
    auto failed = lastWordsOf(hears, words.front());
    if (failed)
        kill(child, SIGKILL); // our own child, not waited for yet: the number is its
    return failed;
}

void Companions::reap() {
    std::erase_if(running_, [](pid_t child) { return waitpid(child, nullptr, WNOHANG) != 0; });
}

} // namespace shakedown::system
