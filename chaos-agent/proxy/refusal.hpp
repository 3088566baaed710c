#pragma once

#include <optional>
#include <string>

namespace shakedown::proxy {

/// Why something was not done, for a program and for a person.
struct Refusal {
    enum class Reason {
        ProxyExists,
        ProxyNotFound,
        ToxicExists,
        ToxicNotFound,
        HttpFaultExists,
        HttpFaultNotFound,
        BadHttpFault,
        TooMany,
        BadAddress,
        CannotListen
    };
    Reason reason;
    std::string message;
};

/// Nothing when it was done.
using Refused = std::optional<Refusal>;

} // namespace shakedown::proxy
