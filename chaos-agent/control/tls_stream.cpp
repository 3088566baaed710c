#include "chaos-agent/control/tls_stream.hpp"

#include <algorithm>

#include <boost/asio/write.hpp>
#include <openssl/x509.h>

#include "chaos-agent/control/drain.hpp"

namespace shakedown::control {

using proxy::error_code;

namespace {

// The one common name of the certificate that was shown; nothing where there are several, or one
// that could pass for another in a log.
std::optional<std::string> commonNameOf(SSL* ssl) {
    X509* const certificate = SSL_get0_peer_certificate(ssl);
    if (certificate == nullptr || SSL_get_verify_result(ssl) != X509_V_OK)
        return {};
    X509_NAME* const subject = X509_get_subject_name(certificate);
    int const at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    if (at < 0 || X509_NAME_get_index_by_NID(subject, NID_commonName, at) >= 0)
        return {};
    unsigned char* bytes = nullptr;
    int const length =
        ASN1_STRING_to_UTF8(&bytes, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
    if (length < 0)
        return {};
    std::string name(reinterpret_cast<char const*>(bytes), static_cast<std::size_t>(length));
    OPENSSL_free(bytes);
    bool const isPlain = !name.empty() && std::none_of(name.begin(), name.end(), [](char c) {
        return (c >= 0 && c < ' ') || c == 0x7f;
    });
    return isPlain ? std::optional(std::move(name)) : std::nullopt;
}

} // namespace

TlsStream::TlsStream(proxy::Tcp::socket socket, std::shared_ptr<proxy::asio::ssl::context> context,
                     PeerIdentity peer)
    : context_(std::move(context)), stream_(std::move(socket), *context_), peer_(std::move(peer)) {
    peer_.via = PeerIdentity::Via::Tls;
}

void TlsStream::handshake(OnDone done) {
    stream_.async_handshake(proxy::asio::ssl::stream_base::server,
                            [self = shared_from_this(), done = std::move(done)](error_code error) {
                                if (!error)
                                    self->peer_.certificate =
                                        commonNameOf(self->stream_.native_handle());
                                done(error);
                            });
}

void TlsStream::readSome(proxy::asio::mutable_buffer into, OnBytes done) {
    stream_.async_read_some(into, [self = shared_from_this(), done = std::move(done)](
                                      error_code error, std::size_t count) { done(error, count); });
}

void TlsStream::write(proxy::asio::const_buffer bytes, OnBytes done) {
    proxy::asio::async_write(stream_, bytes,
                             [self = shared_from_this(), done = std::move(done)](
                                 error_code error, std::size_t count) { done(error, count); });
}

void TlsStream::finish(OnDone done) {
    // Ends early when the peer still sends; what it sends is drained below TLS then.
    stream_.async_shutdown([self = shared_from_this(), done = std::move(done)](error_code) {
        auto& socket = self->stream_.next_layer();
        error_code ignored;
        socket.shutdown(proxy::Tcp::socket::shutdown_send, ignored);
        std::make_shared<Drain<proxy::Tcp::socket>>(socket, self, done)->run();
    });
}

void TlsStream::cancel() {
    error_code ignored;
    stream_.next_layer().cancel(ignored);
}

void TlsStream::close() {
    error_code ignored;
    stream_.next_layer().close(ignored);
}

} // namespace shakedown::control
