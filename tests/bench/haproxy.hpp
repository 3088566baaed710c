#pragma once

#include <cstdint>
#include <filesystem>

#include <sys/types.h>

namespace shakedown::bench {

/// HAProxy in TCP mode in front of a port of loopback, with one thread like our own proxy.
class Haproxy {
public:
    /// Throws if it does not listen within five seconds.
    explicit Haproxy(std::uint16_t upstream);
    ~Haproxy();
    Haproxy(Haproxy const&) = delete;
    Haproxy& operator=(Haproxy const&) = delete;

    std::uint16_t port() const { return port_; }

    /// Empty if there is none on this machine.
    static std::filesystem::path program();

private:
    std::filesystem::path folder_; // holds its configuration
    std::uint16_t port_;
    pid_t id_ = -1;
};

} // namespace shakedown::bench
