#pragma once

#include <chrono>
#include <cstddef>

namespace shakedown::control {

/// What our API listeners bear of a peer. Times are absolute: bytes that trickle in do not reset
/// them.
struct HttpLimits {
    std::size_t headerBytes = 8 * 1024;
    std::size_t fields = 100;
    std::size_t targetBytes = 4 * 1024;
    std::size_t bodyBytes = 1024 * 1024;
    /// The head of a request; a TLS handshake alone, and both together.
    std::chrono::milliseconds headerWithin{10'000};
    std::chrono::milliseconds requestWithin{30'000};
    /// An answer, or a piece of one without an end.
    std::chrono::milliseconds writeWithin{30'000};
    std::chrono::milliseconds idle{60'000};
    /// How often an answer without an end says that it is still there.
    std::chrono::milliseconds heartbeat{5'000};
    std::size_t connections = 256;
    std::size_t connectionsOfPeer = 32;
};

} // namespace shakedown::control
