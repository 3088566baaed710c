#include "chaos-agent/control/tls_context.hpp"

#include <cerrno>
#include <cstring>

#include <openssl/ssl.h>
#include <sys/stat.h>

namespace shakedown::control {

namespace ssl = proxy::asio::ssl;
using proxy::error_code;

namespace {

// Why a key file does not do, empty if it does.
std::string flawOfKey(std::string const& path) {
    struct stat file {};
    if (stat(path.c_str(), &file) != 0)
        return path + ": " + std::strerror(errno);
    if ((file.st_mode & S_IRWXO) != 0)
        return path + ": a private key must not be open to everybody; chmod o= it";
    return "";
}

std::string flawOf(std::string const& path, error_code error) {
    return error ? path + ": " + error.message() : "";
}

} // namespace

std::variant<std::shared_ptr<ssl::context>, std::string> makeTlsContext(TlsFiles const& files) {
    if (auto why = flawOfKey(files.key); !why.empty())
        return why;
    if (files.clientAuthority.empty()
        && files.clientCertificate == TlsFiles::ClientCertificate::Required)
        return std::string("client certificates are required, but no authority is named");

    auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
    SSL_CTX* const native = context->native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET
                                    | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(native, 0);

    error_code error;
    context->use_certificate_chain_file(files.certificate, error);
    if (auto why = flawOf(files.certificate, error); !why.empty())
        return why;
    context->use_private_key_file(files.key, ssl::context::pem, error);
    if (auto why = flawOf(files.key, error); !why.empty())
        return why;
    if (SSL_CTX_check_private_key(native) != 1)
        return files.key + ": not the key of " + files.certificate;
    if (files.clientAuthority.empty())
        return context;

    context->load_verify_file(files.clientAuthority, error);
    if (auto why = flawOf(files.clientAuthority, error); !why.empty())
        return why;
    context->set_verify_mode(files.clientCertificate == TlsFiles::ClientCertificate::Required
                                 ? ssl::verify_peer | ssl::verify_fail_if_no_peer_cert
                                 : ssl::verify_peer,
                             error);
    if (auto* names = SSL_load_client_CA_file(files.clientAuthority.c_str()))
        SSL_CTX_set_client_CA_list(native, names); // which certificate a client is to pick
    return context;
}

} // namespace shakedown::control
