#pragma once

#include <memory>
#include <string>

#include <boost/asio/buffer.hpp>

#include "chaos-agent/control/stream.hpp"

namespace shakedown::control {

/// Reads a socket until its end or 4 MiB; `owner` keeps it alive meanwhile.
template <class Socket>
class Drain : public std::enable_shared_from_this<Drain<Socket>> {
public:
    Drain(Socket& socket, std::shared_ptr<void> owner, Stream::OnDone done)
        : socket_(socket), owner_(std::move(owner)), done_(std::move(done)) {}

    void run() {
        socket_.async_read_some(
            proxy::asio::buffer(bytes_),
            [self = this->shared_from_this()](proxy::error_code error, std::size_t count) {
                self->taken_ += count;
                if (error || self->taken_ > atMost)
                    self->done_(error);
                else
                    self->run();
            });
    }

private:
    static constexpr std::size_t atMost = 4UL * 1024 * 1024;

    Socket& socket_;
    std::shared_ptr<void> owner_;
    Stream::OnDone done_;
    std::size_t taken_ = 0;
    std::string bytes_ = std::string(16UL * 1024, '\0');
};

} // namespace shakedown::control
