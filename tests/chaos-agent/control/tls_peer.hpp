#pragma once

#include <optional>
#include <string>

#include <openssl/ssl.h>

#include "tests/chaos-agent/control/certificates.hpp"
#include "tests/chaos-agent/proxy/peers.hpp"

namespace shakedown::tests {

// A client over TLS that blocks, but never longer than told.
class TlsPeer {
public:
    struct Asks {
        std::string authority; // that the server must be of
        std::optional<CertificateFiles> shows;
        int newest = TLS1_3_VERSION;
    };

    TlsPeer(std::uint16_t port, Asks const& asks) : peer_(Peer::connectedTo(port)) {
        context_ = SSL_CTX_new(TLS_client_method());
        SSL_CTX_set_min_proto_version(context_, TLS1_VERSION); // whatever the host says
        SSL_CTX_set_max_proto_version(context_, asks.newest);
        SSL_CTX_set_security_level(context_, 0); // old versions are to be tried in earnest
        SSL_CTX_load_verify_locations(context_, asks.authority.c_str(), nullptr);
        SSL_CTX_set_verify(context_, SSL_VERIFY_PEER, nullptr);
        if (asks.shows) {
            SSL_CTX_use_certificate_chain_file(context_, asks.shows->certificate.c_str());
            SSL_CTX_use_PrivateKey_file(context_, asks.shows->key.c_str(), SSL_FILETYPE_PEM);
        }
        timeval const most{10, 0};
        setsockopt(peer_.descriptor(), SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
        setsockopt(peer_.descriptor(), SOL_SOCKET, SO_SNDTIMEO, &most, sizeof most);
        ssl_ = SSL_new(context_);
        SSL_set_fd(ssl_, peer_.descriptor());
        isOpen_ = SSL_connect(ssl_) == 1;
    }
    ~TlsPeer() {
        SSL_free(ssl_);
        SSL_CTX_free(context_);
    }
    TlsPeer(TlsPeer const&) = delete;
    TlsPeer& operator=(TlsPeer const&) = delete;

    // As far as the client knows; in TLS 1.3 the server judges its certificate later.
    bool isOpen() const { return isOpen_; }
    bool send(std::string const& bytes) {
        return isOpen_ && SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size())) > 0;
    }
    std::string readToEnd() {
        std::string all;
        std::string piece(65'536, '\0');
        for (int count = 1; isOpen_ && count > 0;) {
            count = SSL_read(ssl_, piece.data(), static_cast<int>(piece.size()));
            all.append(piece, 0, count > 0 ? static_cast<std::size_t>(count) : 0);
        }
        return all;
    }
    std::string ask(std::string const& bytes) { return send(bytes) ? readToEnd() : ""; }

private:
    Peer peer_;
    SSL_CTX* context_ = nullptr;
    SSL* ssl_ = nullptr;
    bool isOpen_ = false;
};

} // namespace shakedown::tests
