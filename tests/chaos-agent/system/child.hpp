#pragma once

#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>
#include <thread>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace shakedown::tests {

// Whether it becomes true within five seconds.
template <class Condition>
bool soon(Condition const& condition) {
    for (int i = 0; i < 500; ++i) {
        if (condition()) {
            return true;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return condition();
}

// A path nobody has, in the folder for temporary files.
inline std::filesystem::path freshPath(std::string const& what) {
    static int made = 0;
    return std::filesystem::temp_directory_path()
           / ("shakedown-" + what + "-" + std::to_string(getpid()) + "-" + std::to_string(++made));
}

// A process that does nothing but wait, for a minute at most.
class Child {
public:
    Child() {
        int names[2];
        if (pipe(names) != 0) {
            _exit(1);
        }
        id_ = fork();
        if (id_ == 0) {
            close(names[1]);
            alarm(60);
            char name[16] = {};
            if (read(names[0], name, sizeof name - 1) > 0) {
                prctl(PR_SET_NAME, name);
            }
            for (;;) {
                pause();
            }
        }
        close(names[0]);
        names_ = names[1];
    }
    ~Child() {
        close(names_);
        if (!waited_) {
            kill(id_, SIGKILL);
            wait();
        }
    }
    Child(Child const&) = delete;
    Child& operator=(Child const&) = delete;

    pid_t number() const { return id_; }
    void rename(std::string const& name) { (void)!write(names_, name.data(), name.size()); }
    void wait() {
        waitpid(id_, nullptr, 0);
        waited_ = true;
    }

private:
    pid_t id_ = -1;
    int names_ = -1;
    bool waited_ = false;
};

// This process can open no more descriptors than it has.
class DescriptorLimit {
public:
    DescriptorLimit() {
        getrlimit(RLIMIT_NOFILE, &before_);
        int const lowestFree = dup(STDIN_FILENO);
        close(lowestFree);
        rlimit const none{static_cast<rlim_t>(lowestFree), before_.rlim_max};
        setrlimit(RLIMIT_NOFILE, &none);
    }
    ~DescriptorLimit() { setrlimit(RLIMIT_NOFILE, &before_); }
    DescriptorLimit(DescriptorLimit const&) = delete;
    DescriptorLimit& operator=(DescriptorLimit const&) = delete;

private:
    rlimit before_{};
};

// Files of this process cannot grow beyond so many bytes: as on a full disk.
class FileSizeLimit {
public:
    explicit FileSizeLimit(std::size_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &before_);
        rlimit const small{bytes, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
    }
    ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &before_); }
    FileSizeLimit(FileSizeLimit const&) = delete;
    FileSizeLimit& operator=(FileSizeLimit const&) = delete;

private:
    rlimit before_{};
};

} // namespace shakedown::tests
