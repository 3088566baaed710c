#pragma once

#include <memory>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include "chaos-agent/control/drain.hpp"
#include "chaos-agent/control/stream.hpp"

namespace shakedown::control {

/// A connection in the clear: a TCP or a Unix socket.
template <class Socket>
class SocketStream : public Stream, public std::enable_shared_from_this<SocketStream<Socket>> {
public:
    SocketStream(Socket socket, PeerIdentity peer)
        : socket_(std::move(socket)), peer_(std::move(peer)) {}

    void handshake(OnDone done) override {
        proxy::asio::post(socket_.get_executor(),
                          [self = this->shared_from_this(), done = std::move(done)] { done({}); });
    }
    void readSome(proxy::asio::mutable_buffer into, OnBytes done) override {
        socket_.async_read_some(into, kept(std::move(done)));
    }
    void write(proxy::asio::const_buffer bytes, OnBytes done) override {
        proxy::asio::async_write(socket_, bytes, kept(std::move(done)));
    }
    void finish(OnDone done) override {
        proxy::error_code ignored;
        socket_.shutdown(Socket::shutdown_send, ignored);
        std::make_shared<Drain<Socket>>(socket_, this->shared_from_this(), std::move(done))->run();
    }
    void cancel() override {
        proxy::error_code ignored;
        socket_.cancel(ignored);
    }
    void close() override {
        proxy::error_code ignored;
        socket_.close(ignored);
    }
    proxy::asio::any_io_executor executor() override { return socket_.get_executor(); }
    PeerIdentity const& peer() const override { return peer_; }

private:
    auto kept(OnBytes done) {
        return [self = this->shared_from_this(), done = std::move(done)](
                   proxy::error_code error, std::size_t count) { done(error, count); };
    }

    Socket socket_;
    PeerIdentity peer_;
};

} // namespace shakedown::control
