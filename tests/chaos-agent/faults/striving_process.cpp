#include "tests/chaos-agent/faults/striving_process.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "chaos-agent/system/file_text.hpp"
#include "tests/chaos-agent/system/child.hpp"

namespace shakedown::tests {

namespace {

constexpr unsigned endsAfterSeconds = 120;
constexpr int pauseMicroseconds = 5000;

int descriptorsHad() {
    constexpr int wanted = 20;
    std::vector<int> had;
    while (static_cast<int>(had.size()) < wanted) {
        int const one = open("/dev/null", O_RDONLY | O_CLOEXEC);
        if (one < 0) {
            break;
        }
        had.push_back(one);
    }
    for (int const one : had) {
        close(one);
    }
    return static_cast<int>(had.size());
}

int processesHad() {
    constexpr int wanted = 10;
    pid_t const striving = getpid();
    std::vector<pid_t> had;
    while (static_cast<int>(had.size()) < wanted) {
        pid_t const one = fork();
        if (one < 0) {
            break;
        }
        if (one == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            if (getppid() != striving) {
                _exit(0);
            }
            alarm(endsAfterSeconds);
            pause();
            _exit(0);
        }
        had.push_back(one);
    }
    for (pid_t const one : had) {
        kill(one, SIGKILL);
        waitpid(one, nullptr, 0);
    }
    return static_cast<int>(had.size());
}

void limit(int descriptors) {
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = static_cast<rlim_t>(descriptors);
    setrlimit(RLIMIT_NOFILE, &files);
}

[[noreturn]] void strive(StrivingProcess::For what, std::atomic<int>& got, std::atomic<int>& own,
                         std::atomic<int>& tries) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    alarm(endsAfterSeconds);
    for (;;) {
        if (int const wanted = own.exchange(0); wanted > 0) {
            limit(wanted);
        }
        tries = 1;
        switch (what) {
        case StrivingProcess::For::Descriptors:
            got = descriptorsHad();
            break;
        case StrivingProcess::For::Processes:
            got = processesHad();
            break;
        case StrivingProcess::For::Time:
            continue;
        }
        tries = 0;
        usleep(pauseMicroseconds);
    }
}

} // namespace

StrivingProcess::StrivingProcess(For what) : pidFile_(freshPath("striving.pid").string()) {
    void* const shared =
        mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    REQUIRE(shared != MAP_FAILED);
    got_ = new (shared) std::atomic<int>(-1);
    own_ = new (static_cast<char*>(shared) + sizeof *got_) std::atomic<int>(0);
    tries_ = new (static_cast<char*>(shared) + 2 * sizeof *got_) std::atomic<int>(0);
    id_ = fork();
    if (id_ == 0) {
        strive(what, *got_, *own_, *tries_);
    }
    std::ofstream(pidFile_) << id_ << '\n';
}

StrivingProcess::~StrivingProcess() {
    kill(id_, SIGKILL);
    waitpid(id_, nullptr, 0);
    munmap(got_, 4096);
    std::error_code ignored;
    std::filesystem::remove(pidFile_, ignored);
}

void StrivingProcess::stopIdle() const {
    REQUIRE(soon([&] {
        kill(id_, SIGSTOP);
        soon([&] { return std::get<system::ProcessStat>(system::statOf(id_)).state == 'T'; });
        if (*tries_ == 0) {
            return true;
        }
        kill(id_, SIGCONT);
        return false;
    }));
}

void StrivingProcess::goOn() const {
    kill(id_, SIGCONT);
}

system::ProcessId StrivingProcess::id() const {
    return std::get<system::Process>(system::Process::open(id_)).id();
}

double StrivingProcess::processorSeconds() const {
    auto const text =
        std::get<std::string>(system::readFile("/proc/" + std::to_string(id_) + "/stat"));
    std::istringstream fields(text.substr(text.rfind(')') + 1));
    std::string skipped;
    constexpr int beforeTimes = 11; // utime and stime are fields 14 and 15 (proc(5))
    for (int i = 0; i < beforeTimes; ++i) {
        fields >> skipped;
    }
    double user = 0;
    double inKernel = 0;
    fields >> user >> inKernel;
    return (user + inKernel) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

} // namespace shakedown::tests
