#pragma once

#include <cstdint>

#include <sys/types.h>

namespace shakedown::bench {

/// How many bytes of a request, and of the answer to it, the bench exchanges.
inline constexpr std::size_t requestBytes = 128;
inline constexpr std::size_t answerBytes = 256;

/// A server in a process of its own. What a connection is, its first byte says: 'E' echoes
/// everything, 'H' answers every 128 bytes with 256, 'S' sends without end.
class Backend {
public:
    Backend();
    ~Backend();
    Backend(Backend const&) = delete;
    Backend& operator=(Backend const&) = delete;

    std::uint16_t port() const { return port_; }

private:
    std::uint16_t port_ = 0;
    pid_t id_ = -1;
};

} // namespace shakedown::bench
