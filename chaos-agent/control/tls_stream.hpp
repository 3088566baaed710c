#pragma once

#include <memory>

#include <boost/asio/ssl/stream.hpp>

#include "chaos-agent/control/stream.hpp"

namespace shakedown::control {

/// A connection over TLS, as its server. The peer is known by its certificate, if it shows one.
class TlsStream : public Stream, public std::enable_shared_from_this<TlsStream> {
public:
    TlsStream(proxy::Tcp::socket socket, std::shared_ptr<proxy::asio::ssl::context> context,
              PeerIdentity peer);

    void handshake(OnDone done) override;
    void readSome(proxy::asio::mutable_buffer into, OnBytes done) override;
    void write(proxy::asio::const_buffer bytes, OnBytes done) override;
    void finish(OnDone done) override;
    void cancel() override;
    void close() override;
    proxy::asio::any_io_executor executor() override { return stream_.get_executor(); }
    PeerIdentity const& peer() const override { return peer_; }

private:
    std::shared_ptr<proxy::asio::ssl::context> context_;
    proxy::asio::ssl::stream<proxy::Tcp::socket> stream_;
    PeerIdentity peer_;
};

} // namespace shakedown::control
