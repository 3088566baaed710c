#pragma once

#include <memory>
#include <string>
#include <variant>

#include <boost/asio/ssl/context.hpp>

#include "chaos-agent/proxy/asio.hpp"

namespace shakedown::control {

/// Where the PEM files of a TLS listener are.
struct TlsFiles {
    enum class ClientCertificate {
        Asked,   // who shows none needs a token
        Required // who shows none is not talked to
    };

    std::string certificate; // ours, with the chain that leads to its authority
    std::string key;         // readable by nobody but its owner and group
    /// The authority that signs client certificates; empty: none are taken.
    std::string clientAuthority;
    ClientCertificate clientCertificate = ClientCertificate::Asked;
};

/// TLS 1.2 or newer, no renegotiation, no resumption: each connection shows its certificate. Or why
/// the files do not do.
std::variant<std::shared_ptr<proxy::asio::ssl::context>, std::string>
makeTlsContext(TlsFiles const& files);

} // namespace shakedown::control
