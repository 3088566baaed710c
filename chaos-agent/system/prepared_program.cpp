#include "chaos-agent/system/prepared_program.hpp"

#include <csignal>

#include <unistd.h>

namespace shakedown::system {

PreparedProgram::PreparedProgram(Words const& words) : words_(words) {
    for (auto& word : words_)
        arguments_.push_back(word.data());
    arguments_.push_back(nullptr);
}

void PreparedProgram::execute() {
    execve(arguments_.front(), arguments_.data(), environment_.data());
}

void resetSignals() {
    for (int number = 1; number < SIGRTMIN; ++number)
        ::signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
}

} // namespace shakedown::system
