#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "chaos-agent/control/tls_context.hpp"
#include "chaos-agent/control/token.hpp"
#include "chaos-agent/proxy/address.hpp"

namespace shakedown::control {

/// Where the native API listens, and who may do what there.
struct NativeSettings {
    std::string unixPath;               // empty: nowhere
    std::optional<gid_t> unixGroup;     // may open the socket, beside the agent's own user
    std::optional<proxy::Address> http; // a loopback address
    std::optional<proxy::Address> https;
    std::optional<TlsFiles> tls; // of https

    std::vector<TokenHash> tokens;
    std::map<std::string, safety::Role> certificates; // by common name
    /// Users and groups of this host, on the Unix socket. Root and the agent's own user are Admin
    /// without being named.
    std::map<uid_t, safety::Role> users;
    std::map<gid_t, safety::Role> groups;
};

/// Everything that is wrong with the settings, each as a sentence that names the field; files are
/// looked at when the listeners are opened.
std::vector<std::string> flawsOf(NativeSettings const& settings);

} // namespace shakedown::control
