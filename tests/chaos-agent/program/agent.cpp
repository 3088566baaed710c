#include "tests/chaos-agent/program/agent.hpp"

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/chaos-agent/proxy/peers.hpp"
#include "tests/environment.hpp"

namespace shakedown::tests {

namespace {
constexpr Milliseconds step{10};
}

Agent::Agent(std::vector<std::string> const& arguments) {
    file_ = (std::filesystem::temp_directory_path() / "shakedown-agent-XXXXXX").string();
    int const out = mkostemp(file_.data(), O_CLOEXEC);
    std::vector<std::string> words{(binary().parent_path() / "shakedown-agent").string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (auto& word : words) {
        argv.push_back(word.data());
    }
    argv.push_back(nullptr);
    id_ = fork();
    if (id_ == 0) {
        dup2(out, STDOUT_FILENO);
        dup2(out, STDERR_FILENO);
        execv(argv.front(), argv.data());
        _exit(127);
    }
    close(out);
    if (id_ < 0) {
        throw std::runtime_error("no process for the agent");
    }
}

Agent::~Agent() {
    if (!ended_) {
        kill(id_, SIGKILL);
        waitpid(id_, &status_, 0);
    }
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);
}

bool Agent::hasEnded() {
    ended_ = ended_ || waitpid(id_, &status_, WNOHANG) == id_;
    return ended_;
}

std::uint16_t Agent::port() {
    auto const begin = std::chrono::steady_clock::now();
    while (since(begin) < patience) {
        bool const over = hasEnded();
        std::string const text = output();
        std::string const mark = "\"address\":\"127.0.0.1:";
        auto const found = text.find(mark);
        if (found != std::string::npos) {
            return static_cast<std::uint16_t>(std::stoul(text.substr(found + mark.size())));
        }
        if (over) {
            break;
        }
        std::this_thread::sleep_for(step);
    }
    throw std::runtime_error("the agent does not listen: " + output());
}

void Agent::signal(int number) const {
    kill(id_, number);
}

int Agent::wait() {
    auto const begin = std::chrono::steady_clock::now();
    while (!hasEnded()) {
        if (since(begin) > patience) {
            throw std::runtime_error("the agent does not end");
        }
        std::this_thread::sleep_for(step);
    }
    return WIFEXITED(status_) ? WEXITSTATUS(status_) : 1000 + WTERMSIG(status_);
}

std::string Agent::output() const {
    std::ifstream in(file_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string ask(std::uint16_t port, std::string const& method, std::string const& path,
                std::string const& body) {
    Peer peer = Peer::connectedTo(port);
    peer.send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    return peer.readToEnd();
}

} // namespace shakedown::tests
