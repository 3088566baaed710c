#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include "chaos-agent/control/http_limits.hpp"

namespace shakedown::control {

/// The head of a request, after the gate.
struct RequestHead {
    std::string method;
    std::string path;
    std::string userAgent;
    std::string contentType;
    std::string query; // behind the question mark
    std::string authorization;
    std::string idempotencyKey;
    std::string lastEventId;
    std::size_t contentLength = 0;
    bool keepAlive = false;
    bool expectsContinue = false;
};

/// The status to answer with, and why.
struct HttpRefusal {
    unsigned status = 400;
    std::string why;
};

/// proxy::findHeadEnd() within the limits, its flaws as refusals.
std::variant<std::size_t, HttpRefusal> findHeadEnd(std::string_view bytes,
                                                   HttpLimits const& limits);

/// Reads a whole head, strictly. Beast parses it; what it would let pass and we do not is refused
/// here: folded fields, more fields than allowed, other targets than paths, none or several Host
/// fields, repeated or listed lengths, several Authorization or Idempotency-Key fields, transfer
/// encodings (411), and requests that a browser sends on behalf of a page (403).
std::variant<RequestHead, HttpRefusal> readHead(std::string_view bytes, HttpLimits const& limits);

} // namespace shakedown::control
