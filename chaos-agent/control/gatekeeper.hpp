#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <variant>

#include "chaos-agent/control/http_message.hpp"
#include "chaos-agent/control/native_settings.hpp"
#include "chaos-agent/safety/keeper.hpp"

namespace shakedown::control {

/// Why somebody is not let in.
struct Denial {
    unsigned status = 401; // 401: not known, 403: known, but without a role
    std::string who;       // for the audit log
    std::string why;       // for the peer: tells nothing of what would be right
};

/// Finds out who asks. A token that is shown decides, also where a user or a certificate would do:
/// a wrong one is never overlooked.
class Gatekeeper {
public:
    /// `unixNow` tells Unix time in seconds. The settings must outlive this.
    Gatekeeper(NativeSettings const& settings, std::function<std::int64_t()> unixNow);

    std::variant<safety::Caller, Denial> whoAsks(Request const& request) const;

private:
    std::variant<safety::Caller, Denial> byToken(Request const& request) const;
    std::variant<safety::Caller, Denial> byUser(PeerIdentity::Process const& process) const;
    std::variant<safety::Caller, Denial> byCertificate(std::string const& name) const;

    NativeSettings const& settings_;
    std::function<std::int64_t()> unixNow_;
};

} // namespace shakedown::control
