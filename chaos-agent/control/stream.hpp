#pragma once

#include <cstddef>
#include <functional>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/buffer.hpp>

#include "chaos-agent/control/peer_identity.hpp"
#include "chaos-agent/proxy/asio.hpp"

namespace shakedown::control {

/// A connection of a peer, whatever it goes over. One read and one write at a time. Functions are
/// called back in the thread of the io_context, also after cancel() and close(), with an error.
class Stream {
public:
    using OnDone = std::function<void(proxy::error_code)>;
    using OnBytes = std::function<void(proxy::error_code, std::size_t)>;

    virtual ~Stream() = default;

    /// What has to be agreed before the first byte.
    virtual void handshake(OnDone done) = 0;
    virtual void readSome(proxy::asio::mutable_buffer into, OnBytes done) = 0;
    /// Writes all of it.
    virtual void write(proxy::asio::const_buffer bytes, OnBytes done) = 0;
    /// Tells the peer that no more comes, and reads away what it still sends until it ends too.
    /// Closing over unread bytes would be a reset, and the peer might lose the answer.
    virtual void finish(OnDone done) = 0;
    virtual void cancel() = 0;
    virtual void close() = 0;

    virtual proxy::asio::any_io_executor executor() = 0;
    /// Complete once the handshake is over.
    virtual PeerIdentity const& peer() const = 0;
};

} // namespace shakedown::control
