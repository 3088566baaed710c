#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

namespace shakedown::tests {

// The program shakedown-agent as a child process. Killed when it is not waited for.
class Agent {
public:
    explicit Agent(std::vector<std::string> const& arguments);
    ~Agent();
    Agent(Agent const&) = delete;
    Agent& operator=(Agent const&) = delete;

    // Waits until it listens; the port of its API. Throws if it ends instead.
    std::uint16_t port();
    void signal(int number) const;
    pid_t id() const { return id_; }
    // The exit code, at most ten seconds later; 1000 plus the signal that killed it.
    int wait();
    // Both streams so far.
    std::string output() const;

private:
    bool hasEnded();

    pid_t id_ = -1;
    int status_ = 0;
    bool ended_ = false;
    std::string file_;
};

// One request to the agent's API on a connection of its own; the whole answer.
std::string ask(std::uint16_t port, std::string const& method, std::string const& path,
                std::string const& body = "");

} // namespace shakedown::tests
